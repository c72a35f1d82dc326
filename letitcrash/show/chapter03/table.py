"""The table of exit signals, links, monitors and names: each row is a body that is run, and what it says is the truth.

`notebooks/erlang/who_hears.erl` runs the same rows on OTP and prints the same words. `me` is Ann, who does and sees;
Bob is who it happens to; Cleo is linked to Bob.
"""

# ruff: noqa: D103 - what a row does is said in its question

from typing import Any

from letitcrash.process import BadArgument, Down, Exit, ExitSignal, NoProcess, Pid, Process, Timeout
from letitcrash.show.predict import Table

PATIENCE = 1.0  # seconds until nothing more is expected

FATE = ("works on", "message: normal", "exits: normal")
KILL = ("message: kill", "message: killed", "exits: killed", "exits: kill")
DEAD = ("an error in the caller", "a message: noproc", "nothing")
COUNT = ("0", "1", "2")
STAYS = ("still in the mailbox", "gone")

TABLE = Table()
row = TABLE.row


# Who plays


async def bob(me: Process, ann: Pid, traps: bool) -> None:
    """Waits, and shows Ann what he is sent."""
    me.trap_exit = traps
    me.send(ann, "ready")
    me.send(ann, await me.receive())
    await me.receive()


async def leaves(me: Process, reason: Any) -> None:
    """Exits by itself."""
    raise Exit(reason)


async def cleo(me: Process, reason: Any) -> None:
    """Linked to one who exits by itself."""
    me.spawn_link(leaves, reason)
    await me.receive()


async def fate(me: Process) -> str:
    """What Ann sees next: that Bob was told something, or is gone, or nothing."""
    word = await me.receive(Down | ExitSignal, timeout=PATIENCE)
    match word:
        case Down(reason=reason):
            return f"exits: {reason}"
        case ExitSignal(reason=reason):
            return f"message: {reason}"
    return "works on"


async def hit(me: Process, reason: str, traps: bool) -> str:
    """Send Bob an exit signal, and see."""
    pid, _ = me.spawn_monitor(bob, me.pid, traps)
    await me.receive("ready")
    me.exit(pid, reason)
    return await fate(me)


async def dead(me: Process) -> Pid:
    """The pid of one who is no more."""
    pid, ref = me.spawn_monitor(leaves, "normal")
    await me.receive(ref)
    return pid


async def count(me: Process, kind: type) -> str:
    """How many messages of this kind come."""
    number = 0
    while not isinstance(await me.receive(kind, timeout=PATIENCE), Timeout):
        number += 1
    return str(number)


# Signals


@row("Ann calls `exit(Bob, normal)`. Bob does not trap exits. Bob …", FATE,
     "*Normal* means: nothing happened. From somebody else it ends nobody.")  # fmt: skip
async def normal_to_another(me):
    return await hit(me, "normal", traps=False)


@row("Ann calls `exit(Bob, normal)`. Bob **traps** exits. Bob …", FATE,
     "Who traps is told everything, that nothing happened included.")  # fmt: skip
async def normal_to_a_trapper(me):
    return await hit(me, "normal", traps=True)


@row("Bob calls `exit(self(), normal)`. He does not trap. Bob …", FATE,
     "The one exception: from oneself, *normal* counts.")  # fmt: skip
async def normal_to_himself(me):
    async def quits(me):
        me.exit(me.pid, "normal")
        await me.receive()

    me.spawn_monitor(quits)
    return await fate(me)


@row("Bob is done and returns. Cleo is **linked** to him and does not trap. Cleo …", FATE,
     "The signal comes and is ignored: a link is no bell for those who go home in peace.")  # fmt: skip
async def normal_over_a_link(me):
    me.spawn_monitor(cleo, "normal")
    return await fate(me)


@row("Ann calls `exit(Bob, kill)`. Bob **traps** exits. Bob …", KILL,
     "Nobody traps `kill` that was sent to him. His own reason is then *killed*.")  # fmt: skip
async def kill_to_a_trapper(me):
    return await hit(me, "kill", traps=True)


@row("Somebody calls `exit(Bob, kill)`. Ann is linked to Bob and traps. Ann …", KILL,
     "Bob's reason was *killed*, and so the order to kill goes no further than Bob.")  # fmt: skip
async def killed_heard_by_a_trapper(me):
    me.trap_exit = True
    pid = me.spawn_link(bob, me.pid, False)
    me.exit(pid, "kill")
    return await fate(me)


@row("Bob himself runs `exit(kill)`. Ann is linked to him and traps. Ann …", KILL,
     "Over a link *kill* is a reason like any other. Only `exit(Pid, kill)` is the order.")  # fmt: skip
async def own_kill_heard_by_a_trapper(me):
    me.trap_exit = True
    me.spawn_link(leaves, "kill")
    return await fate(me)


@row("Bob himself runs `exit(kill)`. Cleo is linked to him and does not trap. Cleo …", KILL,
     "A reason like any other: she exits with it, as it is.")  # fmt: skip
async def own_kill_over_a_link(me):
    me.spawn_monitor(cleo, "kill")
    return await fate(me)


# The dead and the unknown


@row("Bob is dead. Ann, who does not trap, calls `link(Bob)`. There is …", DEAD,
     "`noproc`, raised where she called it: she can catch it. No signal.")  # fmt: skip
async def link_to_the_dead(me):
    pid = await dead(me)
    try:
        me.link(pid)
    except NoProcess:
        return "an error in the caller"
    return await told(me)


@row("Bob is dead. Ann, who **traps**, calls `link(Bob)`. There is …", DEAD,
     "As if the link had been there a moment longer than Bob.")  # fmt: skip
async def trapper_links_to_the_dead(me):
    pid = await dead(me)
    me.trap_exit = True
    me.link(pid)
    return await told(me)


@row("Bob is dead. Ann calls `monitor(process, Bob)`. There is …", DEAD,
     "Each monitor gets its one *DOWN*, late ones too. There is no instant to miss.")  # fmt: skip
async def monitor_of_the_dead(me):
    me.monitor(await dead(me))
    return await told(me)


@row("Nobody is called *bob*. Ann calls `monitor(process, bob)`. There is …",
     ("an error in the caller", "a DOWN about the name bob", "a DOWN about no one"),
     "Its reason is *noproc*, and its object the pair `{bob, Node}`: there was no pid to speak of.")  # fmt: skip
async def monitor_of_an_unknown_name(me):
    me.monitor("bob")
    down = await me.receive(Down)
    return "a DOWN about the name bob" if down.pid == ("bob", me.node.name) else "a DOWN about no one"


@row("This machine is in no cluster. Ann monitors `{bob, 'shop@elsewhere'}`. There is …",
     (*DEAD, "a message: noconnection"),
     "`badarg`: who is in no cluster has no elsewhere. Between nodes it is *noconnection* (chapter 9).")  # fmt: skip
async def monitor_elsewhere(me):
    try:
        me.monitor(("bob", "shop@elsewhere"))
    except BadArgument:
        return "an error in the caller"
    return await told(me)


async def told(me: Process) -> str:
    """What Ann is told after she reached for somebody."""
    word = await me.receive(Down | ExitSignal, timeout=PATIENCE)
    return "nothing" if isinstance(word, Timeout) else f"a message: {word.reason}"


# Twice, and undone


@row("Ann monitors Bob **twice**. Bob exits. How many messages?", COUNT,
     "Each monitor is a reference of its own, and each brings its own *DOWN*.")  # fmt: skip
async def monitored_twice(me):
    pid, _ = me.spawn_monitor(bob, me.pid, False)
    me.monitor(pid)
    me.exit(pid, "kill")
    return await count(me, Down)


@row("Ann, who traps, links to Bob **twice**. Bob exits. How many messages?", COUNT,
     "Between two processes there is a link or there is none.")  # fmt: skip
async def linked_twice(me):
    me.trap_exit = True
    pid = me.spawn_link(bob, me.pid, False)
    me.link(pid)
    me.exit(pid, "kill")
    return await count(me, ExitSignal)


@row("Ann, who traps, links to Bob twice and unlinks **once**. Bob exits. How many messages?", COUNT,
     "One link, so one unlink undoes it.")  # fmt: skip
async def linked_twice_unlinked_once(me):
    me.trap_exit = True
    pid = me.spawn_link(bob, me.pid, False)
    me.link(pid)
    me.unlink(pid)
    me.exit(pid, "kill")
    return await count(me, ExitSignal)


@row("Bob's *EXIT* waits in Ann's mailbox. Ann calls `unlink(Bob)`. The message is …", STAYS,
     "`unlink` promises that none comes from now on. What has come has come.")  # fmt: skip
async def unlinked_too_late(me):
    me.trap_exit = True
    pid = me.spawn_link(leaves, "bye")
    await me.sleep(PATIENCE)
    me.unlink(pid)
    return await left(me)


@row("Bob's *DOWN* waits in Ann's mailbox. Ann calls `demonitor(Ref)`. The message is …", STAYS,
     "The same promise, the same surprise.")  # fmt: skip
async def demonitored_too_late(me):
    _, ref = me.spawn_monitor(leaves, "bye")
    await me.sleep(PATIENCE)
    me.demonitor(ref)
    return await left(me)


@row("Bob's *DOWN* waits in Ann's mailbox. Ann calls `demonitor(Ref, [flush])`. The message is …", STAYS,
     "`flush` looks into the mailbox as well. This is the call that people mean.")  # fmt: skip
async def demonitored_with_flush(me):
    _, ref = me.spawn_monitor(leaves, "bye")
    await me.sleep(PATIENCE)
    me.demonitor(ref, flush=True)
    return await left(me)


async def left(me: Process) -> str:
    """Whether a message of the runtime waits."""
    word = await me.receive(Down | ExitSignal, timeout=0)
    return "gone" if isinstance(word, Timeout) else "still in the mailbox"


# Order


@row("Bob sends Ann his last words and exits at once. Ann monitors him. What comes first?",
     ("the message", "the DOWN"),
     "Signals from one process to another never overtake each other. From two processes they may.")  # fmt: skip
async def last_words(me):
    async def says_goodbye(me, ann):
        me.send(ann, "goodbye")

    me.spawn_monitor(says_goodbye, me.pid)
    return "the DOWN" if isinstance(await me.receive(), Down) else "the message"


@row("Bob is registered as *bob* and exits. Ann has his *DOWN* in her hand. The name is …", ("still his", "free"),
     "A name is given back before anybody hears of the exit: so whoever hears may take it.")  # fmt: skip
async def name_at_the_down(me):
    _, ref = me.spawn_monitor(leaves, "bye", name="bob")
    await me.receive(ref)
    return "free" if me.whereis("bob") is None else "still his"
