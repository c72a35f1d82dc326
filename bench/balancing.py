"""Ten stores behind one door, load .8, exponential service: what a customer costs, by coin and by the shorter line.

All variants are given the same customers, arrival times and service times drawn beforehand. The bare loop knows at each
arrival when the customer will leave, keeps one heap of leaving times and the ten counts, and keeps nothing but times.
It has no rule to call, which is most of what a coin costs here: each of our customers is a call of a reader's function
with a snapshot of its own, and has a row of eight columns afterwards.
"""

from heapq import heappop, heappush
from itertools import pairwise
from random import Random

import simpy

from bench.harness import Claim, Race
from letitcrash.balancing import at_random, least_connections, run_stores, stores_as_processes, two_choices
from letitcrash.queueing import Exponential, Poisson
from letitcrash.world import stream

STORES, LOAD = 10, 0.8
SERVICE = Exponential(1.0)
MOST = 50_000
ARRIVED = Poisson.for_load(LOAD, SERVICE, STORES).times(stream(1, "arrivals"), customers=MOST)
GAPS = [ARRIVED[0], *(later - sooner for sooner, later in pairwise(ARRIVED))]
SERVED = SERVICE.times(stream(1, "service"), MOST)


def bare_heap_loop(customers: int, by_coin: bool) -> None:
    """The yardstick: a heap of (when, store), the counts, and the moment at which each store is free."""
    chance, inside, free, leaving, times = Random(1), [0] * STORES, [0.0] * STORES, [], []
    for at, work in zip(ARRIVED[:customers], SERVED, strict=False):
        while leaving and leaving[0][0] <= at:
            inside[heappop(leaving)[1]] -= 1
        if by_coin:
            store = int(chance.random() * STORES)
        else:
            fewest = min(inside)
            best = [store for store in range(STORES) if inside[store] == fewest]
            store = best[int(chance.random() * len(best))]
        free[store] = max(free[store], at) + work
        inside[store] += 1
        heappush(leaving, (free[store], store))
        times.append(free[store] - at)
    assert len(times) == customers


def bare_by_coin(customers: int) -> None:
    """The yardstick for a coin."""
    bare_heap_loop(customers, by_coin=True)


def bare_by_shorter_line(customers: int) -> None:
    """The yardstick for the shorter line, with ties by chance."""
    bare_heap_loop(customers, by_coin=False)


def ours(customers: int, rule, **more) -> None:
    """The runs behind an explorable: a column for each thing that happened to a customer."""
    days = run_stores(ARRIVED[:customers], SERVED[:customers], STORES, rule=rule, **more)
    assert days.lost == 0


def our_coin(customers: int) -> None:
    """The engine with a coin at the door."""
    ours(customers, at_random)


def our_shorter_line(customers: int) -> None:
    """The engine with the shorter line."""
    ours(customers, least_connections)


def our_board(customers: int) -> None:
    """The engine with two choices on a board that is painted each service time."""
    ours(customers, two_choices, board=1.0)


def our_trace(customers: int) -> None:
    """The engine with every event kept."""
    ours(customers, least_connections, trace=True)


def our_processes(customers: int) -> None:
    """The same day with a process for each customer, each store and the door; no event kept twice."""
    world = stores_as_processes(ARRIVED[:customers], SERVED[:customers], STORES, rule=least_connections)
    world.run()


def simpy_shorter_line(customers: int) -> None:
    """As SimPy's manual does it: a process per customer, a Resource per store, the shorter line by their counts."""
    env = simpy.Environment()
    stores, chance, times = [simpy.Resource(env) for _ in range(STORES)], Random(1), []

    def customer(work):
        came = env.now
        lengths = [store.count + len(store.queue) for store in stores]
        fewest = min(lengths)
        best = [store for store, length in zip(stores, lengths, strict=True) if length == fewest]
        with chance.choice(best).request() as turn:
            yield turn
            yield env.timeout(work)
        times.append(env.now - came)

    def door():
        for gap, work in zip(GAPS[:customers], SERVED, strict=False):
            yield env.timeout(gap)
            env.process(customer(work))

    env.process(door())
    env.run()
    assert len(times) == customers


def races() -> list[Race]:
    """The engine of several stores against a bare loop and SimPy, and its other forms for information."""
    variants = {
        "bare coin": (MOST // 2, bare_by_coin),
        "coin": (MOST // 2, our_coin),
        "bare shorter": (MOST // 2, bare_by_shorter_line),
        "shorter": (MOST // 2, our_shorter_line),
        "board": (MOST // 2, our_board),
        "trace": (MOST // 4, our_trace),
        "processes": (2_000, our_processes),
        "simpy": (4_000, simpy_shorter_line),
    }
    return [
        Race(
            "us per customer",
            variants,
            [
                Claim("ten stores by coin / bare loop", "coin", "bare coin", at_most=6.5),
                Claim("ten stores, shorter line / bare loop", "shorter", "bare shorter", at_most=3.5),
                Claim("ten stores, times cheaper than SimPy", "shorter", "simpy", at_least=2),
                Claim("ten stores, two choices on a board / bare loop", "board", "bare coin"),
                Claim("ten stores with trace / bare loop", "trace", "bare shorter"),
                Claim("ten stores as processes / bare loop", "processes", "bare shorter"),
            ],
            packages=("simpy",),
        )
    ]
