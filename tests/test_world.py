"""The world: its clock, its streams of chance, its memory."""

from hypothesis import given
from hypothesis import strategies as some

from letitcrash import World, hours, minutes
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
        yield world.env.timeout(90)
        world.record(Event(world.now))

    world.env.process(clerk())
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
