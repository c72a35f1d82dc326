"""The stores as processes, and as a heap loop: the same days, event by event."""

from dataclasses import astuple
from functools import partial

import pytest
from suite import SEEDS

from letitcrash import World, hours, minutes
from letitcrash.balancing import (
    Back,
    Board,
    Dark,
    Directions,
    Door,
    Outliers,
    PeakEwma,
    Store,
    Visit,
    at_random,
    events,
    least_connections,
    round_robin,
    run_stores,
    stores_as_processes,
    two_choices,
)
from letitcrash.gen_server import call, cast
from letitcrash.queueing import Exponential, Poisson
from letitcrash.queueing import events as of_one_store

CUT = Dark(0, minutes(20), minutes(35))
DAYS = {
    "by coin": {"rule": at_random},
    "by turn, a store dark": {"rule": round_robin, "faults": [CUT]},
    "shorter line, sorry takes time": {"rule": least_connections, "faults": [Dark(1, 600, 1500, sorry=7.0)]},
    "outliers": {"rule": least_connections, "faults": [CUT], "outliers": Outliers},
    "outliers who lose patience at once": {
        "rule": two_choices, "faults": [CUT], "outliers": partial(Outliers, consecutive=1), "retries": 2, "stores": 3
    },
    "a board": {"rule": least_connections, "board": 240.0},
    "a board and four doors": {"rule": two_choices, "board": 60.0, "doors": 4, "stores": 3, "tills": [1, 2, 4]},
    "four doors": {"rule": least_connections, "doors": 4, "stores": 3},
    "memory": {"rule": PeakEwma(300.0), "doors": 2, "faults": [Dark(0, 600, 1500, sorry=2.0)]},
    "little room, and they come again": {"rule": round_robin, "room": 1, "retries": 1, "tills": 1},
}  # fmt: skip
OURS = {
    kind
    for module in (events, of_one_store)
    for kind in vars(module).values()
    if isinstance(kind, type) and kind.__module__ == module.__name__
}


def told(trace, until):
    """The events of stores and doors after second 0, to the microsecond; an instant's are in an order of their own."""
    found = [event for event in trace if type(event) in OURS and 0 < event.at <= until]
    rows = [(round(event.at, 6), type(event).__name__, *astuple(event)[1:]) for event in found]
    return sorted([tuple(round(part, 6) if type(part) is float else part for part in row) for row in rows], key=repr)


@pytest.mark.parametrize("name", DAYS)
def test_processes_and_heap_loop_live_the_same_day(name):
    for seed in SEEDS:
        day = {"stores": 2, "tills": 2, **DAYS[name]}
        town = (Poisson(35 * day["stores"] * 2), Exponential(90))
        loop = run_stores(*town, **day, until=hours(0.75), seed=seed, trace=True)
        world = stores_as_processes(*town, **day, until=hours(0.75), seed=seed)
        world.run(until=hours(2))
        assert told(world.trace, loop.ended) == told(loop.trace, loop.ended)
        assert sum(type(event) is events.Directed for event in loop.trace) == len(loop.visits) > 50


def test_the_trace_alone_tells_what_became_of_each_customer():
    for settings in ({"retries": 2}, {"retries": 0}):
        days = run_stores(
            *(Poisson(300), Exponential(90), 2, 2),
            **{
                "rule": least_connections,
                "faults": [CUT],
                "patience": 200.0,
                "until": 3600.0,
                "trace": True,
                **settings,
            },
        )
        last = {"Finished": "served", "Balked": "balked", "Reneged": "reneged"}
        fates = {e.customer: last[type(e).__name__] for e in days.trace if type(e).__name__ in last}
        assert [fates[number + 1] for number in range(len(days.fate))] == days.fate
        kinds = [type(event).__name__ for event in days.trace]
        assert kinds.count("Directed") == len(days.visits) and kinds.count("Arrived") == len(days.fate)
        assert kinds.count("SlipStarted") > 0 and kinds.count("LightsOut") == kinds.count("LightsOn") == 1
        assert (kinds.count("WentOut") > 0) == bool(settings["retries"])


def test_a_trace_costs_no_customer_anything_and_is_kept_on_request_only():
    one = run_stores(Poisson(300), Exponential(90), 2, rule=two_choices, customers=200, outliers=Outliers)
    same = run_stores(Poisson(300), Exponential(90), 2, rule=two_choices, customers=200, outliers=Outliers, trace=True)
    assert one.visits.store == same.visits.store and len(same.trace) > 800
    with pytest.raises(ValueError, match="run without a trace"):
        one.trace  # noqa: B018


def in_a_world(body, seconds=100.0):
    world, found = World(seed=1), []

    async def main(me):
        await body(me, found)

    world.spawn(main)
    world.run(until=seconds)
    return found


def test_a_man_at_the_door_counts_those_he_sent_and_those_who_came_back():
    async def body(me, found):
        door = await Door.start_link(me, least_connections, 2)
        first = await call(me, door, Directions(1))
        found += [first, await call(me, door, Directions(2))]
        cast(me, door, Back(first, True, 5.0))
        found += [await call(me, door, Directions(3))]

    first, second, third = in_a_world(body)
    assert {first, second} == {0, 1} and third == first


def test_a_board_shows_what_was_true_when_it_was_painted():
    async def body(me, found):
        store = await Store.start_link(me, 0, 1, 1)
        board = await Board.start_link(me, (store,), 10.0)
        await me.sleep(3.0)
        me.spawn(visitor, store)
        await me.sleep(5.0)
        found += [await call(me, store, "inside"), await call(me, board, "read")]
        await me.sleep(5.0)
        found += [await call(me, board, "read")]

    async def visitor(me, store):
        await call(me, store, Visit(1, 20.0), timeout=None)

    assert in_a_world(body) == [1, ((0,), 0.0), ((1,), 10.0)]


def test_a_caller_who_gives_up_is_served_all_the_same():
    """A time-out takes back the wait and not the question: chapter 5's lesson, and the storm's fuel."""

    async def body(me, found):
        store = await Store.start_link(me, 0, 1, 1)
        for number in (1, 2):
            me.spawn(impatient, store, number)
        await me.sleep(15.0)
        found += [await call(me, store, "inside")]

    async def impatient(me, store, number):
        await call(me, store, Visit(number, 10.0), timeout=5.0)

    assert in_a_world(body) == [1]
