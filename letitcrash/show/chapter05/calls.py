"""The ends that a call can have: each row is a body that is run, and its result is the answer.

`notebooks/erlang/shelf.erl` runs the same rows on OTP and prints the same words. `me` is Ann, who calls the shelf.
"""

# ruff: noqa: D103 - each row's question describes its body

from typing import Any

from letitcrash.gen_server import After, CallFailed, Continue, FunctionClause, GenServer, StartFailed, Stop, call, cast
from letitcrash.process import Exit, Pid, Process, Timeout
from letitcrash.show.predict import Table

PATIENCE, SLOW = 5.0, 7.0  # seconds: the default of a call, and a time that is longer

ENDS = ("an answer", "exits: normal", "exits: noproc", "exits: timeout", "nothing: it waits")
LEFT = ("nothing", "an answer")

CALLS = Table()
row = CALLS.row


class Shelf(GenServer):
    """A shelf of eggs that can do all that a server can do."""

    async def init(self, eggs: int) -> Any:
        """Stop without eggs; else read the book first."""
        self.eggs, self.said = eggs, []
        return Continue("read the book") if eggs else Stop("no_eggs")

    async def handle_continue(self, what: str) -> None:
        """Note the book, before any message."""
        self.said.append(what)

    async def handle_call(self, request: Any, caller: Any) -> Any:
        """Count, look for long, break, leave, ask itself, or read out the diary."""
        match request:
            case "count":
                return self.eggs
            case "look for long":
                await self.me.sleep(SLOW)
                return self.eggs
            case "boom":
                raise Exit("boom")
            case "leave":
                return Stop("normal")
            case "ask yourself":
                return await call(self.me, self.me.pid, "count")
            case "diary":
                return ", ".join(self.said)

    async def handle_cast(self, message: Any) -> After:
        """Take in eggs, then wait a moment for more."""
        self.eggs += message
        self.said.append(f"{message} more")
        return After(1)

    async def handle_info(self, message: Any) -> None:
        """Note a time-out or a plain message."""
        self.said.append("time-out" if message == Timeout() else str(message))


async def end_of(me: Process, shelf: Any, request: Any, **how: Any) -> str:
    """The end of Ann's call, in words."""
    try:
        await call(me, shelf, request, **how)
    except CallFailed as failed:
        return f"exits: {_word(failed.cause)}"
    return "an answer"


def _word(cause: Any) -> Any:
    """The reason alone, as Erlang writes it."""
    if isinstance(cause, FunctionClause):
        return "function_clause"
    return cause[0] if isinstance(cause, tuple) else cause


async def left(me: Process, **how: Any) -> str:
    """The content of Ann's mailbox when the slow answer has come."""
    await end_of(me, await Shelf.start(me, 12), "look for long", **how)
    await me.sleep(SLOW)
    return "an answer" if me.mailbox else "nothing"


async def gone(me: Process) -> Pid:
    """The pid of a shelf that has exited."""
    pid = await Shelf.start(me, 12)
    await end_of(me, pid, "leave")
    return pid


@row("The shelf counts its eggs and answers. Ann's call ends with …", ENDS,
     "This is the happy case: one line in Ann, one in the shelf.")  # fmt: skip
async def answered(me):
    return await end_of(me, await Shelf.start(me, 12), "count")


@row("The shelf looks for **seven seconds**. Ann's call ends with …", ENDS,
     "It ends after five seconds. The shelf does not know, and goes on looking.")  # fmt: skip
async def slow(me):
    return await end_of(me, await Shelf.start(me, 12), "look for long")


@row("The shelf was **dead** before Ann asked. Her call ends with …", ENDS,
     "A monitor of a dead process answers at once (chapter 3). A name that nobody has does the same.")  # fmt: skip
async def dead(me):
    return await end_of(me, await gone(me), "count")


@row("The shelf **crashes** with *boom* while Ann waits. Her call ends …",
     ("exits: boom", "exits: timeout", "nothing: it waits"),
     "In the same instant, by the monitor, with the shelf's own reason.")  # fmt: skip
async def dies_meanwhile(me):
    return await end_of(me, await Shelf.start(me, 12), "boom")


@row("The shelf stops **in good order**, reason *normal*, and gives no answer. Ann's call ends with …", ENDS,
     "Ann has no answer, so her call fails. Her own reason, `{normal, {gen_server, call, …}}`, is not *normal*, "
     "so processes linked to her fall too.")  # fmt: skip
async def leaves_meanwhile(me):
    return await end_of(me, await Shelf.start(me, 12), "leave")


@row("Ann asks for *wine*, and no `case` of the shelf's `handle_call` fits. Her call ends with …",
     ("exits: function_clause", "exits: timeout", "an answer"),
     "The shelf crashes, as at any other error. The reason is *function_clause*, here `FunctionClause`.")  # fmt: skip
async def unknown(me):
    return await end_of(me, await Shelf.start(me, 12), "wine")


@row("A shelf calls **itself** from its `handle_call`. That call ends …",
     ("exits: calling_self", "exits: timeout", "an answer"),
     "The call is refused, since nothing could ever answer it. Two servers that call each other are not noticed, and "
     "wait their five seconds.")  # fmt: skip
async def asks_itself(me):
    shelf = await Shelf.start(me, 12)
    try:
        return await call(me, shelf, "ask yourself")
    except CallFailed as failed:
        return f"exits: {failed.cause[0]}"


@row("The shelf is on a **node** that cannot be reached. Ann's call ends …",
     ("exits: nodedown", "exits: noproc", "exits: timeout"),
     "Not *noproc*, since nobody knows whether the shelf lives. Chapter 9 is about that difference.")  # fmt: skip
async def elsewhere(me):
    return await end_of(me, ("shelf", "shop@elsewhere"), "count")


@row("Ann **casts** to a shelf that is dead. She …", ("goes on", "exits: noproc", "nothing: it waits"),
     "A cast is a plain `send`, which never fails.")  # fmt: skip
async def cast_to_the_dead(me):
    cast(me, await gone(me), 6)
    return "goes on"


@row("Ann gives up after five seconds; the answer comes after seven. In her mailbox is …", LEFT,
     "The call's reference was its address, and it closed with the call.")  # fmt: skip
async def late_answer(me):
    return await left(me)


@row("The same with a call as OTP 23 made it, **without an alias**. In her mailbox is …", LEFT,
     "It carries a reference that nobody waits for, so it is taken for no other answer, and stays there.")  # fmt: skip
async def late_answer_before_24(me):
    return await left(me, alias=False)


@row("`init` returns *stop*, with reason `no_eggs`. `start_link` …",
     ("fails: no_eggs", "gives a pid of a dead process", "fails: timeout"),
     "The starter waits until `init` is over, and gets its result.")  # fmt: skip
async def init_stops(me):
    me.trap_exit = True
    try:
        await Shelf.start_link(me, 0)
    except StartFailed as failed:
        return f"fails: {failed.reason}"


@row("A second server is started under the name *shelf*. `start` …",
     ("fails: already_started", "takes the name over", "gives the pid of the first"),
     "A name belongs to one live process.")  # fmt: skip
async def name_taken(me):
    await Shelf.start(me, 12, name="shelf")
    try:
        await Shelf.start(me, 12, name="shelf")
    except StartFailed as failed:
        return f"fails: {failed.reason[0]}"


@row("Eggs are cast, a plain message is sent, two quiet seconds pass. What does the diary say?",
     ("read the book, 6 more, hello", "read the book, 6 more, hello, time-out", "6 more, hello, read the book"),
     "*Continue* comes before any message. *After* holds for one wait: the next message ends it.")  # fmt: skip
async def diary(me):
    shelf = await Shelf.start(me, 12)
    cast(me, shelf, 6)
    me.send(shelf, "hello")
    await me.sleep(2)
    return await call(me, shelf, "diary")


@row("Eggs are cast, and two quiet seconds pass. What does the diary say?",
     ("read the book, 6 more", "read the book, 6 more, time-out"),
     "The wait of one second ran out: `handle_info(Timeout())`.")  # fmt: skip
async def quiet(me):
    shelf = await Shelf.start(me, 12)
    cast(me, shelf, 6)
    await me.sleep(2)
    return await call(me, shelf, "diary")
