"""Processes: what a body may do, what happens when it misbehaves, and that a run is always the same run."""

import asyncio
import contextlib
import functools
import gc
import inspect
import io
import math
import re
import sys
from collections import deque
from pathlib import Path

import pytest
import simpy
from hypothesis import example, given
from hypothesis import strategies as st

from letitcrash import World
from letitcrash.gen_server import Call, GenServer
from letitcrash.process import (
    BadArgument,
    Down,
    Exit,
    ExitSignal,
    Pid,
    Ref,
    Timeout,
    TimeStandsStill,
    any_of,
    anything,
    exit_signal,
    is_clean,
)
from letitcrash.process import events as ev
from letitcrash.process.awaits import forgotten_in
from letitcrash.process.budget import NeverWaits
from letitcrash.process.exit_signals import Stopped
from letitcrash.process.patterns import test as fitting
from letitcrash.process.start import StartFailed
from letitcrash.supervisor import Child, Supervisor
from letitcrash.trace import read


async def idle(me):
    while True:
        await me.receive()


async def echo(me):
    while True:
        sender, message = await me.receive()
        me.send(sender, message)


def reason_of(world, pid):
    return next(event.reason for event in world.trace.of(ev.Exited) if event.pid is pid)


def crash_of(body, *args, **world):
    """The reason with which a process of this body exits, and the world."""
    world = World(**world)
    pid = world.spawn(body, *args)
    world.run(until=1000)
    return reason_of(world, pid), world


# Bodies


def test_a_body_gets_its_arguments_and_a_name():
    async def clerk(me, items, seconds=1):
        await me.sleep(items * seconds)
        raise Exit((me.name, me.now))

    world = World()
    pid = world.spawn(clerk, 3, name="till 1", seconds=2)
    assert world.whereis("till 1") is pid and repr(pid) == "<0.1 till 1>"
    world.run()
    assert reason_of(world, pid) == ("till 1", 6.0)


@pytest.mark.parametrize("body", [None, "clerk", print, lambda me: None, int])
def test_a_body_that_is_no_coroutine_function_is_refused(body):
    with pytest.raises(BadArgument, match="async def"):
        World().spawn(body)


def test_a_called_body_is_refused_with_advice():
    with pytest.raises(BadArgument, match=r"give the function, not what calling it returned: spawn\(idle, ...\)"):
        World().spawn(idle(None))


def test_an_async_generator_is_refused():
    async def yields(me):
        yield 1

    with pytest.raises(BadArgument, match="only awaits"):
        World().spawn(yields)


def test_methods_partials_and_callable_objects_can_be_bodies():
    class Clerk:
        async def work(self, me):
            raise Exit("method")

        async def __call__(self, me):
            raise Exit("object")

    async def clerk(me, word):
        raise Exit(word)

    reasons = [crash_of(body)[0] for body in (Clerk().work, Clerk(), functools.partial(clerk, word="partial"))]
    assert reasons == ["method", "object", "partial"]


def test_wrong_arguments_crash_the_process_and_nobody_else():
    reason, _ = crash_of(idle, "too many")
    assert isinstance(reason, TypeError) and "idle()" in str(reason)


def test_an_exception_that_leaves_the_body_is_the_reason():
    async def clumsy(me):
        raise ValueError("eggs")

    reason, _ = crash_of(clumsy)
    assert isinstance(reason, ValueError) and reason.__traceback__ is not None


@pytest.mark.parametrize("ends", ["by itself", "by a signal"])
def test_a_reason_that_cannot_be_compared_becomes_its_own_error_and_harms_nobody(ends):
    class Label:
        def __eq__(self, other):
            return self.text == other.text

    async def clerk(me):
        if ends == "by itself":
            raise Exit(Label())
        await me.receive()

    async def boss(me):
        me.trap_exit = True
        pid = me.spawn_link(clerk)
        if ends == "by a signal":
            me.exit(pid, Label())
        return (await me.receive()).reason

    assert str(World().ask(boss)) == "'Label' object has no attribute 'text'"


def test_returning_is_normal_and_sys_exit_ends_the_process_only():
    async def leaves(me):
        return 5

    async def quits(me):
        raise SystemExit(3)

    assert crash_of(leaves)[0] == "normal"
    assert isinstance(crash_of(quits)[0], SystemExit)


def test_control_c_stops_the_run_and_the_world_can_go_on():
    async def interrupted(me):
        await me.sleep(1)
        raise KeyboardInterrupt

    async def other(me):
        await me.sleep(1)
        raise Exit("done")

    world = World()
    first, second = world.spawn(interrupted), world.spawn(other)
    with pytest.raises(KeyboardInterrupt):
        world.run()
    world.run()
    assert (reason_of(world, first), reason_of(world, second)) == ("killed", "done")


def test_who_is_about_to_have_its_turn_when_control_c_comes_has_it_in_the_next_run():
    class RunQueue(deque):
        def popleft(self):
            process = super().popleft()
            if len(self) == 1 and not taken:
                taken.append(process.pid)
                raise KeyboardInterrupt
            return process

    async def works(me):
        raise Exit("done")

    taken, world = [], World()
    world.node.run_queue = RunQueue()
    pids = [world.spawn(works) for _ in range(3)]
    with pytest.raises(KeyboardInterrupt):
        world.run()
    world.run()
    assert taken == [pids[1]] and [(event.pid, event.reason) for event in world.trace.of(ev.Exited)] == [
        (pid, "done") for pid in pids
    ]


# Misbehaviour


class Foreign:
    def __await__(self):
        yield "a future of somebody else"


def test_awaiting_something_foreign_is_a_type_error_at_the_await():
    async def foreign(me):
        try:
            await Foreign()
        except TypeError as error:
            await me.sleep(1)
            raise Exit((str(error), me.now)) from None

    (reason, now), _ = crash_of(foreign)
    assert "awaits 'a future of somebody else'" in reason and "me.sleep" in reason and now == 1


def test_awaiting_something_foreign_again_and_again_ends_the_process():
    async def stubborn(me):
        while True:
            with contextlib.suppress(TypeError):
                await Foreign()

    reason, _ = crash_of(stubborn)
    assert isinstance(reason, TypeError) and "somebody else" in str(reason)


@pytest.mark.parametrize("wait", ["receive()", "receive(int)", "receive(timeout=1)", "sleep(1)", "sleep(0)"])
@pytest.mark.parametrize("owner", ["receive()", "receive(timeout=9)", "sleep(9)"])
def test_waiting_with_the_me_of_another_process_is_a_type_error_and_the_other_one_feels_nothing(wait, owner):
    async def lends(me):
        lent.append(me)
        await eval(f"me.{owner}")
        raise Exit(("woken at", me.now))

    async def borrows(me):
        await me.sleep(1)
        await eval(f"other.{wait}", {"other": lent[0]})

    lent = []
    world = World()
    other, pid = world.spawn(lends), world.spawn(borrows)
    world.at(5, world.send, other, "egg")
    world.run()
    assert "<0.2 borrows> awaits what belongs to <0.1 lends>: a body may await only what its own" in str(
        reason_of(world, pid)
    )
    assert reason_of(world, other) == ("woken at", 5 if owner.startswith("receive") else 9)


@pytest.mark.parametrize("keep", [0, None])
@pytest.mark.parametrize("wait", ["receive()", "receive(str)", "receive(int, timeout=0)", "receive(timeout=1)"])
@pytest.mark.parametrize("owner", ["receive('last')", "sleep(9)", "sleep(1)"])
def test_nobody_takes_a_message_out_of_the_mailbox_of_another_process(wait, owner, keep):
    async def lends(me):
        lent.append(me)
        await eval(f"me.{owner}")
        kept.extend(me.mailbox)

    async def borrows(me):
        await me.sleep(1)
        try:
            await eval(f"other.{wait}", {"other": lent[0]})
        except TypeError as error:
            refused.append(str(error))

    lent, kept, refused = [], [], []
    world = World(keep=keep)
    world.spawn(borrows)
    other = world.spawn(lends)
    world.send(other, "egg")
    world.at(5, world.send, other, "last")
    world.run()
    assert "egg" in kept and "<0.1 borrows> awaits what belongs to <0.2 lends>" in refused[0]


def test_waiting_with_the_me_of_a_dead_process_is_a_type_error_too():
    async def lends(me):
        lent.append(me)

    async def borrows(me):
        await me.sleep(1)
        await lent[0].receive()

    lent = []
    world = World()
    world.spawn(lends)
    pid = world.spawn(borrows)
    world.run()
    assert "awaits what belongs to <0.1 lends>" in str(reason_of(world, pid))


def test_awaiting_asyncio_or_simpy_crashes_only_the_one_who_does():
    async def on_asyncio(me):
        await asyncio.sleep(1)

    async def on_simpy(me):
        await simpy.Environment().timeout(1)

    for body in (on_asyncio, on_simpy):
        assert isinstance(crash_of(body)[0], (RuntimeError, TypeError))


def test_who_swallows_its_end_ends_all_the_same_and_it_is_noted():
    async def stubborn(me):
        for _ in range(50):
            with contextlib.suppress(BaseException):
                await me.receive()

    world = World()
    pid, other = world.spawn(stubborn), world.spawn(echo)
    world.run()
    world.exit(pid)
    assert reason_of(world, pid) == "killed" and world.is_alive(other)
    assert "swallowed its end" in world.trace.of(ev.Misbehaved)[0].problem


def test_raising_in_its_own_cleanup_is_noted_and_harms_nobody():
    async def messy(me):
        try:
            await me.receive()
        finally:
            raise ValueError("broom")

    world = World()
    pid = world.spawn(messy)
    watcher = world.spawn(idle)
    world.run()
    world.exit(pid, "bye")
    assert reason_of(world, pid) == "bye" and world.is_alive(watcher)
    assert world.trace.of(ev.Misbehaved)[0].problem == "its own cleanup failed: ValueError('broom')"


def test_sys_exit_in_its_own_cleanup_does_not_end_the_one_who_sent_it_home():
    async def quits(me):
        try:
            await me.receive()
        finally:
            sys.exit(3)

    async def boss(me):
        pid = me.spawn(quits)
        await me.sleep(1)
        me.exit(pid, "go home")
        return pid

    world = World()
    assert reason_of(world, world.ask(boss)) == "go home"
    assert world.trace.of(ev.Misbehaved)[0].problem == "its own cleanup failed: SystemExit(3)"


def test_control_c_in_a_cleanup_stops_the_run_and_all_who_are_tied_hear_of_that_end():
    async def interrupted(me):
        try:
            await me.receive()
        finally:
            raise KeyboardInterrupt

    async def tied(me, way):
        me.trap_exit = True
        me.link(pid) if way == "link" else me.monitor(pid)
        raise Exit((await me.receive()).reason)

    world = World()
    pid = world.spawn(interrupted, name="till")
    others = [world.spawn(tied, way) for way in ("link", "monitor")]
    world.run()
    with pytest.raises(KeyboardInterrupt):
        world.exit(pid, "boom")
    world.run()
    assert [reason_of(world, who) for who in (pid, *others)] == ["boom"] * 3 and world.whereis("till") is None


@pytest.mark.parametrize("handler", ["finally:", "except BaseException:"])
def test_a_loop_that_never_ends_in_its_own_cleanup_is_stopped_by_the_budget_of_lines(handler):
    code = f"""
async def endless(me):
    try:
        await me.receive()
    {handler}
        while True:
            pass
"""
    exec(code, bodies := {})
    world = World(lines_per_step=1000)
    pid, other = world.spawn(bodies["endless"]), world.spawn(echo)
    world.run()
    world.exit(pid)
    assert reason_of(world, pid) == "killed" and world.is_alive(other)
    assert "ran 1000 lines without waiting" in world.trace.of(ev.Misbehaved)[0].problem


def test_a_stopped_process_can_do_nothing_more():
    async def talker(me, to):
        try:
            await me.receive()
        finally:
            me.send(to, "from beyond")

    world = World()
    listener = world.spawn(idle)
    pid = world.spawn(talker, listener)
    world.run()
    world.exit(pid)
    world.run()
    assert "has ended" in world.trace.of(ev.Misbehaved)[0].problem
    assert not [event for event in world.trace.of(ev.Sent) if event.message == "from beyond"]


def test_two_who_answer_each_other_for_ever_are_stopped_with_their_names():
    async def ping(me, other):
        while True:
            me.send(other, (me.pid, "ping"))
            await me.receive()

    world = World(keep=0, steps_per_instant=10_000)
    world.spawn(ping, world.spawn(echo))
    with pytest.raises(TimeStandsStill, match=r"10000 steps were taken at second 0 .*(echo|ping)"):
        world.run()


def test_polling_without_waiting_is_stopped():
    async def polls(me):
        while True:
            await me.receive(timeout=0)

    world = World(keep=0, steps_per_instant=100_000)
    world.spawn(polls)
    with pytest.raises(TimeStandsStill, match="polls"):
        world.run()


def test_sleeping_zero_seconds_for_ever_is_stopped():
    async def sleeps(me):
        while True:
            await me.sleep(0)

    world = World(keep=0, steps_per_instant=1000)
    world.spawn(sleeps)
    with pytest.raises(TimeStandsStill, match="sleeps"):
        world.run()


def test_many_steps_in_many_instants_are_no_circle():
    async def works(me):
        for _ in range(1000):
            await me.sleep(0)
            await me.sleep(0.1)
        raise Exit("done")

    assert crash_of(works, steps_per_instant=10)[0] == "done"


@pytest.mark.parametrize("loop", ["while True:\n        pass", "while True: pass"], ids=["two lines", "one line"])
def test_a_loop_that_never_waits_is_stopped_by_a_budget_of_lines(loop):
    exec(f"async def never(me):\n    {loop}", bodies := {})
    reason, _ = crash_of(bodies["never"], lines_per_step=10_000)
    assert isinstance(reason, NeverWaits) and "ran 10000 lines without waiting" in str(reason)


def test_the_budget_of_lines_counts_what_follows_an_await_of_what_is_foreign():
    code = """
async def never(me):
    try:
        await Foreign()
    except TypeError:
        while True:
            pass
"""
    exec(code, bodies := {"Foreign": Foreign})
    assert isinstance(crash_of(bodies["never"], lines_per_step=1000)[0], NeverWaits)


def test_nobody_goes_round_again_after_the_budget_of_lines():
    """Python stops counting when the budget is raised: who caught it would be free to go on for ever."""

    class Stubborn(GenServer):
        async def handle_info(self, message):
            while True:
                pass

        async def terminate(self, reason):
            while True:
                pass

    world = World(lines_per_step=10_000)
    pid = world.start(Stubborn)
    world.send(pid, "go")
    world.run(until=1)
    assert isinstance(world.trace.of(ev.Exited)[-2].reason, NeverWaits) and not world.is_alive(pid)


def test_a_budget_of_lines_leaves_honest_work_alone():
    async def works(me):
        for _ in range(50):
            await me.sleep(sum(number * 0 for number in range(20)) + 1)
        raise Exit(me.now)

    assert crash_of(works, lines_per_step=200)[0] == 50


def test_a_chatterbox_gives_the_others_their_turn():
    async def chatterbox(me):
        for _ in range(2500):
            me.send(me.pid, "bla")
        for _ in range(2500):
            await me.receive()
        order.append("chatterbox")

    async def quick(me):
        order.append("quick")

    order = []
    world = World(keep=0)
    world.spawn(chatterbox)
    world.spawn(quick)
    world.run()
    assert order == ["quick", "chatterbox"]


@pytest.mark.parametrize("keep", [None, 0])
@pytest.mark.parametrize("nonsense", [None, 3, 2.5, ["till"], object, Pid])
def test_sending_to_nonsense_names_it(nonsense, keep):
    async def sends(me):
        me.send(nonsense, "hello")

    with pytest.raises(BadArgument, match=re.escape(f"cannot send to {nonsense!r}")):
        World(keep=keep).ask(sends)


WAYS_INTO_ANOTHER_WORLD = {
    "send": lambda me, there: me.send(there, "egg"),
    "send_after": lambda me, there: me.send_after(5, there, "egg"),
    "send to an alias": lambda me, there: me.send(Ref(1, there, True), "egg"),
    "monitor": lambda me, there: me.monitor(there),
    "link": lambda me, there: me.link(there),
    "unlink": lambda me, there: me.unlink(there),
    "exit": lambda me, there: me.exit(there, "boom"),
    "register": lambda me, there: me.register("till", there),
    "is_alive": lambda me, there: me.is_alive(there),
}


@pytest.mark.parametrize("keep", [None, 0])
@pytest.mark.parametrize("is_dead", [False, True])
@pytest.mark.parametrize("way", WAYS_INTO_ANOTHER_WORLD)
def test_no_signal_goes_into_another_world(way, is_dead, keep):
    async def tries(me):
        WAYS_INTO_ANOTHER_WORLD[way](me, there)

    other = World(keep=keep)
    there = other.spawn(idle)
    if is_dead:
        other.exit(there)
    with pytest.raises(BadArgument, match=r"(<0\.1 idle>|#1) lives in another world"):
        World(keep=keep).ask(tries)
    assert other.is_alive(there) is not is_dead
    assert all(info.mailbox == () and info.watched_by == () for info in other.processes())


def test_no_signal_goes_from_the_street_into_another_world():
    there = World().spawn(idle)
    for use in (World().send, World().exit):
        with pytest.raises(BadArgument, match="lives in another world"):
            use(there, "egg")


def test_sending_to_me_instead_of_my_pid_is_answered_with_the_pid():
    async def sends(me):
        me.send(me, "hello")

    assert "did you mean me.pid, <0.1 sends>?" in str(crash_of(sends)[0])


@pytest.mark.parametrize("seconds", [-1, math.nan, "soon", None])
def test_a_delay_is_a_number_of_seconds(seconds):
    async def sleeps(me):
        await me.sleep(seconds)

    reason, _ = crash_of(sleeps)
    assert isinstance(reason, BadArgument) and repr(seconds) in str(reason)


def test_too_many_processes_are_an_error_of_who_spawns_them(monkeypatch):
    async def spawns(me):
        while True:
            me.spawn(idle)

    monkeypatch.setattr("letitcrash.process.node.PROCESS_LIMIT", 5)
    world = World()
    pid = world.spawn(spawns)
    world.run()
    assert (
        "5 processes live on node 0: Erlang's limit too" in str(reason_of(world, pid)) and len(world.processes()) == 4
    )


@pytest.mark.parametrize("seconds", [-1, math.nan, "soon"])
@pytest.mark.parametrize("wait", ["me.receive(timeout=seconds)", "me.send_after(seconds, me.pid, 1)"])
def test_a_time_out_and_a_timer_take_a_number_of_seconds_too(wait, seconds):
    async def waits(me):
        await eval(wait, {"me": me, "seconds": seconds})

    reason, _ = crash_of(waits)
    assert isinstance(reason, BadArgument) and repr(seconds) in str(reason)


def test_a_timer_for_what_is_no_address_is_refused_when_it_is_set():
    async def sets(me):
        me.send_after(1, 3, "egg")

    reason, world = crash_of(sets)
    assert isinstance(reason, BadArgument) and "cannot send to 3" in str(reason)
    assert world.trace.of(ev.Exited)[0].at == 0


def test_a_body_cannot_run_the_world():
    async def runs(me):
        world.run()

    world = World()
    pid = world.spawn(runs)
    world.run()
    assert "a body cannot run it" in str(reason_of(world, pid))


# Messages


def test_receive_takes_classes_values_functions_and_references():
    async def picky(me):
        ref = me.make_ref()
        for message in ("egg", 3, 4.0, Down(me.pid, "x", ref), [5]):
            me.send(me.pid, message)
        found = [
            await me.receive(any_of(float, list)),
            await me.receive(ref),
            await me.receive(lambda message: message == 3),
            await me.receive(any_of("milk", list)),
            await me.receive("egg"),
        ]
        raise Exit(found)

    found, _ = crash_of(picky)
    assert found[0] == 4.0 and type(found[1]) is Down and found[2:] == [3, [5], "egg"]


def test_a_receive_of_a_reference_does_not_look_at_what_came_before_it():
    class Junk:
        looks = 0

        @property
        def ref(self):
            Junk.looks += 1

    async def asks(me):
        for _ in range(100):
            me.send(me.pid, Junk())
        mark = me.make_ref()
        me.send(me.pid, Down(me.pid, "x", mark))
        raise Exit((await me.receive(mark), len(me.mailbox)))

    assert crash_of(asks)[0][1] == 100 and Junk.looks == 0


def test_an_alias_leads_to_nobody_when_its_owner_is_dead():
    async def leaves(me):
        raise Exit(me.alias())

    async def writes(me, alias):
        me.send(alias, "late")
        raise Exit("sent")

    for keep in (None, 0):
        world = World(keep=keep)
        heard = []

        async def watches(me, heard=heard):
            me.spawn_monitor(leaves)
            alias = (await me.receive(Down)).reason
            me.spawn_monitor(writes, alias)
            heard.append((await me.receive(Down)).reason)

        world.spawn(watches)
        world.run()
        assert heard == ["sent"]
        assert keep == 0 or any(isinstance(event, ev.Dropped) and event.message == "late" for event in world.trace)


@pytest.mark.parametrize("use", ["me.unalias(3)", "me.demonitor(3)"])
def test_what_is_no_reference_is_named(use):
    async def waits(me):
        await eval(use)

    reason, _ = crash_of(waits)
    assert isinstance(reason, BadArgument) and "reference" in str(reason) and "got 3" in str(reason)


def test_a_pattern_that_crashes_crashes_the_receiver():
    async def picky(me):
        await me.receive(lambda message: message.price > 3)

    world = World()
    pid, sender = world.spawn(picky), world.spawn(idle)
    world.run()
    world.send(pid, "egg")
    world.run()
    assert isinstance(reason_of(world, pid), AttributeError) and world.is_alive(sender)


@pytest.mark.parametrize(
    ("next_one", "then"), [({}, ("bread", 9)), ({"timeout": 20}, ("bread", 9)), ({"timeout": 6}, (Timeout(), 7))]
)
def test_the_alarm_of_a_receive_whose_pattern_crashed_rings_for_nobody_else(next_one, then):
    async def forgives(me):
        with contextlib.suppress(AttributeError):
            await me.receive(lambda message: message.weight, timeout=5)
        await me.receive()
        return await me.receive(**next_one), me.now

    world = World()
    for second, message in ((1, "eggs"), (9, "bread")):
        world.at(second, lambda word: world.send(world.processes()[0].pid, word), message)
    assert world.ask(forgives) == then


@pytest.mark.parametrize(
    ("call", "kind", "rule"),
    [
        ("me.receive(Down, ExitSignal)", BadArgument, "one pattern (or any_of several) and a time-out"),
        ("me.receive(any_of())", BadArgument, "one pattern or more"),
        ("me.receive(Down, ExitSignal, timeout=3)", TypeError, "Process.receive() got multiple values"),
        ("me.send('eggs')", TypeError, "Process.send() missing 1 required positional argument: 'message'"),
    ],
)
def test_a_call_with_too_many_patterns_or_too_few_words_is_told_the_rule(call, kind, rule):
    async def picky(me):
        await eval(call, globals(), {"me": me})

    reason, _ = crash_of(picky)
    assert type(reason) is kind and rule in str(reason) and "Traced" not in str(reason)


def test_a_message_sent_in_its_name_between_its_steps_arrives_at_once():
    heard = []

    async def lends(me, to):
        lent.append(me)
        await me.receive()

    async def hears(me):
        heard.append((await me.receive(), me.now))

    lent, world = [], World()
    world.spawn(lends, world.spawn(hears))
    world.at(3, lambda: lent[0].send(world.processes()[0].pid, "egg"))
    world.run()
    assert heard == [("egg", 3)]


DOINGS = ["junk", "ref", "answer newest", "answer first", "plain", "any", "junk only", "newest", "first"]


@pytest.mark.parametrize("keep", [0, None])
@given(doings=st.lists(st.sampled_from(DOINGS), max_size=12))
@example(["junk", "ref", "junk only", "answer newest", "newest"])
@example(["junk", "ref", "plain", "answer newest", "newest"])
def test_a_receive_of_a_reference_finds_its_answer_whatever_was_taken_before_and_since(keep, doings):
    async def asks(me):
        refs, left = [me.make_ref()], []
        for number, doing in enumerate(doings):
            asked = refs[0 if "first" in doing else -1]
            if doing == "ref":
                refs.append(me.make_ref())
            elif doing == "junk" or doing.startswith("answer"):
                left.append(number if doing == "junk" else Down(me.pid, number, asked))
                me.send(me.pid, left[-1])
            elif doing == "plain":
                assert not left or await me.receive() == left.pop(0)
            else:
                wanted = {"any": anything, "junk only": int}.get(doing, asked)
                fits = fitting(wanted)
                found = next((message for message in left if fits(message)), None)
                assert await me.receive(wanted, timeout=0) == (Timeout() if found is None else found)
                left = [message for message in left if message is not found]
            assert me.mailbox == tuple(left)
        checked.append(doings)

    world, checked = World(keep=keep), []
    world.spawn(asks)
    world.run()
    assert checked == [doings]


@given(
    arriving=st.lists(st.sampled_from("abcd"), max_size=20),
    taken=st.lists(st.sampled_from(["a", "b", "ab", "cd", ""]), max_size=20),
)
def test_selective_receive_is_the_first_match_and_keeps_the_order_of_the_rest(arriving, taken):
    async def takes(me):
        for letter in arriving:
            me.send(me.pid, letter)
        left = list(arriving)
        for letters in taken:
            wanted = any_of(letters[:1], letters[1:]) if letters else anything
            message = await me.receive(wanted, 0)
            expected = next((letter for letter in left if letter in letters or not letters), None)
            if expected is None:
                assert message == Timeout()
            else:
                assert message == expected
                left.remove(expected)
            assert me.mailbox == tuple(left)
        raise Exit("checked")

    assert crash_of(takes)[0] == "checked"


@pytest.mark.parametrize(("first", "got"), [("sends", "egg"), ("waits", Timeout())])
def test_a_message_and_a_time_out_of_one_instant_come_in_the_order_in_which_their_clocks_were_set(first, got):
    async def waits(me):
        raise Exit(await me.receive(timeout=2))

    async def sends(me):
        await me.sleep(2)
        me.send("waits", "egg")

    world = World()
    for body in (sends, waits) if first == "sends" else (waits, sends):
        world.spawn(body, name=body.__name__)
    pid = world.whereis("waits")
    world.run()
    assert reason_of(world, pid) == got


def test_an_old_time_out_wakes_nobody():
    async def waits(me):
        assert await me.receive(timeout=5) == "early"
        await me.sleep(1)
        assert await me.receive(timeout=10) == Timeout()
        raise Exit(me.now)

    world = World()
    pid = world.spawn(waits)
    world.at(1, world.send, pid, "early")
    world.run()
    assert reason_of(world, pid) == 12


def test_messages_wait_while_a_process_sleeps():
    async def sleeper(me):
        await me.sleep(5)
        raise Exit((me.now, await me.receive()))

    world = World()
    pid = world.spawn(sleeper)
    world.at(1, world.send, pid, "egg")
    world.run()
    assert reason_of(world, pid) == (5, "egg")


def test_timers_fire_in_order_and_can_be_cancelled():
    async def waits(me):
        me.send_after(3, me.pid, "c")
        me.send_after(1, me.pid, "a")
        timer = me.send_after(2, me.pid, "b")
        await me.receive()
        left = me.cancel_timer(timer)
        raise Exit((left, me.cancel_timer(timer), await me.receive(), me.now))

    assert crash_of(waits)[0] == (1, None, "c", 3)


def test_what_is_no_timer_cannot_be_cancelled():
    async def cancels(me):
        me.cancel_timer(3)

    reason, _ = crash_of(cancels)
    assert isinstance(reason, BadArgument) and "only what send_after returned can be cancelled; got 3" in str(reason)


def test_a_timer_for_one_that_died_or_a_name_that_went_is_dropped():
    async def sets(me):
        other = me.spawn(idle, name="till")
        me.send_after(2, other, "to the pid")
        me.send_after(2, "till", "to the name")
        await me.sleep(1)
        me.exit(other, "kill")

    world = World()
    world.spawn(sets)
    world.run()
    assert [event.message for event in world.trace.of(ev.Dropped)] == ["to the pid", "to the name"]


def test_a_timer_for_a_pid_that_died_has_nothing_left_and_one_for_a_name_has():
    async def check(me):
        pid = me.spawn(idle)
        timers = [me.send_after(10, to, "x") for to in (pid, "nobody")]
        me.exit(pid, "kill")
        timers.append(me.send_after(10, pid, "x"))
        await me.sleep(1)
        return [me.cancel_timer(timer) for timer in timers]

    assert World().ask(check) == [None, 9, None]


def test_an_infinite_time_out_is_none():
    async def waits(me):
        await me.receive(timeout=math.inf)

    world = World()
    pid = world.spawn(waits)
    world.run()
    assert world.is_alive(pid) and world.now == 0


# The end of many


def test_a_chain_of_ten_thousand_links_falls_without_recursion():
    async def linked(me, before):
        if before is not None:
            me.link(before)
        await me.receive()

    world = World()
    first = pid = world.spawn(linked, None)
    for _ in range(10_000):
        pid = world.spawn(linked, pid)
    world.run()
    world.exit(first, "boom")
    assert reason_of(world, pid) == "boom" and not world.processes()


def test_a_process_that_kills_itself_over_a_link_dies_at_its_next_await():
    async def boss(me):
        other = me.spawn_link(idle)
        await me.sleep(1)
        me.exit(other, "boom")
        me.send(witness, "one last word")
        await me.receive(timeout=0)
        me.send(witness, "never")

    async def listens(me):
        while True:
            heard.append(await me.receive())

    heard = []
    world = World()
    witness = world.spawn(listens)
    pid = world.spawn(boss)
    world.run()
    assert reason_of(world, pid) == "boom" and heard == ["one last word"]


async def awaits_what_is_foreign(me):
    await Foreign()


async def goes_on_after_what_is_foreign(me):
    with contextlib.suppress(TypeError):
        await Foreign()
    await me.sleep(1)


async def divides_by_nought(me):
    return 1 / 0


async def leaves_by_its_own_hand(me):
    raise Exit("mine")


async def goes_home(me):
    pass


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (awaits_what_is_foreign, "'boom'"),
        (goes_on_after_what_is_foreign, "'boom'"),
        (divides_by_nought, "ZeroDivisionError('division by zero')"),
        (leaves_by_its_own_hand, "'mine'"),
        (goes_home, "'normal'"),
    ],
)
def test_who_is_ended_in_its_own_step_and_leaves_before_its_next_await_leaves_for_its_own_reason(last, why):
    """As on OTP 25, 300 times of 300, where the signal of the link is still on its way then."""

    async def pulls_itself_down(me, other):
        me.link(other)
        me.exit(other, "boom")
        await last(me)

    world = World()
    pid, next_one = world.spawn(pulls_itself_down, world.spawn(idle)), world.spawn(divides_by_nought)
    world.run()
    assert repr(reason_of(world, pid)) == why and isinstance(reason_of(world, next_one), ZeroDivisionError)


@pytest.mark.parametrize("last", [divides_by_nought, goes_on_after_what_is_foreign])
@pytest.mark.parametrize("swallows", [False, True])
def test_who_ended_itself_leaves_for_that_reason_whatever_it_does_then(last, swallows):
    async def leaves(me):
        try:
            me.exit(me.pid, "mine")
        except GeneratorExit:
            if not swallows:
                await last(me)
        await last(me)

    assert crash_of(leaves)[0] == "mine"


def test_control_c_in_the_step_of_one_that_was_to_die_is_the_end_of_that_one_only():
    async def boss(me):
        other = me.spawn_link(idle)
        await me.sleep(1)
        me.exit(other, "boom")
        raise KeyboardInterrupt

    async def lends(me):
        lent.append(me)
        await me.receive()

    lent, world = [], World()
    world.spawn(boss)
    other = world.spawn(lends)
    with pytest.raises(KeyboardInterrupt):
        world.run()
    lent[0].exit(other, "my own")
    world.run()
    assert reason_of(world, other) == "my own"


def test_nothing_is_left_of_a_process_but_its_pid():
    async def brief(me):
        me.send_after(1, me.pid, "x")
        me.monitor(keeper)

    world = World(keep=0)
    keeper = world.spawn(idle)
    pids = [world.spawn(brief, name=f"till {number}") for number in range(3)]
    world.run()
    assert not any(world.is_alive(pid) for pid in pids) and set(world.node.addresses) == {keeper}
    assert [info.pid for info in world.processes()] == [keeper]
    assert world.processes()[0].watched_by == () and world.node.registered() == {}


@pytest.mark.parametrize("keeps", ["alias", "monitor"])
def test_the_memory_of_the_dead_is_free_at_once_and_waits_for_no_garbage_collector(keeps):
    async def brief(me):
        me.alias() if keeps == "alias" else me.monitor(keeper, alias=True)

    def the_dead():
        return [thing for thing in gc.get_objects() if type(thing) is Stopped]

    world = World(keep=0)
    keeper = world.spawn(idle)
    gc.collect()
    gc.disable()
    before = len(the_dead())  # runs of other tests may be kept
    try:
        for _ in range(10):
            world.spawn(brief)
        world.run()
        assert len(the_dead()) == before
    finally:
        gc.enable()


# The rule


def test_the_exit_signal_table():
    table = [
        ("normal", dict(trapping=False), ("ignored", "normal")),
        ("normal", dict(trapping=True), ("message", "normal")),
        ("normal", dict(trapping=False, to_itself=True), ("exits", "normal")),
        ("boom", dict(trapping=False), ("exits", "boom")),
        ("boom", dict(trapping=True), ("message", "boom")),
        ("kill", dict(trapping=False), ("exits", "killed")),
        ("kill", dict(trapping=True), ("exits", "killed")),
        ("kill", dict(trapping=True, linked=True), ("message", "kill")),
        ("kill", dict(trapping=False, linked=True), ("exits", "kill")),
        ("killed", dict(trapping=True, linked=True), ("message", "killed")),
    ]
    assert [tuple(exit_signal(reason, **how)) for reason, how, _ in table] == [verdict for *_, verdict in table]


REASONS = st.one_of(
    st.sampled_from(["normal", "shutdown", "kill", "killed", "boom"]), st.integers(), st.tuples(st.text(), st.text())
)


@given(reason=REASONS, trapping=st.booleans(), linked=st.booleans(), to_itself=st.booleans())
def test_only_kill_passes_a_trap_and_only_normal_is_ignored(reason, trapping, linked, to_itself):
    outcome, why = exit_signal(reason, trapping=trapping, linked=linked, to_itself=to_itself)
    if trapping and outcome != "message":
        assert (reason, linked) == ("kill", False)
    if outcome == "ignored":
        assert reason == "normal" and not trapping and not to_itself
    assert why == ("killed" if reason == "kill" and not linked else reason)


@given(REASONS)
def test_clean_reasons_are_three(reason):
    assert is_clean(reason) == (
        reason in ("normal", "shutdown") or (isinstance(reason, tuple) and reason[0] == "shutdown")
    )


# Runs as data


def a_busy_world(seed):
    async def customer(me, till):
        chance = me.random()
        for _ in range(5):
            await me.sleep(chance.expovariate(1))
            me.send(till, (me.pid, {"eggs", "milk", "bread"}))
            await me.receive(timeout=2)
        raise Exit(("shutdown", "home"))

    world = World(seed=seed)
    till = world.spawn(echo, name="till")
    for _ in range(5):
        world.spawn(customer, till)
    world.run(until=20)
    return world


def test_the_same_seed_gives_the_same_trace_and_another_seed_another():
    assert a_busy_world(1).trace.digest() == a_busy_world(1).trace.digest() != a_busy_world(2).trace.digest()


def test_a_trace_of_processes_is_read_back_as_it_was_written():
    world = a_busy_world(3)
    file = io.StringIO()
    world.trace.write(file)
    assert read(file.getvalue().splitlines()).digest() == world.trace.digest()
    assert "{'bread', 'eggs', 'milk'}" in file.getvalue()


def test_every_mailbox_can_be_drawn_from_the_trace_alone():
    world = a_busy_world(4)
    boxes = {}
    for event in world.trace:
        match event:
            case ev.Sent(_, _, receiver, message):
                boxes.setdefault(receiver, []).append(message)
            case ev.Signalled(_, sender, receiver, reason, "message"):
                boxes.setdefault(receiver, []).append(ExitSignal(sender, reason))
            case ev.Received(_, pid, message, position):
                assert boxes[pid].pop(position) is message
    for info in world.processes():
        assert tuple(boxes.get(info.pid, ())) == info.mailbox


def test_without_a_trace_the_same_things_happen():
    def end(keep):
        world = World(seed=5, keep=keep)
        world.spawn(echo, name="till")
        return world.ask(_asks), world.now, len(world.trace)

    async def _asks(me):
        me.send("till", (me.pid, "eggs"))
        return await me.receive(), me.pid.number

    assert end(0)[:2] == end(None)[:2] and end(0)[2] == 0 < end(None)[2]


def test_processes_are_shown_as_data():
    async def watches(me, other):
        me.trap_exit = True
        me.link(other)
        me.monitor(other)
        await me.receive("never")

    world = World()
    one = world.spawn(idle, name="till")
    two = world.spawn(watches, one)
    world.run()
    world.send(two, "egg")
    first, second = world.processes()
    assert (first.name, first.state, first.links, first.watched_by) == ("till", "waiting", (two,), (two,))
    assert (second.trapping, second.watches, second.mailbox) == (True, (one,), ("egg",))


def test_ask_gives_the_answer_or_raises_what_was_raised():
    async def answers(me, value):
        await me.sleep(2)
        return value

    async def fails(me):
        raise KeyError("eggs")

    async def waits(me):
        await me.receive()

    world = World()
    assert world.ask(answers, 42) == 42 and world.now == 2
    with pytest.raises(KeyError, match="eggs"):
        world.ask(fails)
    with pytest.raises(TimeoutError, match="waits: no answer will ever come"):
        world.ask(waits)


def test_ask_says_when_who_asks_is_ended_also_in_a_world_that_never_rests():
    async def falls(me):
        me.spawn_link(crashes)
        await me.receive()

    async def crashes(me):
        raise KeyError("eggs")

    async def works(me):
        while True:
            await me.sleep(1)

    world = World()
    world.spawn(works)
    with pytest.raises(RuntimeError, match=r"falls: <0.2 passer-by>, who asked, was ended before an answer came"):
        world.ask(falls)


def test_ask_says_that_time_stood_still_and_not_that_all_wait():
    async def goes_round(me):
        while True:
            await me.sleep(0)

    with pytest.raises(TimeStandsStill, match="1000 steps were taken at second 0"):
        World(keep=0, steps_per_instant=1000).ask(goes_round)


def test_at_calls_at_that_second_and_not_in_the_past():
    world = World()
    seen = []
    world.at(2.5, lambda: seen.append(world.now))
    world.run()
    assert seen == [2.5]
    with pytest.raises(ValueError, match=r"it is 2\.5 now"):
        world.at(1, seen.clear)


def test_pids_are_values_to_keep():
    import copy

    pid = World().spawn(idle)
    assert isinstance(pid, Pid) and copy.deepcopy([pid]) == [pid] and {pid: 1}[pid] == 1


def test_a_world_goes_by_the_rule_of_exit_signals_that_it_is_given():
    async def waits(me):
        await me.receive()

    def merciful(reason, *, trapping, linked=False, to_itself=False):
        return ("ignored", reason) if reason == "kill" else exit_signal(reason, trapping=trapping, linked=linked)

    world = World(parts={"exit_signal": merciful})
    pid = world.spawn(waits)
    world.exit(pid, "kill")
    assert world.is_alive(pid)
    world.exit(pid, "eggs")
    assert not world.is_alive(pid)
    with pytest.raises(BadArgument, match=r"the part exit_signal of a world is a function.*; got 'kill'"):
        World(parts={"exit_signal": "kill"})
    with pytest.raises(BadArgument, match="no place for the part 'exit_sign'; it has one for exit_signal"):
        World(parts={"exit_sign": merciful})


@pytest.mark.parametrize("said", [None, "exits", ("exit", "eggs"), ("message",), ("exits", "eggs", 1), ["exits"]])
def test_a_rule_of_exit_signals_that_says_what_none_can_say_is_told_so_with_the_signal(said):
    async def waits(me):
        await me.receive()

    world = World(parts={"exit_signal": lambda reason, **how: said})
    pid = world.spawn(waits)
    words = "exit_signal('eggs', trapping=False, linked=False, to_itself=False) says {!r}; it says ignored, message or"
    with pytest.raises(BadArgument, match=re.escape(words.format(said))):
        world.exit(pid, "eggs")


# Names of what is started


class Till(GenServer):
    """A server that crashes when it is told to."""

    async def handle_call(self, request, caller):
        if request == "crash":
            raise Exit("boom")
        return request


@pytest.mark.parametrize("kind", ["a server", "a plain body"])
def test_a_caller_that_tries_again_at_once_after_a_crash_meets_nobody_under_the_name(kind):
    """As on OTP 25, 100 times of 100: the newcomer registers itself in its own first step."""

    async def body(me):
        while True:
            match await me.receive():
                case "crash":
                    raise Exit("boom")

    async def tries_twice(me):
        ref = me.monitor("till")
        me.send("till", Call("crash", ref) if kind == "a server" else "crash")
        await me.receive(Down)
        met = me.whereis("till")
        await me.sleep(0.001)
        return met, me.whereis("till")

    world = World()
    world.start(Supervisor([Child("till", Till if kind == "a server" else body, name="till")]))
    first = world.whereis("till")
    at_once, later = world.ask(tries_twice)
    assert at_once is None and later not in (None, first) and world.is_alive(later)


def test_a_name_is_taken_from_the_first_step_on_and_the_second_of_two_starters_is_told_who_has_it():
    async def starts_two(me):
        failed = []

        async def starts(me):
            try:
                await Till.start_link(me, name="till")
            except StartFailed as error:
                failed.append(error.reason)
            await me.receive()

        starters = [me.spawn(starts) for _ in range(2)]
        await me.sleep(1)
        return failed, me.whereis("till"), [me.is_alive(pid) for pid in starters]

    failed, there, alive = World().ask(starts_two)
    assert failed == [("already_started", there)] and alive == [True, True]


def test_a_plain_spawn_registers_at_once():
    async def spawns(me):
        pid = me.spawn(idle, name="till")
        return me.whereis("till") is pid

    assert World().ask(spawns)


# Forgotten awaits


async def sleeps_on_the_run(me):
    await me.receive()
    me.sleep(3 + max(1, 2))


async def keeps_a_coroutine(me):
    message = me.receive(int, timeout=3)
    return message


async def forgets_inside(me):
    async def helper(me):
        me.receive(
            int,
            timeout=5,
        )

    await helper(me)


async def asks_without_waiting(me):
    while me.receive(timeout=1) is None:
        pass


async def compares(me):
    return me.receive() == 3


async def takes_apart(me):
    kind, what = me.receive()
    return kind, what


async def matches(me):
    match me.receive():
        case "eggs":
            pass


async def asks_its_truth(me):
    if me.receive(timeout=0):
        me.register("eggs")


async def returns_it(me):
    return me.receive(timeout=0)


async def reads_a_field(me):
    return me.receive().reason


async def naps(me):
    me.sleep(3)


async def lets_another_nap(me):
    await naps(me)


class Forgetful(GenServer):
    async def handle_call(self, request, caller):
        self.me.sleep(1)
        return request


async def starts_elsewhere(me):
    me.spawn(awaits_all, 3, label="box")
    me.spawn(awaits_all, 3, node="south")


async def starts_and_watches_elsewhere(me):
    started = me.spawn_monitor(
        awaits_all,
        node="south",
    )
    return started


async def takes_a_box(me, box):
    box[0]


async def awaits_all(me, box):
    box.receive()
    waiting = me.sleep(1)
    await waiting
    await me.receive(lambda message: message, timeout=0)
    for seconds in (1, 2):
        await me.sleep(seconds)
    me.spawn(takes_a_box, ("node",))
    await me.spawn(idle, node="0")
    await (lambda: me.sleep(0))()
    await hands_on(me.sleep(0))


async def hands_on(waiting):
    return await waiting


@pytest.mark.parametrize(
    ("body", "call", "code", "below"),
    [
        (sleeps_on_the_run, "me.sleep", "sleeps_on_the_run", 2),
        (keeps_a_coroutine, "me.receive", "keeps_a_coroutine", 1),
        (forgets_inside, "me.receive", "helper", 2),
        (Forgetful._live, "self.me.sleep", "handle_call", None),
        (functools.partial(sleeps_on_the_run), "me.sleep", "sleeps_on_the_run", 2),
        (starts_elsewhere, "me.spawn", "starts_elsewhere", 2),
        (starts_and_watches_elsewhere, "me.spawn_monitor", "starts_and_watches_elsewhere", 1),
        (asks_without_waiting, "me.receive", "asks_without_waiting", 1),
        (compares, "me.receive", "compares", 1),
        (takes_apart, "me.receive", "takes_apart", 1),
        (matches, "me.receive", "matches", 1),
        (asks_its_truth, "me.receive", "asks_its_truth", 1),
        (returns_it, "me.receive", "returns_it", 1),
        (reads_a_field, "me.receive", "reads_a_field", 1),
        (lets_another_nap, "me.sleep", "naps", -3),
    ],
)
def test_a_coroutine_of_me_that_nobody_awaits_is_named_with_its_line(body, call, code, below):
    plain = getattr(body, "func", body)
    line = r"\d+" if below is None else plain.__code__.co_firstlineno + below
    for _ in range(2):  # the next one is told too
        with pytest.raises(BadArgument, match=rf"line {line} of {code} calls {call}\(\) .*: write await {call}\(\)"):
            World().spawn(body)


@pytest.mark.parametrize("body", [sleeps_on_the_run, keeps_a_coroutine, forgets_inside, takes_apart, starts_elsewhere])
def test_the_text_of_a_body_and_its_code_are_found_to_forget_the_same(body):
    [(line, call)] = forgotten_in(inspect.getsource(body))
    with pytest.raises(BadArgument, match=rf"^line {body.__code__.co_firstlineno + line - 1} of \w+ calls {call}\(\)"):
        World().spawn(body)


def test_no_body_of_the_library_and_no_right_answer_of_a_lab_forgets_an_await():
    folder = Path(__file__).parent.parent
    paths = [*folder.glob("letitcrash/**/*.py"), *folder.glob("labs/*/accept/*.py")]
    assert len(paths) > 100 and not {path: found for path in paths if (found := forgotten_in(path.read_text("utf-8")))}


def test_a_question_that_forgets_an_await_is_refused():
    with pytest.raises(BadArgument, match=r"line \d+ of naps calls me\.sleep\(\) and does not wait for it"):
        World().ask(lets_another_nap)


def test_a_body_that_awaits_all_it_makes_is_let_alone():
    class Box:
        def receive(self):
            pass

    world = World()
    pid = world.spawn(awaits_all, Box())
    world.run()
    assert reason_of(world, pid) == "normal" and world.now == 4
