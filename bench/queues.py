"""One till, Poisson arrivals, exponential service, load .8: what a customer costs, each way of simulating it.

All variants of the first race are given the same customers, arrival times and service times drawn beforehand, and give
back their waits; so the race is about queueing and not about drawing. The bare heap loop is the least that an event
simulation can do: one heap, two events a customer, nothing else. In the second race each draws its own customers.
"""

import random
from collections import deque
from heapq import heappop, heappush
from itertools import pairwise
from math import log

import ciw
import simpy

from bench.harness import Claim, Race
from letitcrash.queueing import Exponential, Poisson, run_store, waiting_times
from letitcrash.world import stream

LOAD = 0.8
SERVICE = Exponential(1.0)
ARRIVALS = Poisson.for_load(LOAD, SERVICE)
MOST = 100_000
ARRIVED = ARRIVALS.times(stream(1, "arrivals"), customers=MOST)
GAPS = [ARRIVED[0], *(later - sooner for sooner, later in pairwise(ARRIVED))]
SERVED = SERVICE.times(stream(1, "service"), MOST)
ARRIVE, FINISH = 0, 1


def bare_heap_loop(customers: int) -> None:
    """The yardstick: (time, kind) in one heap, a deque for the line."""
    gaps, served = iter(GAPS), iter(SERVED)
    heap, line, waits, coming, busy = [(next(gaps), ARRIVE)], deque(), [], customers, False
    while heap:
        now, kind = heappop(heap)
        if kind == ARRIVE:
            coming -= 1
            if coming:
                heappush(heap, (now + next(gaps), ARRIVE))
            if busy:
                line.append(now)
            else:
                busy = True
                waits.append(0.0)
                heappush(heap, (now + next(served), FINISH))
        elif line:
            waits.append(now - line.popleft())
            heappush(heap, (now + next(served), FINISH))
        else:
            busy = False
    assert len(waits) == customers


def bare_heap_loop_drawing(customers: int) -> None:
    """The yardstick where each draws its own customers."""
    uniform = random.Random(1).random
    heap, line, waits, coming, busy = [(-log(1.0 - uniform()) / LOAD, ARRIVE)], deque(), [], customers, False
    while heap:
        now, kind = heappop(heap)
        if kind == ARRIVE:
            coming -= 1
            if coming:
                heappush(heap, (now - log(1.0 - uniform()) / LOAD, ARRIVE))
            if busy:
                line.append(now)
            else:
                busy = True
                waits.append(0.0)
                heappush(heap, (now - log(1.0 - uniform()), FINISH))
        elif line:
            waits.append(now - line.popleft())
            heappush(heap, (now - log(1.0 - uniform()), FINISH))
        else:
            busy = False
    assert len(waits) == customers


def our_engine(customers: int) -> None:
    """The runs behind an explorable; waits and fates kept, no trace."""
    assert len(run_store(ARRIVED[:customers], SERVED[:customers], tills=1).waits) == customers


def our_engine_with_trace(customers: int) -> None:
    """The same with every event kept."""
    run_store(ARRIVED[:customers], SERVED[:customers], tills=1, trace=True)


def our_engine_drawing(customers: int) -> None:
    """The runs behind an explorable, drawing included."""
    assert len(run_store(ARRIVALS, SERVICE, tills=1, customers=customers, seed=1).waits) == customers


def our_recursion(customers: int) -> None:
    """Runs of which only the waits are asked for."""
    assert len(waiting_times(ARRIVED[:customers], SERVED[:customers])) == customers


def our_recursion_drawing(customers: int) -> None:
    """Runs of which only the waits are asked for, drawing included."""
    arrived = ARRIVALS.times(stream(1, "arrivals"), customers=customers)
    assert len(waiting_times(arrived, SERVICE.times(stream(1, "service"), customers))) == customers


def simpy_manual(customers: int) -> None:
    """As SimPy's manual does it and as chapter 1 teaches it: a process per customer, a Resource."""
    env = simpy.Environment()
    till, waits = simpy.Resource(env), []

    def customer(work):
        came = env.now
        with till.request() as turn:
            yield turn
            waits.append(env.now - came)
            yield env.timeout(work)

    def door():
        for gap, work in zip(GAPS[:customers], SERVED, strict=False):
            yield env.timeout(gap)
            env.process(customer(work))

    env.process(door())
    env.run()
    assert len(waits) == customers


def with_ciw(customers: int) -> None:
    """The same queue and the same customers in ciw."""
    most = customers + 100  # it stops when so many are served, while others have come
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential(GAPS[:most])],
        service_distributions=[ciw.dists.Sequential(SERVED[:most])],
        number_of_servers=[1],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(customers)
    assert len([row.waiting_time for row in simulation.get_all_records()]) >= customers


def races() -> list[Race]:
    """The engine, its trace and its draws against SimPy as its manual writes it, Ciw and a bare loop."""
    given = {
        "bare": (MOST // 4, bare_heap_loop),
        "recursion": (MOST, our_recursion),
        "engine": (MOST // 4, our_engine),
        "trace": (MOST // 8, our_engine_with_trace),
        "simpy": (4_000, simpy_manual),
        "ciw": (2_000, with_ciw),
    }
    drawing = {
        "bare": (MOST // 4, bare_heap_loop_drawing),
        "recursion": (MOST // 2, our_recursion_drawing),
        "engine": (MOST // 4, our_engine_drawing),
    }
    return [
        Race(
            "us per customer",
            given,
            [
                Claim("store engine / bare heap loop", "engine", "bare", at_most=3),
                Claim("waits by recursion / bare heap loop", "recursion", "bare", at_most=0.2),
                Claim("store engine, times cheaper than ciw", "engine", "ciw", at_least=8),
                Claim("store engine with trace / bare heap loop", "trace", "bare"),
                Claim("simpy.Resource as in the manual / bare loop", "simpy", "bare"),
            ],
            packages=("simpy", "ciw"),
        ),
        Race(
            "us per customer",
            drawing,
            [
                Claim("store engine / bare loop, both drawing", "engine", "bare", at_most=3),
                Claim("waits by recursion / bare loop, both drawing", "recursion", "bare"),
            ],
        ),
    ]
