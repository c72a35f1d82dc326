"""The table of exit signals, links, monitors and names: each row is a body that is run, and its result is the answer.

`notebooks/erlang/who_hears.erl` runs the same rows on OTP and prints the same words. `me` is Ann, who acts and watches;
Bob is the process that things happen to; Cleo is linked to Bob.
"""

# ruff: noqa: D103 - each row's question describes its body

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


# The players


async def bob(me: Process, ann: Pid, traps: bool) -> None:
    """Wait, and pass on to Ann the first message that comes."""
    me.trap_exit = traps
    me.send(ann, "ready")
    me.send(ann, await me.receive())
    await me.receive()


async def leaves(me: Process, reason: Any) -> None:
    """Exit with this reason."""
    raise Exit(reason)


async def cleo(me: Process, reason: Any) -> None:
    """Link to a process that exits with this reason."""
    me.spawn_link(leaves, reason)
    await me.receive()


async def fate(me: Process) -> str:
    """The next news that Ann has of Bob: a message to him, his exit, or none."""
    word = await me.receive(Down | ExitSignal, timeout=PATIENCE)
    match word:
        case Down(reason=reason):
            return f"exits: {reason}"
        case ExitSignal(reason=reason):
            return f"message: {reason}"
    return "works on"


async def hit(me: Process, reason: str, traps: bool) -> str:
    """Send Bob an exit signal; the effect."""
    pid, _ = me.spawn_monitor(bob, me.pid, traps)
    await me.receive("ready")
    me.exit(pid, reason)
    return await fate(me)


async def dead(me: Process) -> Pid:
    """The pid of a process that has exited."""
    pid, ref = me.spawn_monitor(leaves, "normal")
    await me.receive(ref)
    return pid


async def count(me: Process, kind: type) -> str:
    """The number of messages of this kind that come."""
    number = 0
    while not isinstance(await me.receive(kind, timeout=PATIENCE), Timeout):
        number += 1
    return str(number)


# Signals


@row("Ann calls `exit(Bob, normal)`. Bob does not trap exits. Bob …", FATE,
     "*Normal* means that nothing went wrong. Sent by another process, it ends nobody.")  # fmt: skip
async def normal_to_another(me):
    return await hit(me, "normal", traps=False)


@row("Ann calls `exit(Bob, normal)`. Bob **traps** exits. Bob …", FATE,
     "A process that traps is told of every signal, *normal* included.")  # fmt: skip
async def normal_to_a_trapper(me):
    return await hit(me, "normal", traps=True)


@row("Bob calls `exit(self(), normal)`. He does not trap. Bob …", FATE,
     "The one exception: a *normal* from the process itself ends it.")  # fmt: skip
async def normal_to_himself(me):
    async def quits(me):
        me.exit(me.pid, "normal")
        await me.receive()

    me.spawn_monitor(quits)
    return await fate(me)


@row("Bob is done and returns. Cleo is **linked** to him and does not trap. Cleo …", FATE,
     "The signal arrives and is ignored: a link does not report a process that ends normally.")  # fmt: skip
async def normal_over_a_link(me):
    me.spawn_monitor(cleo, "normal")
    return await fate(me)


@row("Ann calls `exit(Bob, kill)`. Bob **traps** exits. Bob …", KILL,
     "A `kill` sent with `exit/2` cannot be trapped. Bob's own reason is then *killed*.")  # fmt: skip
async def kill_to_a_trapper(me):
    return await hit(me, "kill", traps=True)


@row("Somebody calls `exit(Bob, kill)`. Ann is linked to Bob and traps. Ann …", KILL,
     "Bob exits with *killed*, not *kill*, so the order to kill goes no further than Bob.")  # fmt: skip
async def killed_heard_by_a_trapper(me):
    me.trap_exit = True
    pid = me.spawn_link(bob, me.pid, False)
    me.exit(pid, "kill")
    return await fate(me)


@row("Bob himself runs `exit(kill)`. Ann is linked to him and traps. Ann …", KILL,
     "Over a link *kill* is a reason like any other. Only `exit(Pid, kill)` is an order.")  # fmt: skip
async def own_kill_heard_by_a_trapper(me):
    me.trap_exit = True
    me.spawn_link(leaves, "kill")
    return await fate(me)


@row("Bob himself runs `exit(kill)`. Cleo is linked to him and does not trap. Cleo …", KILL,
     "It is a reason like any other: she exits with it unchanged.")  # fmt: skip
async def own_kill_over_a_link(me):
    me.spawn_monitor(cleo, "kill")
    return await fate(me)


# The dead and the unknown


@row("Bob is dead. Ann, who does not trap, calls `link(Bob)`. There is …", DEAD,
     "`noproc`, raised where she called `link`, so she can catch it. No signal comes.")  # fmt: skip
async def link_to_the_dead(me):
    pid = await dead(me)
    try:
        me.link(pid)
    except NoProcess:
        return "an error in the caller"
    return await told(me)


@row("Bob is dead. Ann, who **traps**, calls `link(Bob)`. There is …", DEAD,
     "She gets what she would have got if the link had been there before Bob died, with reason *noproc*.")  # fmt: skip
async def trapper_links_to_the_dead(me):
    pid = await dead(me)
    me.trap_exit = True
    me.link(pid)
    return await told(me)


@row("Bob is dead. Ann calls `monitor(process, Bob)`. There is …", DEAD,
     "Each monitor gets its one *DOWN*, even when it is set too late. So no death can be missed.")  # fmt: skip
async def monitor_of_the_dead(me):
    me.monitor(await dead(me))
    return await told(me)


@row("Nobody is called *bob*. Ann calls `monitor(process, bob)`. There is …",
     ("an error in the caller", "a DOWN about the name bob", "a DOWN about no one"),
     "Its reason is *noproc*, and its object is the pair `{bob, Node}`, because there is no pid to name.")  # fmt: skip
async def monitor_of_an_unknown_name(me):
    me.monitor("bob")
    down = await me.receive(Down)
    return "a DOWN about the name bob" if down.pid == ("bob", me.node.name) else "a DOWN about no one"


@row("There is no node *shop@localhost*. Ann monitors `{bob, shop@localhost}`. There is …",
     (*DEAD, "a message: noconnection"),
     "Not *noproc*: whether Bob lives is not known. Nodes are other machines; chapter 9 is about them.")  # fmt: skip
async def monitor_elsewhere(me):
    try:
        me.monitor(("bob", "shop@localhost"))
    except BadArgument:
        return "an error in the caller"
    return await told(me)


async def told(me: Process) -> str:
    """The message that Ann gets after a link or monitor, if any."""
    word = await me.receive(Down | ExitSignal, timeout=PATIENCE)
    return "nothing" if isinstance(word, Timeout) else f"a message: {word.reason}"


# Twice, and undone


@row("Ann monitors Bob **twice**. Bob exits. How many messages?", COUNT,
     "Each call of `monitor` makes a reference of its own, and each brings its own *DOWN*.")  # fmt: skip
async def monitored_twice(me):
    pid, _ = me.spawn_monitor(bob, me.pid, False)
    me.monitor(pid)
    me.exit(pid, "kill")
    return await count(me, Down)


@row("Ann, who traps, links to Bob **twice**. Bob exits. How many messages?", COUNT,
     "Between two processes there is one link or none: linking twice changes nothing.")  # fmt: skip
async def linked_twice(me):
    me.trap_exit = True
    pid = me.spawn_link(bob, me.pid, False)
    me.link(pid)
    me.exit(pid, "kill")
    return await count(me, ExitSignal)


@row("Ann, who traps, links to Bob twice and unlinks **once**. Bob exits. How many messages?", COUNT,
     "There is only one link, so one `unlink` undoes it.")  # fmt: skip
async def linked_twice_unlinked_once(me):
    me.trap_exit = True
    pid = me.spawn_link(bob, me.pid, False)
    me.link(pid)
    me.unlink(pid)
    me.exit(pid, "kill")
    return await count(me, ExitSignal)


@row("Bob's *EXIT* waits in Ann's mailbox. Ann calls `unlink(Bob)`. The message is …", STAYS,
     "`unlink` promises that none will come from now on. It does not remove one that has come.")  # fmt: skip
async def unlinked_too_late(me):
    me.trap_exit = True
    pid = me.spawn_link(leaves, "bye")
    await me.sleep(PATIENCE)
    me.unlink(pid)
    return await left(me)


@row("Bob's *DOWN* waits in Ann's mailbox. Ann calls `demonitor(Ref)`. The message is …", STAYS,
     "The same as with `unlink`: a message that has come stays.")  # fmt: skip
async def demonitored_too_late(me):
    _, ref = me.spawn_monitor(leaves, "bye")
    await me.sleep(PATIENCE)
    me.demonitor(ref)
    return await left(me)


@row("Bob's *DOWN* waits in Ann's mailbox. Ann calls `demonitor(Ref, [flush])`. The message is …", STAYS,
     "`flush` removes the message from the mailbox as well. Most people who write `demonitor` mean this.")  # fmt: skip
async def demonitored_with_flush(me):
    _, ref = me.spawn_monitor(leaves, "bye")
    await me.sleep(PATIENCE)
    me.demonitor(ref, flush=True)
    return await left(me)


async def left(me: Process) -> str:
    """The place of a message of the runtime: in the mailbox, or gone."""
    word = await me.receive(Down | ExitSignal, timeout=0)
    return "gone" if isinstance(word, Timeout) else "still in the mailbox"


# Order


@row("Bob sends Ann his last words and exits at once. Ann monitors him. What comes first?",
     ("the message", "the DOWN"),
     "Signals from one process to another never overtake each other. Those of two senders may.")  # fmt: skip
async def last_words(me):
    async def says_goodbye(me, ann):
        me.send(ann, "goodbye")

    me.spawn_monitor(says_goodbye, me.pid)
    return "the DOWN" if isinstance(await me.receive(), Down) else "the message"


@row("Bob is registered as *bob* and exits. Ann has received his *DOWN*. The name is …", ("still his", "free"),
     "A name is given back before anybody hears of the exit, so whatever hears of it may take the name.")  # fmt: skip
async def name_at_the_down(me):
    _, ref = me.spawn_monitor(leaves, "bye", name="bob")
    await me.receive(ref)
    return "free" if me.whereis("bob") is None else "still his"
