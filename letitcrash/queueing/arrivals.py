"""Arrivals as objects that draw the times of a whole day, in seconds since the doors opened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import accumulate, repeat
from math import floor, inf, log
from random import Random
from typing import Protocol

from letitcrash.queueing import checks

SECONDS_PER_HOUR = 3600.0


class Arrivals(Protocol):
    """Anything that can say when customers arrive. `closes`: the second after which nobody comes, or infinity."""

    closes: float

    def times(self, chance: Random, until: float = inf, customers: float = inf) -> list[float]:
        """The arrival times below `until` (seconds), in order, at most `customers` of them."""
        ...


@dataclass(frozen=True, slots=True)
class Poisson:
    """Customers who know nothing of each other: `per_hour` of them on average, gaps exponential."""

    per_hour: float
    closes = inf

    def __post_init__(self):
        checks.number("per_hour", self.per_hour, more=True)

    @classmethod
    def for_load(cls, load: float, service, tills: int = 1) -> "Poisson":
        """So many customers that `tills` tills are busy a share `load` of the time."""
        checks.number("load", load, more=True)
        return cls(load * checks.whole("tills", tills, least=1) * SECONDS_PER_HOUR / service.mean)

    def times(self, chance: Random, until: float = inf, customers: float = inf) -> list[float]:
        """The arrival times below `until` (seconds), in order, at most `customers` of them."""
        gap, uniform = SECONDS_PER_HOUR / self.per_hour, chance.random
        if customers < inf:
            times = list(accumulate([-gap * log(1.0 - uniform()) for _ in repeat(None, customers)]))
            return times if until == inf else [at for at in times if at < until]
        times, at = [], -gap * log(1.0 - uniform())
        while at < until:
            times.append(at)
            at -= gap * log(1.0 - uniform())
        return times


@dataclass(frozen=True, slots=True)
class Hourly:
    """Arrivals by the clock: entry k of `per_hour` holds during hour k of the day; nobody comes after the last.

    `start` is the hour on the clock at which the doors open, so that `clock(seconds)` can name a moment.
    """

    per_hour: Sequence[float]
    start: float = 0.0

    def __post_init__(self):
        if not self.per_hour:
            raise ValueError("per_hour is empty: give one number of customers for each hour that the store is open")
        for hour, rate in enumerate(self.per_hour):
            checks.number(f"per_hour[{hour}]", rate)

    @property
    def closes(self) -> float:
        """The end of the last hour, in seconds."""
        return len(self.per_hour) * SECONDS_PER_HOUR

    def clock(self, seconds: float) -> str:
        """The moment `seconds` after opening as the clock on the wall shows it.

        >>> Hourly([60, 90], start=16).clock(4200)
        '17:10'
        """
        in_minutes = floor(self.start * 60 + seconds / 60)
        return f"{in_minutes // 60 % 24:02d}:{in_minutes % 60:02d}"

    def times(self, chance: Random, until: float = inf, customers: float = inf) -> list[float]:
        """The arrival times below `until` (seconds), in order, at most `customers` of them.

        A unit-rate Poisson process whose clock runs at each hour's rate (Çinlar 1975, "Introduction
        to Stochastic Processes": inversion).
        """
        expected = list(accumulate(self.per_hour))  # customers by the end of each hour
        times, due, hour = [], 0.0, 0
        while len(times) < customers:
            due -= log(1.0 - chance.random())
            while hour < len(expected) and due > expected[hour]:
                hour += 1
            if hour == len(expected):
                break
            before = expected[hour - 1] if hour else 0.0
            at = SECONDS_PER_HOUR * (hour + (due - before) / self.per_hour[hour])
            if at >= until:
                break
            times.append(at)
        return times


@dataclass(frozen=True, slots=True)
class Bursts:
    """Customers who come by bus: `per_hour` customers on average, `size` a bus on average, getting in within `over` s.

    Buses are a Poisson process, the number in each is geometric. Where a bus empties at once and one till serves in
    exponential times, the time from door to door is `size` times that of `Poisson(per_hour)` (Gross & Harris,
    "Fundamentals of Queueing Theory", M[X]/M/1).
    """

    per_hour: float
    size: float = 5.0
    over: float = 0.0
    closes = inf

    def __post_init__(self):
        checks.number("per_hour", self.per_hour, more=True)
        checks.number("size", self.size, least=1.0)
        checks.number("over", self.over)

    def times(self, chance: Random, until: float = inf, customers: float = inf) -> list[float]:
        """The arrival times below `until` (seconds), in order, at most `customers` of them."""
        times, getting_in = [], []
        for bus in self._buses(chance):
            while getting_in and getting_in[0] <= bus:
                at = heappop(getting_in)
                if at >= until or len(times) >= customers:
                    return times
                times.append(at)
            if bus >= until and not getting_in:
                return times
            for _ in repeat(None, self._riders(chance)):
                heappush(getting_in, bus + self.over * chance.random())

    def _buses(self, chance: Random) -> Iterator[float]:
        gap, at = self.size * SECONDS_PER_HOUR / self.per_hour, 0.0
        while True:
            at -= gap * log(1.0 - chance.random())
            yield at

    def _riders(self, chance: Random) -> int:
        if self.size == 1.0:
            return 1
        return 1 + floor(log(1.0 - chance.random()) / log(1.0 - 1.0 / self.size))


@dataclass(frozen=True, slots=True)
class Rush:
    """`per_hour` customers on average, and `factor` times as many from second `since` to `until`: a bus station."""

    per_hour: float
    since: float
    until: float
    factor: float = 3.0
    closes = inf

    def __post_init__(self):
        checks.number("per_hour", self.per_hour, more=True)
        checks.number("since", self.since)
        checks.number("until", self.until, least=self.since)
        checks.number("factor", self.factor, more=True)

    def times(self, chance: Random, until: float = inf, customers: float = inf) -> list[float]:
        """The arrival times below `until` (seconds), in order, at most `customers` of them; by inversion, as Hourly."""
        gap, times, due = SECONDS_PER_HOUR / self.per_hour, [], 0.0
        rush = self.factor * (self.until - self.since)
        while len(times) < customers:
            due -= gap * log(1.0 - chance.random())
            at, more = due, due - self.since
            if more >= 0.0:
                at = self.since + more / self.factor if more < rush else self.until + more - rush
            if at >= until:
                break
            times.append(at)
        return times


@dataclass(frozen=True, slots=True)
class Recorded:
    """Arrivals that were seen before: `at` holds their times in seconds, in order."""

    at: Sequence[float]

    def __post_init__(self):
        checks.moments("arrival", self.at)

    @property
    def closes(self) -> float:
        """The last of them, in seconds."""
        return float(max(self.at, default=0.0))

    def times(self, chance: Random, until: float = inf, customers: float = inf) -> list[float]:
        """The recorded times below `until` (seconds), at most `customers` of them; no chance in it."""
        times = [at for at in self.at if at < until]
        return times if customers == inf else times[:customers]
