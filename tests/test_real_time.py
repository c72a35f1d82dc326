"""The same world in real time: what it does is compared with virtual time, and never with the wall clock."""

import asyncio
import itertools
import math
from collections import Counter

import pytest

from letitcrash import World, minutes, real_time
from letitcrash.process import BadArgument, TimeStandsStill
from letitcrash.process import events as ev
from letitcrash.real_time import BOUNDS_MS, RealTime
from letitcrash.show.chapter05 import store

FAST = 1_000_000  # seconds in a real one: nothing is waited for


@pytest.fixture
def nobody_outside(monkeypatch):
    """Have the loop never look at its sockets: busy processes go on at the real second, which at FAST is far away."""
    monkeypatch.setattr(real_time, "BREATH", math.inf)


def a_morning(version, clock=None, until=480.0):
    """Eight minutes of chapter 5's store, with smudged labels and a kill of the shelf: the world and the fates."""
    world, fates, module = World(seed=5, clock=clock), {}, store.VERSIONS[version]
    world.start(store.tree(module))
    world.spawn(store.door, module.customer, fates, name="door")
    for number, (came, codes) in enumerate(store.people(5), start=1):
        if came < until - minutes(2):
            labels = [*codes, "40?1"] if number % 3 == 0 else codes
            world.at(came, world.send, "door", ("come", number, labels, f"till {number % store.TILLS + 1}"))
    world.at(minutes(3), store.kill, world, "shelf")
    world.run(until=until)
    return world, fates


def told(fates):
    return sorted((pid.label, fate, str(why)) for pid, (fate, why) in fates.items())


@pytest.mark.parametrize(("version", "speed"), [("defensive", 100), ("happy case", FAST)])
def test_the_store_of_chapter_5_does_in_real_time_what_it_does_in_virtual_time(version, speed, request):
    """At a hundred times its speed the eight minutes take five seconds."""
    if speed == FAST:
        request.getfixturevalue("nobody_outside")
    virtual, fates = a_morning(version)
    real, really = a_morning(version, RealTime(speed=speed))
    assert told(really) == told(fates)
    assert len({fate for fate, _ in fates.values()}) > 1
    assert Counter(type(event) for event in real.trace) == Counter(type(event) for event in virtual.trace)
    assert ev.Restarted in {type(event) for event in real.trace}
    assert real.now == virtual.now == minutes(8)
    late = real.clock.lateness
    assert late.instants >= len({event.at for event in virtual.trace if event.at})
    assert 0 <= late.mean_ms <= late.worst_ms


def test_without_anybody_outside_the_trace_in_real_time_is_that_of_virtual_time(nobody_outside):
    virtual, _ = a_morning("defensive")
    real, _ = a_morning("defensive", RealTime(speed=FAST))
    assert real.trace.digest() == virtual.trace.digest()


class Wall:
    """An event loop's time that only the test moves: each look at it takes `tick` seconds."""

    def __init__(self, monkeypatch, tick=0.0):
        self.second, self.tick = 0.0, tick
        monkeypatch.setattr(asyncio.BaseEventLoop, "time", self.look)

    def look(self, _=None):
        self.second += self.tick
        return self.second


def test_now_is_the_second_that_was_planned_and_lateness_is_reported(monkeypatch):
    wall, seconds = Wall(monkeypatch), []
    world = World(clock=RealTime(speed=10))

    async def slow(me):
        for _ in range(4):
            me.send_after(1.0, me.pid, "go")  # 0.1 real seconds
            await me.receive()
            seconds.append(me.now)
            wall.second += 0.35

    world.spawn(slow)

    async def main():
        asyncio.get_running_loop().call_soon(lambda: None)
        running = asyncio.ensure_future(world.run_async())
        while not running.done():
            await asyncio.sleep(0)
            wall.second = max(wall.second, 0.1)
        await running

    asyncio.run(main())
    assert seconds == [1, 2, 3, 4], "what was late did not make the next one later"
    late = world.clock.lateness
    assert (late.instants, late.worst_ms) == (4, pytest.approx(750))
    assert late.mean_ms == pytest.approx((0 + 250 + 500 + 750) / 4)
    assert late.over == {bound: sum(ms > bound for ms in (250, 500, 750)) for bound in BOUNDS_MS} | {500: 1}
    assert str(late).startswith("4 instants, late by 375.00 ms on average and 750.0 ms at worst (3 by more than 1 ms")


def test_a_busy_run_queue_lets_a_socket_be_heard():
    """Two processes that answer each other for ever: on virtual time TimeStandsStill, here the socket ends them."""

    async def echoes(me):
        while True:
            me.send(await me.receive(), me.pid)

    heard = []

    async def main():
        async def hear(reader, writer):
            heard.append(await reader.readline())
            writer.write(b"closed\n")
            world.clock.stop()
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(hear, "127.0.0.1", 0)
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            one, other = world.spawn(echoes), world.spawn(echoes)
            world.send(one, other)
            world.at(0.0, writer.write, b"close, please\n")
            await world.run_async(until=math.inf)
            assert await reader.readline() == b"closed\n"
            writer.close()

    world = World(keep=0, clock=RealTime(), steps_per_instant=1_000_000_000)
    asyncio.run(main())
    assert heard == [b"close, please\n"]


def test_processes_that_are_busy_and_timers_both_get_their_turn():
    async def echoes(me):
        while True:
            me.send(await me.receive(), me.pid)

    async def ticks(me):
        for _ in range(20):
            await me.sleep(0.001)
            ticked.append(me.now)
        world.clock.stop()

    world, ticked = World(keep=0, clock=RealTime()), []
    one, other = world.spawn(echoes), world.spawn(echoes)
    world.send(one, other)
    world.spawn(ticks)
    world.run(until=math.inf)
    assert ticked == sorted(ticked) and len(ticked) == 20


def test_the_loop_gets_its_turn_every_few_looks_at_its_time(monkeypatch):
    """Time passes only by being looked at here, a millisecond each, so a busy minute is counted and not waited for."""
    wall, turns, steps = Wall(monkeypatch, tick=0.001), [], []

    async def busy(me):
        while wall.second < 1.0:
            steps.append(me.now)
            await me.sleep(0)

    async def main():
        running = asyncio.ensure_future(world.run_async())
        while not running.done():
            turns.append(len(steps))
            await asyncio.sleep(0)
        await running

    world = World(clock=RealTime())
    world.spawn(busy)
    asyncio.run(main())
    gaps = [after - before for before, after in itertools.pairwise(turns)]
    assert len(turns) > 50
    assert max(gaps) <= 50 * 5, "five looks at the clock, fifty steps between two of them"


def test_what_comes_from_outside_comes_now_and_never_before_what_was():
    async def hears(me):
        while True:
            got.append((await me.receive(), me.now))

    async def main():
        pid = world.spawn(hears)
        for second in range(1, 6):
            world.at(second / 100, world.send, pid, "planned")
        running = asyncio.ensure_future(world.run_async(until=math.inf))
        for number in range(50):
            world.send(pid, number)
            await asyncio.sleep(0.001)
        world.clock.stop()
        await running

    world, got = World(clock=RealTime()), []
    asyncio.run(main())
    assert [word for word, _ in got if word != "planned"] == list(range(50))
    assert [second for word, second in got if word == "planned"] == [0.01, 0.02, 0.03, 0.04, 0.05]
    for seconds in ([second for _, second in got], [event.at for event in world.trace]):
        assert seconds == sorted(seconds)


def test_two_worlds_share_a_loop():
    async def passes(me, world):
        me.send((await me.receive()), "done")

    async def main():
        worlds = [World(clock=RealTime(speed=FAST)) for _ in range(2)]
        await asyncio.gather(*(world.run_async(until=3600.0) for world in worlds))
        return [world.now for world in worlds]

    assert asyncio.run(main()) == [3600, 3600]


def test_simpys_processes_run_in_real_time():
    def clerk():
        for _ in range(3):
            yield world.clock.timeout(60)
            seen.append(world.now)

    world, seen = World(clock=RealTime(speed=FAST)), []
    world.clock.process(clerk())
    world.run()
    assert seen == [60, 120, 180]


def test_questions_are_answered_in_real_time():
    async def answers(me):
        await me.sleep(30)
        return me.now

    world = World(clock=RealTime(speed=FAST))
    assert world.ask(answers) == 30
    assert asyncio.run(world.ask_async(answers)) == 60

    async def fails(me):
        raise LookupError("no eggs")

    with pytest.raises(LookupError, match="no eggs"):
        asyncio.run(world.ask_async(fails))


@pytest.mark.parametrize("speed", [0, -1, math.nan, math.inf, "fast", None])
def test_a_speed_that_cannot_be_is_named(speed):
    with pytest.raises(ValueError, match=f"the speed of a clock is .* more than 0; got {speed!r}"):
        RealTime(speed)


def test_what_a_clock_cannot_do_is_said_in_words():
    with pytest.raises(BadArgument, match="the clock of a world is a Clock or a RealTime; got 'fast'"):
        World(clock="fast")
    with pytest.raises(BadArgument, match=r"only a world in real time .* World\(clock=RealTime\(\)\)"):
        asyncio.run(World().run_async())

    async def in_a_notebook():
        World(clock=RealTime()).run(until=1)

    with pytest.raises(RuntimeError, match=r"an event loop runs here already, .* await world.run_async"):
        asyncio.run(in_a_notebook())
    clock = RealTime(speed=FAST)
    clock.run(until=4)
    with pytest.raises(ValueError, match="a clock does not go back: it is second 4 now"):
        clock.call_at(3, print)


def test_a_body_that_goes_round_for_ever_is_stopped_on_virtual_time_only_after_all_its_steps():
    """The guard of an instant counts steps over the slices that a clock gives."""

    async def busy(me):
        while True:
            await me.sleep(0)

    class Slicing(World().clock.__class__):
        steps_per_look = 7

    for clock in (None, Slicing()):
        world = World(steps_per_instant=100, clock=clock)
        world.spawn(busy)
        with pytest.raises(TimeStandsStill, match="100 steps were taken at second 0"):
            world.run()
