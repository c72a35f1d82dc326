"""Faults of a store as values: a store that is dark, and one that is slow, from one second to another."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from letitcrash.queueing import checks


@dataclass(frozen=True, slots=True)
class Dark:
    """Store number `store` turns everybody away who comes from second `since` to `until`; those inside are served.

    It takes `sorry` seconds to say so: for so long the customer counts as inside at the door that sent them.
    """

    store: int
    since: float = 0.0
    until: float = inf
    sorry: float = 0.0

    def __post_init__(self):
        _check(self)
        checks.number("sorry", self.sorry)


@dataclass(frozen=True, slots=True)
class Slow:
    """Store number `store` takes `factor` times as long for each customer who starts from second `since` to `until`."""

    store: int
    factor: float
    since: float = 0.0
    until: float = inf

    def __post_init__(self):
        _check(self)
        checks.number("factor", self.factor, more=True)


Fault = Dark | Slow


def faults_at(faults: Iterable[Fault], at: float) -> list[Fault]:
    """Return those of `faults` that there are at second `at`."""
    return [fault for fault in faults if fault.since <= at < fault.until]


def edges(faults: Iterable[Fault]) -> list[float]:
    """Return the seconds at which one of `faults` begins or ends, in order, each once."""
    return sorted({each for fault in faults for each in (fault.since, fault.until) if each < inf})


def _check(fault: Fault) -> None:
    checks.whole("store", fault.store)
    checks.number("since", fault.since)
    if not fault.until >= fault.since:
        raise ValueError(f"until is {fault.until:g}: a fault ends after it begins, at {fault.since:g} s")
