"""The Monday of lab 6's ticket: one counter, customers with little patience who come in again, and a bus.

A customer hands in a slip and waits. One whose turn does not come in time goes out, and comes in again with a new slip;
the old one stays in the line, since nobody takes it out but `admit`. Times in seconds.
"""

from collections.abc import Callable, Sequence
from typing import Any

from letitcrash.balancing.days import Days
from letitcrash.balancing.rules import Snapshot
from letitcrash.balancing.stores import run_stores
from letitcrash.world import stream

CLERKS = 5
SERVICE = 1.0
"""Mean seconds that a clerk works on a slip, whether its customer is still there or not."""
PER_SECOND = 3.5
"""Customers who come on an ordinary morning: seven tenths of what the clerks can do."""
PATIENCE = 10.0
"""Seconds until a customer whose turn has not come goes out."""
COMES_AGAIN = 3
"""Times that a customer comes in again."""
BUS_FROM, BUS_UNTIL, BUS_TIMES = 240.0, 280.0, 3
"""While the bus stands outside, three times as many customers come."""
END = 420.0
BEFORE = 30.0, 200.0
"""The customers of these seconds are through, with all their tries, before the bus comes."""
AFTER = 340.0, 400.0
"""From a minute after the bus on the morning should be an ordinary one again."""

Admit = Callable[[Sequence[Any], float], tuple[Sequence[Any], Sequence[Any]]]


def monday(
    admit: Admit,
    seed: int,
    clerks: int = CLERKS,
    patience: float = PATIENCE,
    comes_again: int = COMES_AGAIN,
    bus: bool = True,
) -> Days:
    """Run a Monday; `admit(line, now)` is asked whenever a slip is handed in and whenever a clerk is free.

    A customer who is being served has the time that it takes: `patience` is about the time until the turn.
    """
    arrived = arrivals(seed, bus)
    chance = stream(seed, "monday services")
    services = [chance.expovariate(1 / SERVICE) for _ in arrived]
    return run_stores(
        arrived,
        services,
        stores=1,
        tills=clerks,
        rule=_to_the_only_one,
        patience=[patience + each for each in services],
        retries=comes_again,
        admit=_with_two_answers(admit),
        seed=seed,
    )


def arrivals(seed: int, bus: bool = True) -> list[float]:
    """The seconds at which customers come in for the first time."""
    chance, second, came = stream(seed, "monday arrivals"), 0.0, []
    while second < END:
        busy = bus and BUS_FROM <= second < BUS_UNTIL
        second += chance.expovariate(PER_SECOND * (BUS_TIMES if busy else 1))
        came.append(second)
    return came


def by_the_minute(morning: Days) -> list[tuple[int, int, int]]:
    """Each minute, the customers who came in it for the first time, and those of them who were served in the end."""
    rows = [(int(at // 60), fate == "served") for at, fate in zip(morning.arrived, morning.fate, strict=True)]
    minutes = range(int(END // 60))
    return [(minute, sum(at == minute for at, _ in rows), rows.count((minute, True))) for minute in minutes]


def _with_two_answers(admit: Admit) -> Admit:
    def asked(line: Sequence[Any], now: float) -> tuple[Sequence[Any], Sequence[Any]]:
        answer = admit(line, now)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            said = "None" if answer is None else f"a {type(answer).__name__}"
            raise TypeError(f"admit returned {said}: it should return two lists, (stay, away)")
        return answer

    return asked


def _to_the_only_one(seen: Snapshot, chance: Any) -> int:
    return 0
