"""Calls as scenarios: who asks a server what and when, what the server is to do then, and what everybody hears.

A scenario is JSON: `script` holds steps `[second, who, what, ...]`, and who does a step does it when the steps before
are done. People: `["call", request, timeout, whom]` (without a timeout: the usual one), `["cast", message]`, `["tell",
whom, message]` (a message like any other), `["answer", whom, value]` (an answer to nobody's call), `["watch", whom]`,
`["exit", reason]` (an exit signal to the server), `["look"]` (into the own mailbox). "parent" started the server and
does the same; "street" is nobody: `["kill"]`, `["stop", reason]`.

`whom` is "shop" (the server by its name, meant without it as well), "its pid", or somebody's name. A request or message
that is a list says what the server does: `["answer", value]`, `["sleep", seconds, then]`, `["later", seconds, value]`,
`["never"]`, `["after", seconds, value]`, `["stop", reason, value]`, `["exit", reason]`. `traps`: it traps exits;
`first`: how it begins.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from letitcrash.gen_server import (
    After,
    Answer,
    CallFailed,
    GenServer,
    NoReply,
    Reply,
    Stop,
    call,
    cast,
    reply,
    serve,
)
from letitcrash.gen_server.words import StopRequest
from letitcrash.process import Down, Exit, ExitSignal, Process, Timeout
from letitcrash.scenario.run import hear_exits
from letitcrash.scenario.written import Agreement, broken
from letitcrash.world import World

SHOP = "shop"


def call_cases() -> dict[str, dict]:
    """The scenarios written by hand, by name; `about` says which rule each shows, `expected` what OTP 25 did."""
    return json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def run_calls(scenario: dict, call: Callable = call, serve: Callable = serve) -> list[list]:
    """What everybody hears: rows `[second, who, what, detail]`, in order. `call` and `serve` may be your own."""
    return play_calls(scenario, call, serve)[0]


def play_calls(scenario: dict, call: Callable = call, serve: Callable = serve) -> tuple[list[list], World]:
    """As `run_calls`; the rows and the world, whose trace shows more."""
    world, rows = World(), []

    def log(who: str, what: str, detail: Any) -> None:
        rows.append([round(world.now, 6), who, what, plain(detail)])

    steps: dict[str, list] = {"parent": []}
    for step in scenario["script"]:
        if step[1] == "street":
            world.at(step[0], _from_the_street, world, *step[2:])
        else:
            steps.setdefault(step[1], []).append(step)
    hear_exits(world, lambda pid, reason: log(SHOP, "exits", reason) if pid.label == SHOP else None)
    server = Told.with_loop(serve)
    opening = (server, log, scenario.get("traps", False), scenario.get("first"))
    world.spawn(_parent, steps.pop("parent"), log, call, opening, name="parent")
    for who, theirs in steps.items():
        world.spawn(_person, who, theirs, log, call, name=who)
    world.run(until=scenario.get("until", 1000))
    return rows, world


def calls_against_otp(call: Callable = call, serve: Callable = serve) -> Agreement:
    """Play all of them with this `call` and this `serve`, and compare each with what OTP did, as `against_otp` does."""
    return Agreement.of([_difference(name, scenario, call, serve) for name, scenario in call_cases().items()])


def _difference(name: str, scenario: dict, call: Callable, serve: Callable) -> str | None:
    rows, world = play_calls(scenario, call, serve)
    if words := broken(world):
        return f"{name}: {words}"
    words = difference(rows, scenario["expected"])
    return words and f"{name}: {words}. It is there to show: {scenario['about']}"


def difference(rows: list[list], expected: list[list]) -> str | None:
    """The first thing that somebody hears otherwise, in a sentence; None when all is as it should be.

    What one process hears has an order; between two of them there is none.
    """
    for who in dict.fromkeys(row[1] for row in [*expected, *rows]):
        mine, right = ([row for row in each if row[1] == who] for each in (rows, expected))
        for number in range(max(len(mine), len(right))):
            one, two = (each[number] if number < len(each) else None for each in (mine, right))
            if one != two:
                return f"should be: {in_words(two, who)}; is: {in_words(one, who)}"
    return None


WORDS = {
    "gets": "{who} gets {detail}",
    "fails": "{who}'s call fails ({detail})",
    "finds": "{who} finds {detail} in the mailbox",
    "call": "handle_call has {detail}",
    "cast": "handle_cast has {detail}",
    "info": "handle_info has {detail}",
    "terminate": "terminate runs ({detail})",
    "exits": "the {who} exits ({detail})",
}


def in_words(row: list | None, who: str) -> str:
    """A row as part of a sentence; None is that nothing more happens to `who`.

    >>> in_words([5.0, "Ann", "fails", "timeout"], "Ann")
    "at 5 s Ann's call fails (timeout)"
    """
    return f"at {row[0]:g} s {happening(row)}" if row else f"nothing more of {who}"


def happening(row: list) -> str:
    """What happens in a row, without the second."""
    _, who, what, detail = row
    detail = detail if isinstance(detail, str) else "nothing" if detail == [] else repr(detail)
    return WORDS[what].format(who=who, detail=detail)


class Told(GenServer):
    """A server that does what its messages say, and logs what it hears."""

    async def init(self, log: Callable, traps: bool, first: list | None) -> Any:
        """`first` is what it should do before any message."""
        self.log = log
        self.me.trap_exit = traps
        return await self.act(first)

    async def handle_call(self, request: Any, caller: Any) -> Any:
        """Do as told, and answer."""
        self.log(SHOP, "call", request)
        return await self.act(request, caller)

    async def handle_cast(self, message: Any) -> Any:
        """Do as told."""
        self.log(SHOP, "cast", message)
        return await self.act(message)

    async def handle_info(self, message: Any) -> Any:
        """Answer who was promised an answer; else do as told."""
        match message:
            case ("answer later", caller, value):
                reply(self.me, caller, value)
            case _:
                self.log(SHOP, "info", message)
                return await self.act(message)

    async def terminate(self, reason: Any) -> None:
        """Only log it."""
        self.log(SHOP, "terminate", reason)

    async def act(self, told: Any, caller: Any = None) -> Any:
        """What a callback returns, or raises, when it is told this."""
        match told:
            case ["answer", value]:
                return value
            case ["sleep", seconds, then]:
                await self.me.sleep(seconds)
                return await self.act(then, caller)
            case ["later", seconds, value]:
                self.me.send_after(seconds, self.me.pid, ("answer later", caller, value))
                return NoReply()
            case ["never"]:
                return NoReply()
            case ["after", seconds, value]:
                return Reply(value, After(seconds))
            case ["after", seconds]:
                return After(seconds)
            case ["stop", reason]:
                return Stop(reason)
            case ["stop", reason, value]:
                return Stop(reason, value)
            case ["exit", reason]:
                raise Exit(reason)
            case ["raise", words]:
                raise ValueError(words)


async def _parent(me: Process, steps: list, log: Callable, call: Callable, opening: tuple) -> None:
    """The process that started the server."""
    me.trap_exit = True
    server, *arguments = opening
    await server.start_link(me, *arguments, name=SHOP)
    await _person(me, "parent", steps, log, call)
    await me.receive("never")


async def _person(me: Process, who: str, steps: list, log: Callable, call: Callable) -> None:
    """Somebody who does one step after the other, and leaves."""
    shop = None
    for second, _, what, *rest in steps:
        if second > me.now:
            await me.sleep(second - me.now)
        shop = me.whereis(SHOP) or shop
        match what, rest:
            case "call", [request, *more]:
                whom = more[1] if len(more) > 1 else SHOP
                try:
                    value = await call(me, shop if whom == "its pid" else whom, request, *more[:1])
                except CallFailed as failed:
                    log(who, "fails", failed.cause)
                else:
                    log(who, "gets", value)
            case "cast", [message]:
                cast(me, SHOP, message)
            case "tell", [whom, message]:
                me.send(whom, message)
            case "answer", [whom, value]:
                me.send(whom, Answer(me.make_ref(), value))
            case "watch", [whom]:
                me.monitor(whom)
            case "exit", [reason]:
                me.exit(shop, reason)
            case "look", []:
                log(who, "finds", list(me.mailbox))


def _from_the_street(world: World, what: str, *rest: Any) -> None:
    pid = world.whereis(SHOP)
    if pid is None:
        return
    if what == "kill":
        world.exit(pid, "kill")
    elif what == "stop":
        world.send(pid, StopRequest(*rest))
    else:
        world.send(pid, *rest)


def plain(value: Any) -> Any:
    """A message, a reason or an answer as JSON has it."""
    match value:
        case Answer():
            return ["answer", plain(value.value)]
        case Down():
            return ["down", plain(value.reason)]
        case ExitSignal():
            return ["exit", plain(value.reason)]
        case Timeout():
            return "timeout"
        case list() | tuple():
            return [plain(item) for item in value]
        case None | bool() | int() | float() | str():
            return value
    return type(value).__name__
