"""What a store can be given: each check names the bad value and what would be right."""

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
    if isinstance(value, bool) or not isinstance(value, Real) or value != value or value != int(value):
        raise TypeError(f"{name} is {value!r}: it must be a whole number, at least {least}")
    if value < least:
        raise ValueError(f"{name} is {value}: it must be at least {least}")
    return int(value)


def share(name: str, value: float) -> float:
    """`value` as a number strictly between 0 and 1, or an error that names it."""
    if not 0.0 < number(name, value) < 1.0:
        raise ValueError(f"{name} is {value:g}: it must lie between 0 and 1, both excluded (0.95 is 95 %)")
    return float(value)


def seconds(name: str, values: Sequence[float]) -> list[float]:
    """`values` as a list of finite numbers of seconds, 0 or more, or an error that names the first bad one."""
    values = list(values)
    if not all(map(isfinite, values)) or min(values, default=0.0) < 0.0:
        place = next(i for i, value in enumerate(values) if not (isfinite(value) and value >= 0.0))
        raise ValueError(f"{name} number {place + 1} is {values[place]:g}: it must be seconds, 0 or more, and finite")
    return values
