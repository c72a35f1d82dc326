"""The clock: an agenda of calls, on which SimPy's processes live as well."""

import gc
from functools import partial

import pytest
import simpy

from letitcrash import World
from letitcrash.clock import Clock
from letitcrash.gen_server import GenServer, NoReply, call, reply
from letitcrash.supervisor import Child, Supervisor


def test_calls_come_by_their_second_and_within_it_as_they_were_planned():
    clock, made = Clock(), []
    for second, name in [(2, "c"), (1, "a"), (2, "d"), (1, "b")]:
        clock.call_at(second, made.append, name)
    clock.run()
    assert made == ["a", "b", "c", "d"]
    assert clock.now == 2


def test_a_cancelled_call_is_not_made_and_moves_no_clock():
    clock, made = Clock(), []
    clock.call_at(1, made.append, "a")
    clock.cancel(clock.call_at(2, made.append, "b"))
    assert clock.peek() == 1
    clock.step()
    assert clock.peek() == float("inf")
    clock.run()
    assert (made, clock.now, clock.held) == (["a"], 1, 0)


@pytest.mark.parametrize("second", [3.5, -1, float("-inf"), float("nan")])
def test_a_clock_does_not_go_back(second):
    clock = Clock()
    clock.run(until=4)
    with pytest.raises(
        ValueError, match=f"does not go back: it is second 4 now, and nothing can be planned for {second!r}"
    ):
        clock.call_at(second, print)
    with pytest.raises(ValueError, match="does not go back"):
        clock.run(until=second)
    with pytest.raises(ValueError, match="does not go back"):
        clock.schedule(simpy.Event(clock), delay=second - 4)
    assert clock.held == 0


def test_a_run_that_ends_itself_leaves_the_later_calls_to_the_next():
    clock, made = Clock(), []
    clock.call_at(1, lambda _: clock.stop())
    clock.call_at(1, made.append, "same instant")
    clock.call_at(2, made.append, "later")
    clock.run(until=3)
    assert (made, clock.now) == (["same instant"], 1)
    clock.run()
    assert (made, clock.now) == (["same instant", "later"], 2)


def test_a_run_that_an_error_left_ends_no_later_one():
    def fail(_):
        clock.stop()
        raise KeyboardInterrupt

    clock = Clock()
    clock.call_at(1, fail)
    with pytest.raises(KeyboardInterrupt):
        clock.run(until=2)
    clock.run(until=3)
    assert clock.now == 3


def test_simpys_processes_resources_and_events_run_on_it_as_on_their_own():
    def play(env):
        told, till = [], simpy.Resource(env, capacity=1)

        def customer(number, patience):
            with till.request() as turn:
                if turn in (yield turn | env.timeout(patience)):
                    yield env.timeout(3)
                told.append((env.now, number, turn.triggered))

        def interrupted():
            try:
                yield env.timeout(100)
            except simpy.Interrupt as interrupt:
                told.append((env.now, interrupt.cause))

        for number in range(4):
            env.process(customer(number, 2 + 2 * number))
        sleeper = env.process(interrupted())
        env.timeout(5).callbacks.append(lambda _: sleeper.interrupt("lunch"))
        told.append(env.run(until=env.timeout(6, "six")))
        env.run(until=7)
        env.run()
        return told, env.now

    told, end = play(Clock())
    assert (told, end) == play(simpy.Environment())
    assert "six" in told and (5, "lunch") in told


def test_an_error_in_a_simpy_process_reaches_the_one_who_runs_the_clock():
    def clerk(env):
        yield env.timeout(1)
        raise ZeroDivisionError("no eggs")

    clock = Clock()
    clock.process(clerk(clock))
    with pytest.raises(ZeroDivisionError, match="no eggs"):
        clock.run()


async def answers(me):
    while True:
        sender, ref = await me.receive()
        me.send(sender, (ref,))


def test_calls_that_were_answered_leave_nothing_in_the_agenda():
    """30,000 calls with a time-out of an hour left 30,000 dead objects in the heap."""

    async def asks(me, server):
        for _ in range(30_000):
            ref = me.make_ref()
            me.send(server, (me.pid, ref))
            await me.receive(lambda message, ref=ref: message[0] is ref, timeout=3600.0)
        held.append(world.clock.held)
        held.append(len(gc.get_objects()) - before)

    world, held = World(keep=0), []
    gc.collect()
    before = len(gc.get_objects())
    world.spawn(asks, world.spawn(answers))
    world.run()
    assert world.now == 0, "no time-out ran out, so no second passed"
    assert max(held) <= 1_000


def test_timers_that_were_cancelled_and_sleepers_that_were_ended_leave_nothing_in_the_agenda():
    async def sleeps(me):
        await me.sleep(3600)

    async def waits(me):
        await me.receive(timeout=3600)

    async def sets(me):
        for _ in range(3_000):
            assert me.cancel_timer(me.send_after(3600.0, me.pid, "eggs")) == 3600
            for body in (sleeps, waits):
                pid = me.spawn(body)
                await me.sleep(0)
                me.exit(pid, "kill")

    world = World(keep=0)
    world.spawn(sets)
    world.run(until=1)
    assert world.clock.held <= 300


def test_what_still_stands_in_the_agenda_survives_the_pruning():
    clock, made = Clock(), []
    numbers = [clock.call_at(1 + number % 7, made.append, number) for number in range(5_000)]
    for number in numbers:
        if number % 10:
            clock.cancel(number)
    assert clock.held < 1_100
    clock.run()
    kept = [number for number in range(5_000) if number % 10 == 0]
    assert made == sorted(kept, key=lambda number: number % 7)


class Shelf(GenServer):
    """A server that asks another one before it answers; with `ticks` it sends itself a message each second."""

    async def init(self, other=None, ticks=False):
        self.other, self.ticks = other, ticks
        if ticks:
            self.me.send_after(1.0, self.me.pid, "tick")

    async def handle_call(self, request, caller):
        match request:
            case "forget":
                return NoReply()
            case "ask":
                return await call(self.me, self.other, "ask", timeout=None)

    async def handle_info(self, message):
        self.me.send_after(1.0, self.me.pid, "tick")


async def ticks(me, period=1.0):
    while True:
        me.send_after(period, me.pid, "tick")
        await me.receive()


def test_a_deadlock_beside_a_process_that_ticks_ends_with_who_waits_for_whom():
    async def two_shelves(me):
        me.spawn(ticks)
        one = await Shelf.start(me, "other")
        await Shelf.start(me, one, name="other")
        return await call(me, one, "ask", timeout=None)

    world = World(keep=0)
    chain = (
        "<0.1 passer-by> waits for <0.3 Shelf>, <0.3 Shelf> waits for <0.4 other>, <0.4 other> waits for <0.3 Shelf>"
    )
    with pytest.raises(TimeoutError, match=f"two_shelves: no answer will come; .* for others only: {chain}$"):
        world.ask(two_shelves)
    assert 3600 <= world.now < 7200


def test_without_a_clock_that_goes_on_a_deadlock_says_who_waits_for_whom_at_once():
    async def asks(me):
        return await call(me, await Shelf.start(me), "forget", timeout=None)

    world = World()
    waits = "<0.1 passer-by> waits for <0.2 Shelf>, <0.2 Shelf> waits for a message"
    with pytest.raises(TimeoutError, match=f"asks: no answer will ever come; .*: {waits}$"):
        world.ask(asks)
    assert world.now == 0


def test_a_deadlock_of_two_nodes_names_the_far_ones_and_the_question_by_its_function():
    world = World(nodes=["a", "b"], keep=0)
    world.start(Shelf, name="shelf", node="b")
    world.spawn(ticks)
    waits = r"<a.2 passer-by> waits for \('shelf', 'b'\), <b.3 shelf> waits for a message"
    with pytest.raises(TimeoutError, match=f"^call: no answer will come; .*: {waits}$"):
        world.ask(partial(call, timeout=None), ("shelf", "b"), "forget")


def test_a_deadlock_with_a_far_name_that_nobody_can_have_is_told_as_any_other():
    async def asks(me):
        me.monitor(("", "b"))
        await me.receive()

    world = World(nodes=["a", "b"])
    world.wire("a", "b").cut()
    with pytest.raises(TimeoutError, match=r"<a.1 passer-by> waits for \('', 'b'\)$"):
        world.ask(asks)


def test_a_server_that_ticks_and_forgets_to_answer_is_given_a_day():
    async def asks(me):
        return await call(me, await Shelf.start(me, ticks=True), "forget", timeout=None)

    world = World(keep=0)
    said = "asks: no answer came in a day, though the clock goes on: <0.1 passer-by> waits for <0.2 Shelf>"
    with pytest.raises(TimeoutError, match=said):
        world.ask(asks)


def test_a_tree_whose_start_waits_for_itself_beside_a_child_that_ticks_is_given_up():
    class Waits(GenServer):
        async def init(self):
            await call(self.me, self.me.parent, "which_children", timeout=None)

    class Ticks(Shelf):
        async def init(self):
            await super().init(ticks=True)

    world = World(keep=0)
    tree = Supervisor([Child("ticks", Ticks), Child("waits", Waits)])
    waits = "<0.3 supervisor> waits for <0.5 Waits>, <0.5 Waits> waits for <0.3 supervisor>"
    with pytest.raises(TimeoutError, match=f"start_application: no answer will come; .*, {waits}$"):
        world.start(tree)


@pytest.mark.parametrize("way", ["it sleeps", "its server sleeps", "a timer is set for its server", "a time-out"])
def test_patience_has_no_end_where_an_answer_may_come(way):
    """Ten hours, beside a process that ticks each second."""

    class Slow(GenServer):
        async def init(self):
            pass

        async def handle_call(self, request, caller):
            if way == "its server sleeps":
                await self.me.sleep(36_000)
                return "done"
            self.caller = caller
            self.me.send_after(36_000.0, self.me.pid, "now")
            return NoReply()

        async def handle_info(self, message):
            reply(self.me, self.caller, "done")

    async def asks(me):
        me.spawn(ticks)
        if way == "it sleeps":
            await me.sleep(36_000)
            return "done"
        if way == "a time-out":
            await me.receive(timeout=36_000)
            return "done"
        return await call(me, await Slow.start(me), "eggs", timeout=None)

    world = World(keep=0)
    assert world.ask(asks) == "done"
    assert world.now == 36_000


@pytest.mark.parametrize("keep", [0, None])
def test_a_timer_is_readable_with_a_trace_and_without(keep):
    async def sets(me):
        timer = me.send_after(5.0, me.pid, "eggs")
        said = repr(timer)
        me.cancel_timer(timer)
        return said, repr(timer)

    said = World(keep=keep).ask(sets)
    if keep is None:
        assert said == ("#1", "#1")
    else:
        assert said == (
            "<a timer for second 5 to <0.1 passer-by>>",
            "<a timer for second 5, which was sent or cancelled>",
        )
