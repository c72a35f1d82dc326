"""Day: the result of a run of the store, column by column and customer by customer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import compress
from math import ceil, fsum

from letitcrash.queueing import checks
from letitcrash.trace import Trace

SERVED, BALKED, RENEGED = "served", "balked", "reneged"
Steps = tuple[list[float], list[int]]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Day:
    """One day in the store. Columns have one entry per customer, in order of arrival; times in seconds.

    `arrived`: when they came; `waited`: how long they stood in line (until they gave up, if they did; 0 if they
    balked); `served`: how long a till needs for them; `till`: which one, from 1, or 0 for those who left unserved;
    `fate`: "served", "balked" or "reneged". `ended`: when the last one left, or closing time if that is later.
    `opened`: (second, tills open from then on). `staffed`: seconds of work paid for, all tills together.
    """

    arrived: list[float]
    waited: list[float]
    served: list[float]
    till: list[int]
    fate: list[str]
    tills: int
    line: str
    ended: float
    opened: list[tuple[float, int]]
    staffed: float
    _trace: Trace | None = field(default=None)

    def __len__(self) -> int:
        return len(self.arrived)

    def __repr__(self) -> str:
        wait = f", mean wait {self.mean_wait:.1f} s" if any(self.till) else ""
        return f"Day({len(self)} customers, {self.tills} till{'s' * (self.tills != 1)}{wait})"

    @property
    def trace(self) -> Trace:
        """The events of the day, kept if it was run with trace=True."""
        if self._trace is None:
            raise ValueError("this day was run without a trace: run_store(..., trace=True) keeps one")
        return self._trace

    @property
    def waits(self) -> list[float]:
        """The waits of those who were served, in order of arrival, in seconds."""
        return list(compress(self.waited, self.till))

    @property
    def times(self) -> list[float]:
        """Wait and service together of those who were served, in seconds."""
        return [wait + work for wait, work in compress(zip(self.waited, self.served, strict=True), self.till)]

    @property
    def mean_wait(self) -> float:
        """The mean wait of those who were served, in seconds."""
        return _mean(self.waits)

    @property
    def mean_time(self) -> float:
        """The mean time from door to door of those who were served, in seconds."""
        return _mean(self.times)

    def quantile_wait(self, share: float = 0.95) -> float:
        """The wait that a share `share` of those who were served did not exceed, in seconds."""
        return quantile(self.waits, share)

    def served_within(self, seconds: float) -> float:
        """The share of all who came that were served after at most `seconds` of waiting: the service level."""
        checks.number("seconds", seconds)
        in_time = sum(1 for wait, till in zip(self.waited, self.till, strict=True) if till and wait <= seconds)
        return in_time / _some(self.arrived, "customers came")

    def share(self, fate: str) -> float:
        """The share of all who came whose fate was `fate`: "served", "balked" or "reneged"."""
        if fate not in (SERVED, BALKED, RENEGED):
            raise ValueError(f'fate is {fate!r}: it must be "served", "balked" or "reneged"')
        return self.fate.count(fate) / _some(self.arrived, "customers came")

    @property
    def utilisation(self) -> float:
        """The share of staffed time that tills were busy."""
        if not self.staffed:
            raise ValueError("no till was staffed for any time, so there is no utilisation")
        return fsum(compress(self.served, self.till)) / self.staffed

    def queue_over_time(self) -> Steps:
        """The length of the line: the moments at which it changes, and the number from each moment on."""
        return _steps([(at, at + wait) for at, wait in zip(self.arrived, self.waited, strict=True)])

    def present_over_time(self) -> Steps:
        """The customers in the store, in line or at a till: the moments of change, and the number from each on."""
        rows = zip(self.arrived, self.waited, self.served, self.till, strict=True)
        return _steps([(at, at + wait + (work if till else 0.0)) for at, wait, work, till in rows])

    def open_over_time(self) -> Steps:
        """The number of open tills: the moments of change, and the number from each moment on."""
        return [at for at, _ in self.opened], [tills for _, tills in self.opened]


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest of `values` that a share `share` of them does not exceed.

    >>> quantile([1, 2, 3, 4], .5)
    2
    """
    checks.share("share", share)
    return sorted(values)[ceil(share * _some(values, "customers were served")) - 1]


def _mean(values: Sequence[float]) -> float:
    return fsum(values) / _some(values, "customers were served")


def _some(values: Sequence[float], what: str) -> int:
    if not len(values):
        raise ValueError(f"no {what}, so there is nothing to measure")
    return len(values)


def _steps(spans: list[tuple[float, float]]) -> Steps:
    """The number of spans that hold each moment, from 0 on, as steps: a moment at which nothing changes is none."""
    changes: dict[float, int] = {}
    for start, end in spans:
        changes[start] = changes.get(start, 0) + 1
        changes[end] = changes.get(end, 0) - 1
    number = changes.pop(0.0, 0)
    moments, numbers = [0.0], [number]
    for moment in sorted(moment for moment, change in changes.items() if change):
        number += changes[moment]
        moments.append(moment)
        numbers.append(number)
    return moments, numbers
