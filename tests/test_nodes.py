"""Several nodes: all that no recorded row shows (the rows are played in tests/conformance)."""

import copy
import gc
import itertools
import pickle
import re
import weakref
from dataclasses import dataclass
from functools import partial

import pytest

from letitcrash import World
from letitcrash.gen_server import CallFailed, GenServer, call, cast
from letitcrash.gen_server import stop as stop_server
from letitcrash.process import BadArgument, Down, Exit, ExitSignal, NodeDown, NodeUp, NoProcess, Pid, Ref, Timeout
from letitcrash.process import events as ev
from letitcrash.process.addresses import Origin, WorldKey
from letitcrash.process.connections import SETUP_SECONDS
from letitcrash.process.wires import LATENCY


def two(**settings):
    return World(nodes=("a", "b"), **settings)


async def idle(me):
    while True:
        await me.receive()


async def obedient(me):
    """Leave for the reason it is told, keep any other message."""
    while True:
        match await me.receive(tuple):
            case ("leave", reason):
                raise Exit(reason)
            case ("raise", error):
                raise error


async def keeps(me, heard):
    """Put down what comes, and when."""
    while True:
        message = await me.receive()
        heard.append((me.now, message))


async def drained(me, seconds=1.0):
    """All that comes within so many seconds."""
    await me.sleep(seconds)
    found = []
    while type(message := await me.receive(timeout=0)) is not Timeout:
        found.append(message)
    return found


def asking(use):
    """Return a body that uses its `me` at once, and answers with what comes of it."""

    async def body(me, *args):
        return use(me, *args)

    return body


def written(message, names):
    """A message of the runtime as the recording has it."""
    say = lambda about: names.get(about, "pid") if type(about) is Pid else f"{{{about[0]},{about[1]}@localhost}}"
    match message:
        case ExitSignal(pid, reason):
            return f"{{'EXIT',{say(pid)},{reason}}}"
        case Down(about, reason):
            return f"{{'DOWN',ref,process,{say(about)},{reason}}}"
        case NodeDown(node, None):
            return f"{{nodedown,{node}@localhost}}"
        case NodeDown(node, reason):
            return f"{{nodedown,{node}@localhost,[{{nodedown_reason,{reason}}}]}}"
    return message


def test_an_exit_normal_from_another_node_ends_nobody_and_only_the_home_knows_who_is_alive():
    async def asks(me):
        me.exit(remote, "normal")
        await me.sleep(1)
        with pytest.raises(BadArgument, match=r"<b\.1 idle> lives on node b: only there is known whether it is alive"):
            me.is_alive(remote)

    world = two()
    remote = world.spawn(idle, node="b")
    world.ask(asks)
    assert world.is_alive(remote)


def setup_and_crash(setup, power=False):
    """Return all that a trapping process of node a hears when node b is no more, given the order of its watches."""
    world = two()
    r = world.spawn(idle, node="b", name="r")

    async def watches(me):
        me.trap_exit = True
        for what in setup:
            match what:
                case "monitor_pid":
                    me.monitor(r)
                case "monitor_name":
                    me.monitor(("r", "b"))
                case "monitor_node":
                    me.monitor_node("b")
                case "link":
                    me.link(r)
                case "monitor_nodes":
                    me.monitor_nodes()
        await me.sleep(1)
        world.at(me.now, lambda: world.nodes["b"].crash(power=power))
        return await drained(me)

    return [written(message, {r: "r@b"}) for message in world.ask(watches)]


def test_the_order_after_a_kill_does_not_depend_on_the_order_of_the_watches():
    setups = itertools.permutations(["monitor_pid", "link", "monitor_node", "monitor_nodes"])
    assert len({tuple(setup_and_crash(setup)) for setup in setups}) == 1


@pytest.mark.parametrize("hangs_up", ["a", "b"])
def test_a_disconnect_in_the_midst_of_a_stream_loses_one_stretch_at_most_and_the_stream_goes_on(hangs_up):
    """The side that hangs up has sent all it was given; what is on its way to that side is lost."""
    world, heard = two(keep=0), []

    async def sends_many(me):
        for number in range(2_000):
            me.send(("r", "b"), number)
            await me.sleep(0.0001)

    world.spawn(keeps, heard, node="b", name="r")
    world.spawn(sends_many)
    world.at(0.1, world.nodes[hangs_up].connections.disconnect, "ab".replace(hangs_up, ""))
    world.run()
    numbers = [number for _, number in heard]
    missing = sorted(set(range(2_000)) - set(numbers))
    assert numbers == sorted(set(numbers)) and numbers[-1] == 1_999
    assert missing == list(range(missing[0], missing[-1] + 1)) if missing else True
    assert (len(missing) > 0) is (hangs_up == "b")


@pytest.mark.parametrize("hold_seconds", [3, 5])
def test_a_short_freeze_is_no_event_and_messages_arrive_after_it(hold_seconds):
    world, heard, told = two(), [], []

    async def watches(me):
        me.monitor_nodes()
        await keeps(me, told)

    world.spawn(keeps, heard, node="b", name="r")
    world.spawn(watches)
    world.at(1, world.nodes["b"].freeze)
    for number in (1, 2, 3):
        world.at(1, world.spawn, sends_to_r, number)
    world.at(1 + hold_seconds, world.nodes["b"].thaw)
    world.run()
    assert heard == [(1 + hold_seconds, number) for number in (1, 2, 3)]
    assert told == []


async def sends_to_r(me, message):
    me.send(("r", "b"), message)


# Ties between nodes, one half at a time


def test_a_signal_takes_the_latency_of_the_wire_and_none_overtakes_another():
    async def hears(me):
        me.trap_exit = True
        me.link(await me.receive(Pid))
        await keeps(me, heard)

    async def starts(me, to):
        pid = await me.spawn_on("b", waits_then, sends_two, to)
        me.send(to, pid)
        await me.sleep(1)
        me.send(pid, "go")

    heard, world = [], two()
    world.spawn(starts, world.spawn(hears))
    world.run()
    times, messages = zip(*heard, strict=True)
    assert messages[:2] == ("one", "two") and messages[2].reason == "done"
    assert times == pytest.approx([1 + 4 * LATENCY] * 3)


async def sends_two(me, to):
    me.send(to, "one")
    me.send(to, "two")
    raise Exit("done")


async def waits_then(me, body, *args):
    await me.receive("go")
    await body(me, *args)


@pytest.mark.parametrize("again", [False, True])
def test_an_exit_that_crosses_an_unlink_ends_nobody(again):
    """The signal of the link is under way when it is undone; a link made anew afterwards is to a dead process."""

    async def unlinks(me):
        me.link(remote)
        await me.sleep(1)
        world.exit(remote, "boom")
        me.unlink(remote)
        if again:
            me.link(remote)
        await me.sleep(1)

    world = two()
    remote = world.spawn(idle, node="b")
    pid = world.spawn(unlinks)
    world.run()
    assert next(event.reason for event in world.trace.of(ev.Exited) if event.pid is pid) == (
        "boom" if again else "normal"
    )


def test_a_link_from_there_that_crosses_an_unlink_is_undone_on_both_sides():
    async def unlinks(me, other):
        me.link(other)
        await me.sleep(1)
        me.unlink(other)
        await me.sleep(10)

    async def unlinks_and_links(me):
        other = await me.receive(Pid)
        await me.sleep(1)
        me.unlink(other)
        me.link(other)
        await me.sleep(10)

    world = two()
    there = world.spawn(unlinks_and_links, node="b")
    here = world.spawn(unlinks, there)
    world.send(there, here)
    world.run(until=5)
    assert [info.links for info in world.processes()] == [(), ()]


def test_the_half_of_a_tie_is_seen_at_home_only_and_goes_with_its_process():
    async def ties(me, other):
        me.link(other)
        me.monitor(other)
        me.monitor(("till", "b"))
        await me.receive()

    world = two()
    other = world.spawn(idle, node="b", name="till")
    pid = world.spawn(ties, other)
    world.run()
    here, there = world.processes()
    assert (here.links, here.watches, here.watched_by) == ((other,), (other, ("till", "b")), ())
    assert (there.links, there.watches, there.watched_by) == ((pid,), (), (pid, pid))
    world.send(pid, "go home")
    world.run()
    (left,) = world.processes()
    assert (left.pid, left.links, left.watched_by) == (other, (), ())
    assert world.nodes["b"].half_ties() == ({}, {}, {})


def test_a_lost_connection_breaks_the_half_of_each_side_and_both_processes_live_on():
    async def ties(me, other):
        me.trap_exit = True
        me.link(other)
        me.monitor(other)
        await keeps(me, heard)

    world, heard = two(), []
    other = world.spawn(keeps, [], node="b")
    world.at(0, lambda: setattr(world.nodes["b"].processes[other], "trap_exit", True))
    world.spawn(ties, other)
    world.at(1, world.nodes["a"].connections.disconnect, "b")
    world.run()
    assert [type(message) for _, message in heard] == [ExitSignal, Down]
    assert {message.reason for _, message in heard} == {"noconnection"}
    assert [(info.links, info.watches, info.watched_by) for info in world.processes()] == [((), (), ())] * 2


# Crashes, freezes, starts


def test_a_new_incarnation_knows_nothing_of_the_old_one_and_its_pids_are_others():
    async def uses(me, stale):
        me.trap_exit = True
        me.send(stale, "hello")
        me.link(stale)
        me.monitor(stale)
        me.exit(stale, "kill")
        return await drained(me)

    world = two()
    south = world.nodes["b"]
    stale = world.spawn(idle, node="b", name="till")
    world.run()
    south.crash()
    world.run()
    south.start()
    fresh = world.spawn(idle, node="b", name="till")
    assert (stale.number, stale.node, stale.incarnation) == (1, "b", 1)
    assert (fresh.number, fresh.node, fresh.incarnation) == (1, "b", 2)
    assert fresh is not stale and fresh != stale and repr(stale) == "<b.1 till>" and repr(fresh) == "<b/2.1 till>"
    assert [(type(said), said.reason) for said in world.ask(uses, stale)] == [(ExitSignal, "noproc"), (Down, "noproc")]
    assert world.is_alive(fresh) and not world.is_alive(stale)


def test_at_home_a_pid_of_a_dead_incarnation_is_that_of_a_dead_process():
    async def links(me):
        me.link(stale)

    async def monitors(me):
        return (await me.receive(me.monitor(stale))).reason, me.is_alive(stale)

    world = World()
    stale = world.spawn(idle)
    world.node.crash()
    world.node.start()
    with pytest.raises(NoProcess, match=r"<0\.1 idle>, which is dead"):
        world.ask(links)
    assert world.ask(monitors) == ("noproc", False)
    world.send(stale, "hello")
    assert world.trace[-1].message == "hello" and type(world.trace[-1]) is ev.Dropped


def test_no_timer_of_a_crashed_node_fires():
    async def sets(me):
        for to in (me.pid, "till", ("till", "a"), there):
            me.send_after(5, to, "late")
        await me.sleep(3)
        done.append("slept")

    world, done, heard = two(), [], []
    there = world.spawn(keeps, heard, name="till")
    world.spawn(sets, node="b", name="till")
    world.at(1, world.nodes["b"].crash)
    world.at(2, world.nodes["b"].start)
    world.at(2, world.spawn, keeps, heard)
    world.run()
    assert done == heard == []


def test_what_was_sent_before_a_crash_arrives_and_then_the_connection_is_closed():
    async def sends_and_waits(me, to):
        for number in range(3):
            me.send(to, number)
        await me.sleep(9)

    async def hears(me):
        me.monitor_nodes()
        await keeps(me, heard)

    world, heard = two(), []
    to = world.spawn(hears)
    world.at(1, world.spawn, sends_and_waits, to)
    world.run(until=1)
    world.spawn(sends_and_waits, to, node="b")
    world.at(1, world.nodes["b"].crash)
    world.run(until=2)
    there = [message for _, message in heard if type(message) is not int]
    assert there == [NodeDown("b", "connection_closed")]


@pytest.mark.parametrize("comes_back", [False, True])
def test_when_the_power_goes_nobody_hears_it_until_the_computer_is_back_and_is_spoken_to(comes_back):
    async def hears(me):
        me.monitor_nodes()
        await keeps(me, heard)

    world, heard = two(), []
    south = world.nodes["b"]
    world.spawn(hears)
    world.at(1, south.crash, True)
    if comes_back:
        world.at(5, south.start)
    world.at(9, world.spawn, sends_to_r, "hello?")
    world.run()
    down = [(pytest.approx(9 + 2 * LATENCY), NodeDown("b", "connection_closed"))]
    assert heard == (down if comes_back else [])


def test_a_computer_that_is_back_and_speaks_first_is_down_and_up_in_this_order():
    async def hears(me):
        me.monitor_nodes()
        await keeps(me, heard)

    world, heard = two(), []
    south = world.nodes["b"]
    world.spawn(hears, name="r")
    world.at(1, south.crash, True)
    world.at(5, south.start)
    world.at(9, lambda: world.spawn(tells_r_at_a, node="b"))
    world.run()
    said = [NodeDown("b", "connection_closed"), NodeUp("b"), "here I am"]
    assert [message for _, message in heard] == said


async def tells_r_at_a(me):
    me.send(("r", "a"), "here I am")


def test_a_crashed_node_refuses_at_once_and_one_without_power_only_by_silence():
    async def tries(me, to):
        began = me.now
        down = await me.receive(me.monitor(to))
        return down.reason, me.now - began

    for power, takes in ((False, 2 * LATENCY), (True, SETUP_SECONDS)):
        world = World(nodes=("a", "b"), connected=False)
        to = world.spawn(idle, node="b")
        world.nodes["b"].crash(power)
        reason, took = world.ask(tries, to)
        assert reason == "noconnection" and took == pytest.approx(takes)


def test_a_frozen_node_accepts_no_connection_in_time_and_is_met_again_after_its_thaw():
    async def tries(me):
        return await me.connect_node("b")

    world = World(nodes=("a", "b"), connected=False)
    world.nodes["b"].freeze()
    began = world.now
    assert world.ask(tries) is False and world.now - began == SETUP_SECONDS
    world.nodes["b"].thaw()
    world.run()
    assert world.ask(tries) is True


def test_a_process_that_is_spawned_on_a_frozen_node_begins_after_its_thaw_behind_the_others():
    async def says(me, word):
        did.append((me.now, word))

    world, did = two(), []
    world.spawn(says, "before", node="b")
    world.nodes["b"].freeze()
    world.at(1, lambda: world.spawn(says, "meanwhile", node="b"))
    world.at(2, world.nodes["b"].thaw)
    world.run()
    assert did == [(2, "before"), (2, "meanwhile")]


@pytest.mark.parametrize("frozen_at", [0.0003, SETUP_SECONDS + 1], ids=["before the answer", "after giving up"])
def test_nobody_stays_connected_with_a_node_that_fell_while_frozen(frozen_at):
    async def opens(me):
        await me.connect_node("b")

    world = two(connected=False)
    a, b = world.nodes.values()
    if frozen_at > SETUP_SECONDS:
        b.freeze()
    world.spawn(opens)
    world.at(frozen_at, a.freeze)
    world.at(frozen_at + 1, b.thaw)
    world.at(frozen_at + 2, a.crash)
    world.run()
    assert b.connections.names("connected") == []


def test_a_frozen_node_does_nothing_and_goes_on_where_it_stood():
    async def works(me):
        me.send_after(2, me.pid, "two")
        for _ in range(4):
            message = await me.receive(timeout=1)
            did.append((me.now, message))

    world, did = two(), []
    pid = world.spawn(works, node="b")
    south = world.nodes["b"]
    world.at(0.5, south.freeze)
    world.at(5, world.send, pid, "from the street")
    world.at(7, south.thaw)
    world.run()
    assert did == [(7, "two"), (7, "from the street"), (8, Timeout()), (9, Timeout())]


@pytest.mark.parametrize("waits", [lambda me: me.sleep(0), lambda me: me.receive(timeout=0.5)])
def test_a_body_may_freeze_its_own_node_and_the_end_of_its_step_is_the_last_that_happens(waits):
    async def freezes(me):
        me.node.freeze()
        me.send("r", "in the same step")
        await waits(me)
        did.append((me.now, "the next step"))

    world, did = two(), []
    for name in ("r", "s"):
        world.spawn(keeps, did, name=name)
    world.run()
    world.spawn(freezes)
    world.send("s", "in its queue before")
    world.run(1)
    assert did == []
    world.at(5, world.node.thaw)
    world.run()
    assert sorted(did) == [(5, "in its queue before"), (5, "in the same step"), (5, "the next step")]


def test_a_body_may_crash_its_own_node_and_its_step_is_its_last():
    async def last_one(me):
        me.node.crash()
        did.append("the end of the step")
        await me.sleep(0)
        did.append("never")

    world, did = two(), []
    world.spawn(last_one)
    world.spawn(idle)
    world.run()
    assert did == ["the end of the step"] and world.processes() == []


def test_nothing_that_a_body_does_while_its_node_crashes_has_an_effect():
    async def cleans_up(me):
        try:
            await me.receive()
        finally:
            me.send(("r", "a"), "goodbye")

    world, heard = two(), []
    world.spawn(keeps, heard, name="r")
    world.spawn(cleans_up, node="b")
    world.at(1, world.nodes["b"].crash)
    world.run()
    assert heard == []


NO_NAMES = [3, None, ("a",), b"a", True]


async def opens_to(me, node):
    return await me.connect_node(node)


async def starts_on(me, node):
    return await me.spawn_on(node, idle)


@pytest.mark.parametrize("node", NO_NAMES)
@pytest.mark.parametrize(
    "use",
    [
        opens_to,
        starts_on,
        asking(lambda me, node: me.monitor_node(node)),
        asking(lambda me, node: me.monitor_node(node, False)),
        asking(lambda me, node: me.disconnect_node(node)),
    ],
)
def test_a_node_is_given_by_its_name(use, node):
    with pytest.raises(BadArgument, match=f"a node is given by its name; got {re.escape(repr(node))}"):
        two().ask(use, node)


@pytest.mark.parametrize("node", NO_NAMES)
@pytest.mark.parametrize(
    "use",
    [
        lambda me, to: me.send(to, "x"),
        lambda me, to: me.send_after(1, to, "x"),
        lambda me, to: me.monitor(to),
        lambda me, to: me.exit(to, "kill"),
        lambda me, to: cast(me, to, "x"),
    ],
)
def test_an_address_with_something_else_than_the_name_of_a_node_is_refused_with_the_kinds_there_are(use, node):
    with pytest.raises(BadArgument, match=rf"{re.escape(repr(('till', node)))}(: .*\(name, node\)|$)") as refusal:
        two().ask(asking(use), ("till", node))
    assert "(name, node)" in str(refusal.value)


@pytest.mark.parametrize("kind", ["b", "up", None])
def test_a_kind_of_nodes_that_there_is_not_is_refused(kind):
    with pytest.raises(BadArgument, match=f"the kinds of nodes are 'visible', 'hidden', 'connected'; got {kind!r}"):
        two().ask(asking(lambda me, kind: me.nodes(kind)), kind)


@pytest.mark.parametrize("to", [("till", "b"), "its pid"])
def test_a_message_for_later_that_cannot_cross_is_an_error_of_its_sender_and_stops_no_world(to):
    async def sends_later(me, to):
        basket = ["before"]
        me.send_after(1, to, basket)
        basket.append("changed since")
        with pytest.raises(BadArgument, match="<lambda> cannot cross a wire"):
            me.send_after(2, to, lambda: 3)
        me.send_after(3, to, "after")

    world, heard = two(), []
    pid = world.spawn(keeps, heard, node="b", name="till")
    world.ask(sends_later, pid if to == "its pid" else to)
    world.run()
    assert [message for _, message in heard] == [["before"], "after"]


@pytest.mark.parametrize("where", ["a", "b"])
def test_a_body_that_keeps_a_pid_of_a_dead_incarnation_meets_a_dead_process_wherever_it_is(where):
    """Its number lives again on the new incarnation: nothing may reach that process."""

    async def uses(me, old):
        me.trap_exit = True
        me.send(old, "hello")
        me.send_after(0, old, "hello")
        cast(me, old, "hello")
        me.exit(old, "kill")
        me.unlink(old)
        with pytest.raises(CallFailed) as failed:
            await call(me, old, "eggs?")
        assert failed.value.reason[0] == "noproc"
        me.monitor(old)
        me.link(old)
        return await drained(me)

    world = two()
    old = world.spawn(idle, node="b", label="till")
    world.run()
    world.nodes["b"].crash()
    world.run()
    world.nodes["b"].start()
    heard = []
    new = world.spawn(keeps, heard, node="b", label="till")
    assert (new.number, new is old, new == old) == (old.number, False, False)
    told = world.ask(uses, old, node=where)
    assert [(type(word), word.pid, word.reason) for word in told] == [
        (Down, old, "noproc"),
        (ExitSignal, old, "noproc"),
    ]
    assert heard == [] and world.is_alive(new) and not world.is_alive(old)


@pytest.mark.parametrize("use", ["crash", "freeze", "thaw", "spawn", "ask"])
def test_a_node_that_is_down_says_so(use):
    world = two()
    south = world.nodes["b"]
    south.crash()
    with pytest.raises(BadArgument, match=r"node b is down: start\(\) it first"):
        getattr(world, use)(idle, node="b") if use in ("spawn", "ask") else getattr(south, use)()
    south.start()
    with pytest.raises(BadArgument, match=r"node b runs already"):
        south.start()


# Wires


@pytest.mark.parametrize("way", ["there", "back", "both"])
def test_a_cut_wire_holds_what_is_sent_until_it_is_healed(way):
    world, at = two(), {"a": [], "b": []}
    for name in at:
        world.spawn(keeps, at[name], node=name, name="r")
    wire = world.wire("a", "b")
    world.at(1, wire.cut, way)
    world.at(2, lambda: world.spawn(sends_to_r, "there"))
    world.at(2, lambda: world.spawn(tells_r_at_a, node="b"))
    world.at(5, wire.heal)
    world.run()
    there, back = at["b"][0][0], at["a"][0][0]
    assert there == pytest.approx(LATENCY + (2 if way == "back" else 5))
    assert back == pytest.approx(LATENCY + (2 if way == "there" else 5))


def test_a_wire_is_seen_from_either_end():
    world = two()
    world.wire("b", "a").cut("there")
    world.spawn(sends_to_r, "hello")
    heard = []
    world.spawn(keeps, heard, node="b", name="r")
    world.run()
    assert [message for _, message in heard] == ["hello"]
    assert [(event.wire, event.way) for event in world.trace.of(ev.WireCut)] == [("b-a", "there")]


def test_what_a_cut_wire_holds_is_lost_with_its_connection():
    world, heard = two(), []
    world.spawn(keeps, heard, node="b", name="r")
    wire = world.wire("a", "b")
    world.at(1, wire.cut)
    world.at(2, lambda: world.spawn(sends_to_r, "lost"))
    world.at(3, world.nodes["b"].connections.disconnect, "a")
    world.at(4, wire.heal)
    world.at(5, lambda: world.spawn(sends_to_r, "after"))
    world.run()
    assert [message for _, message in heard] == ["after"]


@pytest.mark.parametrize(
    ("what", "rule"),
    [
        (lambda world: world.wire("a", "a"), "'a' needs none to itself"),
        (lambda world: world.wire("a", "mars"), r"there is no node 'mars' in this world; its nodes: 'a', 'b'"),
        (lambda world: world.nodes["mars"], "there is no node 'mars'"),
        (lambda world: world.spawn(idle, node="mars"), "there is no node 'mars'"),
        (lambda world: world.whereis(("till", "mars")), "there is no node 'mars'"),
        (lambda world: World(nodes=("a", "a/2")), "the name of a node has no /"),
        (lambda world: world.wire("a", "b").cut("up"), '"there" or "back"; got \'up\''),
        (lambda world: World(nodes=("a", "a")), "there is a node 'a' already"),
        (lambda world: World(nodes=()), "one node or more"),
        (
            lambda world: setattr(world.node.connections, "auto_connect", True),
            'auto_connect of a node is "always", "once" or "never"; got True',
        ),
        (lambda world: World(nodes="north"), r"nodes of a world are names.*; got 'north'"),
        (lambda world: World(nodes=("a", 3)), "nodes of a world are names"),
        (lambda world: World(nodes=("a", "b"), hidden=("c",)), "hidden ones among them; got .*'c'"),
        (lambda world: world.ask(asks_where, ("r", "b")), r"names are known at home only.*\('r', 'b'\)"),
        (lambda world: world.ask(registers, "b"), r"lives on node b: only there can it be registered as 'till'"),
    ],
)
def test_what_no_world_of_nodes_can_do_is_refused_in_words(what, rule):
    with pytest.raises(BadArgument, match=rule):
        what(two())


async def asks_where(me, name):
    me.whereis(name)


async def registers(me, node):
    me.register("till", await me.spawn_on(node, idle))


# Servers


class Shelf(GenServer):
    async def init(self, eggs=12):
        self.eggs = eggs

    async def handle_call(self, request, caller):
        return self.eggs

    async def handle_cast(self, message):
        self.eggs = message


def test_a_server_of_another_node_is_called_cast_to_and_stopped_by_name_and_by_pid():
    async def uses(me, shelf):
        first = await call(me, ("shelf", "b"), "count")
        cast(me, ("shelf", "b"), 3)
        second = await call(me, shelf, "count")
        await stop_server(me, ("shelf", "b"))
        return first, second, me.now

    world = two()
    shelf = world.ask(Shelf.start, name="shelf", node="b")
    assert world.ask(uses, shelf) == (12, 3, pytest.approx(6 * LATENCY))
    assert not world.is_alive(shelf)


def test_a_call_to_a_node_that_is_lost_fails_as_nodedown_and_one_to_nobody_as_noproc():
    async def calls(me, server):
        with pytest.raises(CallFailed) as failed:
            await call(me, server, "count")
        return failed.value.reason[0]

    world = two()
    shelf = world.ask(Shelf.start, name="shelf", node="b")
    assert world.ask(calls, ("nobody", "b")) == "noproc"
    world.nodes["b"].crash()
    assert world.ask(calls, ("shelf", "b")) == world.ask(calls, shelf) == ("nodedown", "b")
    assert world.ask(calls, ("shelf", "mars")) == ("nodedown", "mars")


def test_a_late_answer_from_another_node_is_dropped():
    class Slow(Shelf):
        async def handle_call(self, request, caller):
            await self.me.sleep(2)
            return self.eggs

    async def calls(me):
        with pytest.raises(CallFailed):
            await call(me, ("shelf", "b"), "count", timeout=1)
        await me.sleep(5)
        return me.mailbox

    world = two()
    world.ask(Slow.start, name="shelf", node="b")
    assert world.ask(calls) == ()


@pytest.mark.parametrize("monitor", [False, True])
def test_a_process_started_on_another_node_is_tied_as_it_was_asked(monitor):
    async def starts(me):
        me.trap_exit = True
        started = await me.spawn_on("b", obedient, name="clerk", label="Ann", link=True, monitor=monitor)
        pid, ref = started if monitor else (started, None)
        me.send(("clerk", "b"), ("leave", "boom"))
        return repr(pid), ref, await drained(me)

    world = two()
    text, ref, told = world.ask(starts)
    assert text == "<b.1 Ann>" and type(ref) is (Ref if monitor else type(None))
    assert [type(message) for message in told] == [ExitSignal, Down][: 1 + monitor]
    assert {message.reason for message in told} == {"boom"}


def test_a_spawn_that_names_a_node_is_awaited_and_ties_as_it_says():
    async def starts(me):
        me.trap_exit = True
        pids = [await me.spawn(obedient, node=node, name="clerk", label="Ann") for node in ("a", "b")]
        pids += [await me.spawn_link(obedient, node=node) for node in ("a", "b")]
        pids += [(await me.spawn_monitor(obedient, node=node))[0] for node in ("a", "b")]
        for pid in pids:
            me.send(pid, ("leave", "boom"))
        return [pid.node for pid in pids], [(type(word), word.pid) for word in await drained(me)], pids

    nodes, told, pids = two(report=None).ask(starts)
    assert nodes == ["a", "b"] * 3 and repr(pids[1]) == "<b.1 Ann>"
    assert sorted(told, key=repr) == sorted(zip([ExitSignal] * 2 + [Down] * 2, pids[2:], strict=True), key=repr)


async def takes_out(me, asker, basket, *, eggs):
    basket.clear()
    eggs.clear()
    me.send(asker, "taken")


def test_what_a_start_on_another_node_takes_along_is_a_copy():
    async def starts(me):
        basket, eggs = ["milk"], [12]
        await me.spawn_on("b", takes_out, me.pid, basket, eggs=eggs)
        return await me.receive("taken") and (basket, eggs)

    assert two().ask(starts) == (["milk"], [12])


def test_a_start_on_another_node_that_cannot_be_fails_where_it_was_asked_for():
    async def starts(me):
        with pytest.raises(BadArgument, match="the name 'till' is taken"):
            await me.spawn_on("b", idle, name="till")
        with pytest.raises(BadArgument, match="<lambda> cannot cross a wire"):
            await me.spawn_on("b", idle, lambda: 3)
        with pytest.raises(BadArgument, match="<lambda> cannot cross a wire"):
            await me.spawn_on("b", idle, label=lambda: 3)
        return await me.spawn_on("a", idle)

    world = two()
    world.spawn(idle, node="b", name="till")
    assert world.ask(starts).node == "a"


# Addresses as values


def test_a_pid_and_a_reference_come_back_from_a_pickle_as_the_same_objects():
    async def makes(me):
        return me.pid, me.make_ref(), me.alias()

    world = two()
    found = [*world.ask(makes), *world.ask(makes, node="b"), world.spawn(idle)]
    assert all(one is other for one, other in zip(found, pickle.loads(pickle.dumps(found)), strict=True))
    assert all(one is other for one, other in zip(found, copy.deepcopy(found), strict=True))
    assert [copy.copy(one) is one for one in found] == [True] * 7


def test_a_pid_of_nobody_is_no_other_one_and_comes_back_from_a_pickle_as_the_same_object():
    async def starts(me):
        return [await me.spawn_on("mars", idle) for _ in range(2)]

    world = two()
    found = world.ask(starts) + world.ask(starts, node="b")
    assert all(one is other for one, other in zip(found, pickle.loads(pickle.dumps(found)), strict=True))
    assert len(set(map(repr, found))) == len(set(found)) == 4


def test_a_process_that_has_died_leaves_nothing_on_any_node():
    """The tables kept all who had asked to hear of a node, and the world every process's stream of chance."""

    async def asks_for_all(me, other):
        me.random().random()
        me.alias()
        for peer in ("b", "b", "nosuch"):
            me.monitor_node(peer)
        me.monitor_node("c", on=False)
        me.monitor_nodes()
        me.link(other)
        me.unlink(other)
        for whom in (other, ("till", "b"), other):
            me.monitor(whom, alias=True)
        me.link(other)
        await me.spawn_monitor(brief, node="b")
        await me.connect_node("b")

    async def brief(me):
        pass

    async def waits_for_a_connection(me):
        await me.connect_node("c")

    def objects_after(count):
        for _ in range(count):
            world.spawn(asks_for_all, other)
            world.at(world.now + 1, world.exit, world.spawn(waits_for_a_connection))
        world.run(until=world.now + 2)  # the attempt to connect lasts longer than those who wait for it
        gc.collect()
        return len(gc.get_objects())

    world = World(nodes=("a", "b", "c"), keep=0, report=None)
    other = world.spawn(traps_and_idles, node="b", name="till")
    world.wire("a", "c").cut()
    world.nodes["a"].connections.disconnect("c")
    objects_after(20)
    assert objects_after(20) - objects_after(200) == pytest.approx(0, abs=20)


async def traps_and_idles(me):
    me.trap_exit = True
    await idle(me)


def test_addresses_of_two_worlds_do_not_mix_though_they_look_alike():
    one, other = World(), World()
    first, second = one.spawn(idle), other.spawn(idle)
    assert repr(first) == repr(second) and first != second
    assert pickle.loads(pickle.dumps(first)) is first and pickle.loads(pickle.dumps(second)) is second
    written = pickle.dumps(second)
    del second, other
    gc.collect()
    again = pickle.loads(written)
    assert repr(again) == "<0.1 idle>" and again is not first and pickle.loads(written) is again
    with pytest.raises(BadArgument, match="another world"):
        one.send(again, "hello")


def test_nobody_keeps_an_address_that_was_written_down():
    world = World(keep=0)
    pid = world.spawn(idle)
    pickle.dumps(pid)
    world.exit(pid)
    world.run()
    seen = weakref.ref(pid)
    del pid
    gc.collect()
    assert seen() is None and len(world.node.origin.written) == 0


def test_a_trace_of_pids_can_be_pickled_and_says_the_same():
    world = two()
    world.spawn(sends_to_r, "hello")
    world.run()
    again = pickle.loads(pickle.dumps(world.trace))
    assert again.digest() == world.trace.digest()


def test_an_address_says_where_it_comes_from():
    async def makes(me):
        return me.pid, me.make_ref()

    world = World(nodes=("north", "south"))
    pid, ref = world.ask(makes, node="south")
    assert (pid.node, pid.incarnation, ref.node, repr(pid), repr(ref)) == (
        "south", 1, "south", "<south.1 passer-by>", "#south.1",
    )  # fmt: skip
    assert [repr(one) for one in World().ask(makes)] == ["<0.1 passer-by>", "#1"]
    assert repr(Origin(WorldKey(), "south", 2)) == "<incarnation 2 of node south>"


# Chance and the trace


def test_the_chance_of_a_node_is_its_own_and_that_of_a_world_of_one_node_as_ever():
    async def draws(me):
        return me.random().random(), me.random("eggs").random()

    world = World(seed=7, nodes=("north", "south"))
    north, south = world.ask(draws), world.ask(draws, node="south")
    assert len({*north, *south}) == 4
    alone = World(seed=7)
    assert alone.ask(draws) == (World(seed=7).random("process 1").random(), World(seed=7).random("eggs").random())
    assert World(seed=7, nodes=("north",)).ask(draws) == World(seed=7).ask(draws)


def test_the_trace_of_one_node_says_nothing_of_nodes_and_that_of_two_is_the_same_every_time():
    def run(**settings):
        world, heard = World(seed=3, **settings), []
        world.spawn(keeps, heard, name="r", **({"node": "b"} if settings else {}))
        world.spawn(sends_to_r, "hello")
        world.run()
        return world.trace

    about_nodes = (ev.NodeStarted, ev.NodeUp, ev.Departed, ev.Delivered)
    assert len(run().of(*about_nodes)) == 0
    trace = run(nodes=("a", "b"))
    assert [type(event) for event in trace.of(*about_nodes)] == [
        ev.NodeStarted, ev.NodeStarted, ev.NodeUp, ev.NodeUp, ev.Departed, ev.Delivered,
    ]  # fmt: skip
    assert trace.digest() == run(nodes=("a", "b")).digest()
    (sent,) = trace.of(ev.Sent)
    assert (sent.at, sent.receiver.node, sent.sender.node) == (LATENCY, "b", "a")


class Broken(Exception):
    pass


@pytest.mark.parametrize("ways", [["exit"], ["monitor", "link"], ["message"]])
def test_two_nodes_that_hear_of_an_error_share_nothing_of_it(ways):
    heard = []

    async def hears(me, other):
        me.trap_exit = True
        if "link" in ways:
            me.link(other)
        if "monitor" in ways:
            me.monitor(other)
        while True:
            message = await me.receive()
            heard.append(message if isinstance(message, Broken) else message.reason)

    async def breaks(me, told):
        error = Broken("eggs")
        error.left = [1]
        heard.append(error)
        await me.sleep(1)
        for to in told:
            if "exit" in ways:
                me.exit(to, error)
            elif "message" in ways:
                me.send(to, error)
        raise error

    world = World(nodes=("a", "b", "c"), report=None)
    told = []
    first = world.spawn(breaks, told)
    told += [world.spawn(hears, first, node=node) for node in ("b", "c")]
    world.run()
    assert len(heard) == 1 + 2 * len(ways)
    assert len({id(error) for error in heard}) == len({id(error.left) for error in heard}) == 1 + 2 * len(ways)


@dataclass
class Basket:
    eggs: list

    async def grows(self, me, to):
        self.eggs.append(me.pid.node)
        me.send(to, self.eggs)


def test_the_body_of_a_process_started_elsewhere_takes_a_copy_of_its_object_along():
    basket = Basket([])

    async def starts(me):
        for body in (basket.grows, partial(Basket.grows, basket)):
            await me.spawn_on("b", body, me.pid)
        return await drained(me)

    assert World(nodes=("a", "b")).ask(starts) == [["b"], ["b"]] and basket.eggs == []
