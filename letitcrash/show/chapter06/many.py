"""Many stores of one till each, at a steady load: mean times from door to door, in service times."""

import math
from collections.abc import Callable, Sequence
from functools import cache, partial
from statistics import fmean
from typing import Any

from letitcrash.balancing import (
    Dark,
    Days,
    PeakEwma,
    Slow,
    at_random,
    least_connections,
    round_robin,
    run_stores,
    two_choices,
)
from letitcrash.queueing import Interval, Poisson, after_warm_up, confidence_interval, mg1, service_of
from letitcrash.queueing.events import Arrived, Finished, Joined, Started, StoreOpened, TillOpened
from letitcrash.show import charts, compare_designs
from letitcrash.show.figure import Figure
from letitcrash.trace import Event

INSIDE = "service times, door to door"
SEEDS = range(50, 54)
THREE = {"a coin": at_random, "in turn": round_robin, "the shorter line": least_connections}
LOOKS = {d: partial(two_choices, d=d) for d in (2, 3, 5)}
LOADS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
DOORS = (1, 2, 4, 10)
TROUBLES: dict[str, tuple] = {
    "all well": (),
    "store 1 at a fifth of the speed": (Slow(0, 5.0),),
    "store 1 says sorry at once": (Dark(0, sorry=0.02),),
    "store 1 says sorry after 20 service times": (Dark(0, sorry=20.0),),
}


def many_stores(rule: Any, seed: int, *, stores=10, load=0.8, c2=1, customers=20_000, **more) -> Days:
    """Run stores of one till each; a second of this run is one service time."""
    basket = service_of(1, c2)
    crowd = Poisson.for_load(load, basket, tills=stores)
    return run_stores(crowd, basket, stores, 1, rule=rule, customers=customers, seed=seed, **more)


def times(days: Days) -> Sequence[float]:
    """The time from door to door of each customer who was served, after the warm-up."""
    rows = zip(days.waited, days.served, days.till, strict=True)
    return after_warm_up([wait + work for wait, work, till in rows if till])


def seeds(c2: float) -> range:
    """The seeds of a measurement: more where baskets differ much."""
    return range(50, 58) if c2 > 1 else SEEDS


@cache
def mean_times(rule: Any, *, seeds: Sequence[int] = SEEDS, **how: Any) -> list[float]:
    """The mean time from door to door, for each seed."""
    return [fmean(times(many_stores(rule, seed, **how))) for seed in seeds]


def with_baskets(rule: Any, c2: float) -> Interval:
    """The time in ten stores at load 0.8, baskets of this squared coefficient of variation."""
    return confidence_interval(mean_times(rule, seeds=seeds(c2), c2=c2))


def by_baskets(c2: float, *, top: float = 12) -> Figure:
    """Ten stores at load 0.8: three rules, baskets of this squared coefficient of variation."""
    measured = {name: with_baskets(rule, c2) for name, rule in THREE.items()}
    return compare_designs(measured, title=INSIDE, top=top)


def time_with_looks(d: int, load: float) -> float:
    """The mean time when each customer looks at `d` of very many stores, in service times (Mitzenmacher 2001).

    >>> round(time_with_looks(1, 0.9), 2), round(time_with_looks(2, 0.9), 2)
    (10.0, 2.61)
    """
    if d == 1:
        return mg1(load, 1).time
    total, i = 0.0, 1
    while (term := load ** ((d**i - d) / (d - 1))) > 1e-12:
        total, i = total + term, i + 1
    return total


def looking_at(d: int, load: float, *, top: float = 20) -> Figure:
    """The time over the load when `d` of a hundred stores are looked at: by theory, and measured where the mark is."""
    measured = fmean(mean_times(LOOKS[d], seeds=(50,), stores=100, load=load))
    theory = time_with_looks(d, load)
    names = {1: "a coin", d: f"the shortest of {d}"}
    curves = {name: [time_with_looks(looks, at) for at in LOADS] for looks, name in names.items()}
    reading = (
        f"A look at {d} of 100 stores, load {load:g}: {measured:.2f} service times from door to door; theory, for very "
        f"many stores, says {theory:.2f}."
    )
    figure = charts.lines(LOADS, curves, x_title="load", y_title=INSIDE, reading=reading, x_range=(0, 1),
                          y_range=(0, top), mark=(load, min(measured, top), f"{measured:.2f}"))  # fmt: skip
    return figure


def hundred(age: float, *, top: float = 60) -> Figure:
    """A hundred stores at load 0.9 with a board that is painted every `age` service times."""
    times_of = lambda rule: fmean(
        mean_times(rule, seeds=(50,), stores=100, load=0.9, customers=40_000, board=float(age))
    )
    rules = {"the shortest line": least_connections, "the shorter of two": LOOKS[2], "the shortest of three": LOOKS[3]}
    values = {"a coin": 10.0} | {name: times_of(rule) for name, rule in rules.items()}
    return compare_designs(values, title=INSIDE, top=top)


def through(doors: int) -> float:
    """The time in ten stores at load 0.8 with the shortest line as each of so many doors counts it."""
    return fmean(mean_times(least_connections, doors=doors))


def by_doors(doors: int, *, top: float = 4) -> Figure:
    """Ten stores at load 0.8: the shortest line through 1, 2, 4 or 10 doors, each with its own count."""
    line = [through(number) for number in DOORS]
    turn, here = fmean(mean_times(round_robin)), line[DOORS.index(doors)]
    curves = {"the shortest line, as each door counts": line, "one door, in turn": [turn] * len(DOORS)}
    reading = f"Through {_count(doors, 'door')}: {here:.2f} service times from door to door; in turn {turn:.2f}."
    return charts.lines(DOORS, curves, x_title="doors", y_title=INSIDE, reading=reading, x_range=(0.5, 10.5),
                        y_range=(0, top), mark=(doors, here, f"{here:.2f}"))  # fmt: skip


@cache
def in_trouble(rule: Any, trouble: str) -> tuple[float, float, float]:
    """Ten stores at load 0.6 with a trouble: shares sent to store 1 and lost, and the mean time of the others."""
    days = many_stores(rule, 50, load=0.6, faults=TROUBLES[trouble])
    return days.sent[0] / sum(days.sent), days.lost / len(days.arrived), fmean(times(days))


def troubled(trouble: str, *, top: float = 25) -> Figure:
    """A bar for each rule: of a hundred customers, those sent to the store in trouble."""
    rules = {"a coin": at_random, "the shorter of two": two_choices, "the shortest line": least_connections,
             "peak EWMA": PeakEwma(tau=100.0)}  # fmt: skip
    came = {name: in_trouble(rule, trouble) for name, rule in rules.items()}
    said = (
        f"{name} {100 * sent:.1f}, and a time of {time:.2f}" + (f", {100 * lost:.1f} lost" if lost else "")
        for name, (sent, lost, time) in came.items()
    )
    reading = f"{trouble[:1].upper()}{trouble[1:]}. Of 100 customers it gets: {'; '.join(said)}."
    values = {name: 100 * sent for name, (sent, _, _) in came.items()}
    return charts.bars(values, title="of 100 customers, sent to store 1", reading=reading, value_range=(0, top))


def memory(tau: float, doors: int, *, top: float = 20) -> Figure:
    """Ten stores, one at a fifth of the speed: peak EWMA with a memory of `tau` service times beside two counts."""
    slow = partial(_slow, doors=doors)
    values = {"peak EWMA": slow(PeakEwma(tau=float(tau))), "the shorter of two": slow(two_choices),
              "the shortest line": slow(least_connections)}  # fmt: skip
    return compare_designs(values, title=INSIDE, top=top)


def _slow(rule: Any, doors: int) -> float:
    return fmean(mean_times(rule, seeds=(50,), load=0.6, faults=(Slow(0, 5.0),), doors=doors))


def as_tills(days: Days) -> list[Event]:
    """The recorded events of stores with one till each, for a player that draws each store as its till.

    Stores, their lines and their tills have the same numbers in the trace; the man at the door is left out.
    """
    opened = [StoreOpened(0.0, len(days), "per till"), *(TillOpened(0.0, till + 1) for till in range(len(days)))]
    return opened + [event for event in days.trace if isinstance(event, Arrived | Joined | Started | Finished)]


def race(rules: dict[str, Callable], stores: int, c2: float, age: float, doors: int, trouble: str) -> Figure:
    """The mean time of each rule as a bar, its 99th percentile as a diamond; the reading has the lost ones too."""
    how: dict[str, Any] = {"stores": stores, "c2": c2, "board": float(age), "doors": doors, "load": 0.6}
    how |= {"customers": 2500, **RACES[trouble]}
    means, ends, said = {}, {}, []
    for name, rule in rules.items():
        days = many_stores(rule, 7, **how)
        inside = sorted(times(days))
        means[name], ends[name] = fmean(inside), inside[math.ceil(0.99 * len(inside)) - 1]
        said.append(f"{name} {means[name]:.2f} (p99 {ends[name]:.1f}, lost {days.lost})")
    figure = charts.bars(means, title=INSIDE, reading=f"Service times: {'; '.join(said)}.", value_range=(0, 25))
    bars = figure.data[0] | {"name": "mean"}
    marks = {"type": "scatter", "mode": "markers", "name": "99 of 100 are quicker", "x": list(ends.values()),
             "y": bars["y"], "marker": {"color": charts.BRICK, "size": 9, "symbol": "diamond-open"}}  # fmt: skip
    return Figure([bars, marks], figure.layout | {"showlegend": True}, reading=figure.reading)


RACES: dict[str, dict[str, Any]] = {
    "none": {},
    "one store at a fifth of the speed": {"faults": (Slow(0, 5.0),)},
    "one store is dark": {"faults": (Dark(0, 200.0, 400.0),)},
    "one store is dark, and people try three times": {"faults": (Dark(0, 200.0, 400.0),), "retries": 2},
}


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"
