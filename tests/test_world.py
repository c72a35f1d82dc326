"""The world: its clock, its streams of chance, its memory."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from letitcrash import World, hours, minutes
from letitcrash.process import BadArgument, TimeStandsStill
from letitcrash.trace import Event
from letitcrash.world import stream


def test_the_clock_starts_at_zero_and_stops_where_it_is_told():
    world = World()
    assert world.now == 0
    world.run(until=minutes(4))
    assert world.now == 240.0
    assert hours(1) == 60 * minutes(1) == 3600.0


def test_a_simpy_process_lives_in_the_world():
    world = World()

    def clerk():
        yield world.clock.timeout(90)
        world.record(Event(world.now))

    world.clock.process(clerk())
    world.run()
    assert [event.at for event in world.trace] == [90]


def test_the_same_seed_and_name_give_the_same_chance():
    assert World(seed=7).random("eggs").random() == stream(7, "eggs").random()
    assert World(seed=7).random("eggs").random() != World(seed=8).random("eggs").random()


def test_a_stream_goes_on_where_it_was():
    world = World(seed=7)
    drawn = [world.random("eggs").random() for _ in range(3)]
    fresh = stream(7, "eggs")
    assert drawn == [fresh.random() for _ in range(3)]


@given(seed=some.integers(), name=some.text(), other=some.text())
def test_one_more_stream_disturbs_no_other(seed, name, other):
    alone, disturbed = World(seed), World(seed)
    first = [alone.random(name).random() for _ in range(3)]
    again = []
    for _ in range(3):
        if other != name:
            disturbed.random(other).random()
        again.append(disturbed.random(name).random())
    assert again == first


def test_streams_of_different_names_are_not_the_same():
    heads = {stream(7, f"till {number}").random() for number in range(1_000)}
    assert len(heads) == 1_000


def test_chance_is_the_same_on_every_machine():
    """Mersenne Twister seeded with the first eight bytes of SHA-256("7/eggs"): any change here changes every run."""
    assert stream(7, "eggs").getrandbits(32) == 1512163373


def test_a_run_that_was_broken_off_ends_no_later_one():
    async def waits(me):
        await me.sleep(1)
        raise KeyboardInterrupt

    world = World()
    world.spawn(waits)
    with pytest.raises(KeyboardInterrupt):
        world.run(until=10)
    world.run(until=20)
    assert world.now == 20
    with pytest.raises(KeyboardInterrupt):
        world.ask(waits)
    world.run(until=30)
    assert world.now == 30


@pytest.mark.parametrize("second", [0, -1, 4, float("nan")])
def test_a_world_does_not_run_into_the_past(second):
    world = World()
    world.run(until=4)
    with pytest.raises(ValueError, match=f"it is second 4 now: the world can run on, but not until {second!r}"):
        world.run(until=second)


@pytest.mark.parametrize("until", ["5", (5,), print])
def test_the_end_of_a_run_is_a_number(until):
    with pytest.raises(BadArgument, match="a run ends at a second, which is a number; got "):
        World().run(until=until)


def test_when_the_busy_one_is_gone_a_world_whose_time_stood_still_goes_on():
    async def busy(me):
        await me.sleep(1)
        while True:
            await me.sleep(0)

    async def clerk(me):
        while True:
            await me.sleep(1)
            seconds.append(me.now)

    world, seconds = World(steps_per_instant=1000), []
    pid = world.spawn(busy)
    world.spawn(clerk)
    with pytest.raises(TimeStandsStill):
        world.run(until=3.5)
    world.exit(pid)
    world.run(until=3.5)
    assert seconds == [1, 2, 3]


@pytest.mark.parametrize(("second", "action", "named"), [("x", print, "'x'"), (-1, print, "-1"), (1, 3, "got 3")])
def test_an_action_that_cannot_be_planned_is_named(second, action, named):
    with pytest.raises(BadArgument, match=named):
        World().at(second, action)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("seed", 1.5),
        ("seed", None),
        ("keep", -1),
        ("keep", "all"),
        ("steps_per_instant", 0),
        ("steps_per_instant", None),
        ("lines_per_step", 0),
        ("lines_per_step", "many"),
    ],
)
def test_a_world_that_cannot_be_is_named_with_its_rule(setting, value):
    with pytest.raises(BadArgument, match=f"{setting} of a world is a whole number.*; got {value!r}"):
        World(**{setting: value})
