"""Checks of the arguments of a queueing model: each names the bad value and what would be right."""

from collections.abc import Sequence
from math import isfinite
from numbers import Real


def number(name: str, value: float, least: float = 0.0, more: bool = False) -> float:
    """`value` as a float, at least `least` (more than it if `more`), or an error that names it."""
    right = f"{'more than' if more else 'at least'} {least:g}"
    if not isinstance(value, Real) or isinstance(value, bool):
        raise TypeError(f"{name} is {value!r}: it must be a number, {right}")
    if not isfinite(value) or value < least or (more and value == least):
        raise ValueError(f"{name} is {value:g}: it must be {right}, and finite")
    return float(value)


def whole(name: str, value: int, least: int = 0) -> int:
    """`value` as a whole number of at least `least`, or an error that names it."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} is {value!r}: it must be a whole number, at least {least}")
    if not isfinite(value) or value != int(value) or value < least:
        raise ValueError(f"{name} is {value}: it must be a whole number, at least {least}")
    return int(value)


def clock(now: float, before: float) -> float:
    """The second `now`, or an error if it is earlier than `before`, the last one."""
    if not now >= before:
        raise ValueError(f"now is {now} s, after {before} s: the clock runs back")
    return now


def share(name: str, value: float) -> float:
    """`value` as a number strictly between 0 and 1, or an error that names it."""
    if not 0.0 < number(name, value) < 1.0:
        raise ValueError(f"{name} is {value:g}: it must lie between 0 and 1, both excluded (0.95 is 95 %)")
    return float(value)


def seconds(name: str, values: Sequence[float], finite: bool = True) -> list[float]:
    """`values` as a list of numbers of seconds, 0 or more, or an error that names the first bad one."""
    values = list(values)
    if any(kind is not float and not issubclass(kind, Real) for kind in set(map(type, values))):
        strange = next(value for value in values if not isinstance(value, Real))
        raise TypeError(f"{name} {strange!r} is no number: give seconds")
    good = isfinite if finite else lambda value: value == value
    if not all(map(good, values)) or min(values, default=0.0) < 0.0:
        place = next(i for i, value in enumerate(values) if not (good(value) and value >= 0.0))
        right = "seconds, 0 or more" + ", and finite" * finite
        raise ValueError(f"{name} number {place + 1} is {values[place]:g}: it must be {right}")
    return list(map(float, values))


def moments(name: str, values: Sequence[float]) -> list[float]:
    """`values` as a list of moments in order, in seconds, or an error that names the first one out of order."""
    values = seconds(name, values)
    if values != sorted(values):
        late = next(i for i in range(1, len(values)) if values[i] < values[i - 1])
        raise ValueError(f"{name} number {late + 1} is at {values[late]:g} s, before the one it follows: sort them")
    return values
