"""The kinds of answer a bet can have beside a choice: a number, or a curve to draw."""

import dataclasses
import math
from collections.abc import Sequence
from typing import Any

FEWEST_PLACES, MOST_PLACES = 3, 40


@dataclasses.dataclass(frozen=True)
class Number:
    """A number from `low` to `high`."""

    low: float
    high: float
    unit: str = ""


@dataclasses.dataclass(frozen=True)
class Curve:
    """A curve over the places `x`, drawn between `low` and `high`."""

    x: tuple[float, ...]
    low: float
    high: float
    x_title: str = ""
    y_title: str = ""


def number(low: float, high: float, unit: str = "") -> Number:
    """A number from `low` to `high`, in `unit`: `number(0, 60, "minutes")`."""
    return Number(*_ends("a bet's number", low, high), unit)


def curve(x: Sequence[float], low: float, high: float, *, x_title: str = "", y_title: str = "") -> Curve:
    """A curve to draw: a height from `low` to `high` at each of the places `x` (3 to 40 of them, rising)."""
    places = tuple(finite("a place of the curve", place) for place in x)
    if not FEWEST_PLACES <= len(places) <= MOST_PLACES or list(places) != sorted(set(places)):
        raise ValueError(f"a curve is drawn over {FEWEST_PLACES} to {MOST_PLACES} rising places; not {list(places)}")
    return Curve(places, *_ends("a curve", low, high), x_title, y_title)


def finite(name: str, value: Any) -> float:
    """`value` if it is a finite number, else a ValueError that names it."""
    if isinstance(value, bool) or not hasattr(value, "__float__") or not math.isfinite(value):
        raise ValueError(f"{name} is a finite number; not {value!r}")
    return float(value) if not isinstance(value, int) else value


def _ends(name: str, low: Any, high: Any) -> tuple[float, float]:
    if finite(f"low of {name}", low) >= finite(f"high of {name}", high):
        raise ValueError(f"{name} lies between low and high, low first; not {low} and {high}")
    return low, high
