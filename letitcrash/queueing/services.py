"""Service times, and the patience of those who wait, as objects with a mean and a variability.

`cv2` is the squared coefficient of variation, variance over mean squared: 0 when all take the same time, 1 when times
are exponential, more when a few take very long. Exponential and hyper-exponential times take one number of chance a
customer: days that differ in `cv2` alone have their quick and their slow customers at the same places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from math import fsum, log, sqrt
from random import Random
from typing import Protocol

from letitcrash.queueing import checks


class Service(Protocol):
    """Anything that can say how long each customer takes, in seconds."""

    mean: float
    cv2: float

    def times(self, chance: Random, customers: int) -> list[float]:
        """The times of `customers` customers, in the order in which they arrive."""
        ...


@dataclass(frozen=True, slots=True)
class Exponential:
    """Memoryless times: however long it took so far, the rest has the same distribution."""

    mean: float
    cv2 = 1.0

    def __post_init__(self):
        checks.number("mean", self.mean, more=True)

    def times(self, chance: Random, customers: int) -> list[float]:
        """The times of `customers` customers, by inversion."""
        mean, uniform = self.mean, chance.random
        return [-mean * log(1.0 - uniform()) for _ in repeat(None, customers)]


@dataclass(frozen=True, slots=True)
class Deterministic:
    """The same time for everybody."""

    mean: float
    cv2 = 0.0

    def __post_init__(self):
        checks.number("mean", self.mean)

    def times(self, chance: Random, customers: int) -> list[float]:
        """The times of `customers` customers; no chance in it."""
        return [float(self.mean)] * customers


@dataclass(frozen=True, slots=True)
class HyperExponential:
    """Two kinds of customer, many quick and a few slow, each exponential; `cv2` is 1 or more.

    Balanced means: either kind makes up half of all the work (Whitt 1982, "Approximating a point process by a
    renewal process, I").
    """

    mean: float
    cv2: float = 4.0

    def __post_init__(self):
        checks.number("mean", self.mean, more=True)
        checks.number("cv2", self.cv2, least=1.0)

    @property
    def quick(self) -> float:
        """The share of customers who are quick."""
        return (1.0 + sqrt((self.cv2 - 1.0) / (self.cv2 + 1.0))) / 2.0

    def times(self, chance: Random, customers: int) -> list[float]:
        """The times of `customers` customers; one number of chance picks the kind and, stretched, the time."""
        quick, uniform = self.quick, chance.random
        slow = 1.0 - quick
        quick_mean, slow_mean = self.mean / (2.0 * quick), self.mean / (2.0 * slow)
        return [
            -quick_mean * log((quick - u) / quick) if u < quick else -slow_mean * log((1.0 - u) / slow)
            for u in [uniform() for _ in repeat(None, customers)]
        ]


@dataclass(frozen=True, slots=True)
class Gamma:
    """Times less variable than exponential ones, with a `cv2` below 1; for a whole 1/cv2 they are Erlang's phases.

    For a `cv2` above 1 take HyperExponential: its few slow customers can be pointed at.
    """

    mean: float
    cv2: float = 0.5

    def __post_init__(self):
        checks.number("mean", self.mean, more=True)
        checks.number("cv2", self.cv2, more=True)

    def times(self, chance: Random, customers: int) -> list[float]:
        """The times of `customers` customers."""
        shape, scale = 1.0 / self.cv2, self.mean * self.cv2
        return [chance.gammavariate(shape, scale) for _ in repeat(None, customers)]


@dataclass(frozen=True, slots=True)
class Empirical:
    """Times that were measured: each customer takes one of them, all equally likely."""

    measured: Sequence[float]

    def __post_init__(self):
        if not len(self.measured):
            raise ValueError("measured is empty: give the service times that were seen, in seconds")
        object.__setattr__(self, "measured", tuple(checks.seconds("measured time", self.measured)))
        if not any(self.measured):
            raise ValueError("every measured time is 0: give at least one that takes time")

    @property
    def mean(self) -> float:
        """The mean of the measured times, in seconds."""
        return fsum(self.measured) / len(self.measured)

    @property
    def cv2(self) -> float:
        """Variance over mean squared of the measured times."""
        mean = self.mean
        return fsum((time - mean) ** 2 for time in self.measured) / len(self.measured) / mean**2

    def times(self, chance: Random, customers: int) -> list[float]:
        """The times of `customers` customers."""
        measured, uniform, size = self.measured, chance.random, len(self.measured)
        return [measured[int(size * uniform())] for _ in repeat(None, customers)]


def service_of(mean: float, cv2: float) -> Service:
    """A service time of this `mean` and this variability, whatever it takes: for a slider over `cv2`."""
    if checks.number("cv2", cv2) == 0.0:
        return Deterministic(mean)
    if cv2 < 1.0:
        return Gamma(mean, cv2)
    return Exponential(mean) if cv2 == 1.0 else HyperExponential(mean, cv2)
