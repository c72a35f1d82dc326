"""Measuring without fooling ourselves: leave out the warm-up, and say how far the number can be off."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, fsum, isfinite, pi, sin, sqrt
from statistics import NormalDist

from letitcrash.queueing import checks


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and the interval that holds the true one with the confidence asked for."""

    low: float
    mean: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def __str__(self) -> str:
        return f"{self.mean:.4g} ± {self.half_width:.2g}"

    @property
    def half_width(self) -> float:
        """The distance by which the mean may be off, either way."""
        return (self.high - self.low) / 2.0


def after_warm_up(values: Sequence[float], drop: float = 0.1) -> Sequence[float]:
    """`values` without their first `drop`: a share below 1, or a whole number of them.

    A day starts with an empty store, so the first waits are too short to stand for the rest.

    >>> after_warm_up([0, 0, 3, 4, 5], drop=2)
    [3, 4, 5]
    """
    number = int(checks.number("drop", drop) * (len(values) if drop < 1 else 1))
    if number >= len(values):
        raise ValueError(f"there are {len(values)} values: leaving out {number} leaves none")
    return values[number:]


def batch_means(values: Sequence[float], batches: int = 20) -> list[float]:
    """The means of `batches` equal stretches of `values`, nearly independent where single waits are not.

    Values beyond the last full batch are left out at the front (Law, "Simulation Modeling and Analysis", chapter 9).

    >>> batch_means([9, 1, 3, 5, 7], batches=2)
    [2.0, 6.0]
    """
    size = len(values) // checks.whole("batches", batches, least=2)
    if size == 0:
        raise ValueError(f"{len(values)} values do not fill {batches} batches: run longer, or take fewer batches")
    first = len(values) - size * batches
    return [fsum(values[start : start + size]) / size for start in range(first, len(values), size)]


def confidence_interval(values: Sequence[float], level: float = 0.95) -> Interval:
    """The mean of `values` and the interval that holds the true mean with confidence `level` (Student's t).

    The values must be independent: one number per seed, or `batch_means`. The waits of one day are not.
    """
    if len(values) < 2:
        raise ValueError(f"{len(values)} values say nothing about chance: give at least 2, one per seed or batch")
    for number, value in enumerate(values, start=1):
        if not isfinite(value):
            raise ValueError(f"value number {number} is {value:g}: leave it out, or find where it comes from")
    mean = fsum(values) / len(values)
    spread = sqrt(fsum((value - mean) ** 2 for value in values) / (len(values) - 1))
    reach = student_t(checks.share("level", level), len(values) - 1) * spread / sqrt(len(values))
    return Interval(mean - reach, mean, mean + reach)


@cache
def student_t(level: float, freedom: int) -> float:
    """The t that |Student's t| with `freedom` degrees of freedom does not exceed with probability `level`.

    Found by bisection; for large `freedom` from the normal quantile (Abramowitz & Stegun 26.7.5).
    """
    if freedom > 200:
        z = NormalDist().inv_cdf((1.0 + level) / 2.0)
        return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
    low, high = 0.0, pi / 2
    for _ in range(60):
        angle = (low + high) / 2.0
        low, high = (angle, high) if _inside(angle, freedom) < level else (low, angle)
    return sqrt(freedom) * sin(low) / cos(low)


def _inside(angle: float, freedom: int) -> float:
    """P(|t| <= sqrt(freedom) tan(angle)) (Abramowitz & Stegun 26.7.3 and 26.7.4)."""
    odd = freedom % 2
    term, total = (cos(angle), cos(angle)) if odd else (1.0, 1.0)
    if freedom == 1:
        return 2.0 * angle / pi
    for k in range(2 + odd, freedom - 1, 2):
        term *= cos(angle) ** 2 * (k - 1) / k
        total += term
    return 2.0 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total
