"""bet: what the reader expects, committed before the result is shown and laid over it after."""

import dataclasses
import hashlib
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from letitcrash.show.controls import Control

kept: dict[str, Any] = {}  # the answers of this session, by the bet's key


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


@dataclasses.dataclass(frozen=True)
class Bet:
    """A question, the kind of its answer, what came out, and where the controls stand for it."""

    question: str
    kind: Number | Curve | Control
    truth: Any
    at: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    why: str = ""
    across: str = "y"

    @property
    def key(self) -> str:
        """The name under which the answer is kept; another question has another name."""
        words = "-".join(re.findall(r"[a-z0-9]+", self.question.lower())[:6])
        return f"letitcrash/bet/{words}-{hashlib.sha256(f'{self.question}{self.kind}'.encode()).hexdigest()[:6]}"


def number(low: float, high: float, unit: str = "") -> Number:
    """A number from `low` to `high`, in `unit`."""
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise ValueError(f"a bet's number lies between low and high, low first; not {low} and {high}")
    return Number(low, high, unit)


def curve(x: Sequence[float], low: float, high: float, *, x_title: str = "", y_title: str = "") -> Curve:
    """A curve to draw: a height from `low` to `high` at each of the places `x` (3 to 40 of them, rising)."""
    places = tuple(float(place) for place in x)
    if not 3 <= len(places) <= 40 or list(places) != sorted(set(places)):
        raise ValueError(f"a curve is drawn over 3 to 40 rising places; not {list(places)}")
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise ValueError(f"a curve is drawn between low and high, low first; not {low} and {high}")
    return Curve(places, low, high, x_title, y_title)


def bet(
    question: str,
    kind: Number | Curve | Control,
    *,
    truth: Any | Callable[..., Any],
    at: Mapping[str, Any] | None = None,
    why: str = "",
    across: str = "y",
) -> Bet:
    """Ask `question` before the result is shown; the answer is a number(...), a choice(...) or a curve(...).

    `truth` is what comes out: a number, an option, or one height for each place of the curve; a function is called
    once for it (with each place, for a curve). `at` puts an explorable's controls where the question asks about them.
    `across` is the axis on which a number lies in the picture: "y", "x", or "" to leave it out of the picture.
    `why` is told with the result.
    """
    if isinstance(kind, Curve):
        truth = [truth(place) for place in kind.x] if callable(truth) else list(truth)
        if len(truth) != len(kind.x):
            raise ValueError(f"the curve has {len(kind.x)} places and truth {len(truth)}: give one height a place")
    elif callable(truth):
        truth = truth()
    if isinstance(kind, Control) and (kind.kind != "choice" or truth not in kind.values):
        raise ValueError(f"truth={truth!r} is not one of the options {list(kind.values)}")
    if not isinstance(kind, Number | Curve | Control):
        raise TypeError(f"a bet is a number(low, high), a choice(...) or a curve(...); not {kind!r}")
    return Bet(question, kind, truth, dict(at or {}), why, across)
