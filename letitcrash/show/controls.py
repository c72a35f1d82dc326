"""Controls for a reader to turn: slider, choice and toggle, each a list of values with a start."""

import dataclasses
import math
from collections.abc import Callable, Sequence
from typing import Any

MOST_STOPS = 201


@dataclasses.dataclass(frozen=True)
class Control:
    """One input: its `kind`, the `values` it can take, the position it starts at, its label and unit."""

    kind: str
    values: tuple[Any, ...]
    start: int
    label: str | None = None
    unit: str = ""
    text: Callable[[Any], str] | None = None

    def texts(self) -> list[str]:
        """Every value as the reader sees it."""
        if self.text:
            return [str(self.text(value)) for value in self.values]
        if self.kind == "slider":
            return [f"{text} {self.unit}".strip() for text in _digits(self.values)]
        if self.kind == "toggle":
            return ["on" if value else "off" for value in self.values]
        return [str(value) for value in self.values]


def slider(
    low: float | None = None,
    high: float | None = None,
    step: float | None = None,
    *,
    start: float | None = None,
    stops: Sequence[float] | None = None,
    label: str | None = None,
    unit: str = "",
    text: Callable[[Any], str] | None = None,
) -> Control:
    """A number between `low` and `high` in steps of `step` (chosen when not given), or one of the named `stops`.

    Whole numbers give whole numbers. It starts at `start`, or in the middle. The reader sees it with its `unit`, or as
    `text(value)` writes it: a time of day, a share in per cent.

    >>> slider(1, 4).values
    (1, 2, 3, 4)
    >>> slider(stops=[0.5, 0.8, 0.95]).values
    (0.5, 0.8, 0.95)
    """
    if stops is not None:
        if low is not None or high is not None:
            raise ValueError("a slider takes either low and high, or stops; not both")
        values = tuple(stops)
        for value in values:
            _check_number("a stop", value)
        if len(values) < 2 or list(values) != sorted(set(values)):
            raise ValueError(f"stops are two or more numbers in rising order; not {list(values)}")
    else:
        values = _between(low, high, step)
    return Control("slider", values, nearest(values, start), label, unit, text)


def choice(*options: Any, start: Any = None, label: str | None = None) -> Control:
    """One of `options`, shown as they print; the first is chosen unless `start` names another.

    >>> choice("one line", "a line per till").values
    ('one line', 'a line per till')
    """
    if len(options) == 1 and isinstance(options[0], list | tuple):
        options = tuple(options[0])
    if len(options) < 2:
        raise ValueError(f"a choice needs two options or more; not {list(options)}")
    if len({str(option) for option in options}) < len(options):
        raise ValueError(f"two options of a choice read the same: {[str(option) for option in options]}")
    if start is not None and start not in options:
        raise ValueError(f"start={start!r} is not one of the options {list(options)}")
    return Control("choice", options, options.index(start) if start is not None else 0, label)


def toggle(start: bool = False, *, label: str | None = None) -> Control:
    """On or off: True or False."""
    return Control("toggle", (False, True), int(bool(start)), label)


def as_control(name: str, value: Any) -> Control:
    """The control called `name`, or a TypeError that says what a control is."""
    if not isinstance(value, Control):
        raise TypeError(f"{name}={value!r} is not a control: write {name}=slider(...), choice(...) or toggle(...)")
    return value if value.label else dataclasses.replace(value, label=name.replace("_", " "))


def _check_number(name: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{name} of a slider is a finite number; not {value!r}")


def _between(low: Any, high: Any, step: Any) -> tuple[float, ...]:
    _check_number("low", low)
    _check_number("high", high)
    if low >= high:
        raise ValueError(f"a slider runs from low to high: {low} is not below {high}")
    whole = isinstance(low, int) and isinstance(high, int)
    if step is None:
        step = _nice_step(high - low, whole)
    _check_number("step", step)
    if step <= 0:
        raise ValueError(f"step of a slider is more than 0; not {step}")
    count = math.floor((high - low) / step + 1e-9) + 1
    if count > MOST_STOPS:
        raise ValueError(f"a slider from {low} to {high} in steps of {step} has {count} stops; {MOST_STOPS} at most")
    values = [low + index * step for index in range(count)]
    if not (whole and isinstance(step, int)):
        values = [round(value, 10) for value in values]
    if high - values[-1] > step * 1e-6:
        values.append(high)
    return tuple(values)


def _nice_step(span: float, whole: bool) -> float:
    """The smallest of ..., .1, .2, .5, 1, 2, 5, ... that gives 100 steps or fewer."""
    power = 10.0 ** math.floor(math.log10(span / 100))
    step = next(power * factor for factor in (1, 2, 5, 10) if span / (power * factor) <= 100 + 1e-9)
    return max(1, round(step)) if whole else step


def nearest(values: tuple[float, ...], start: float | None) -> int:
    """The position of the stop nearest to `start`; the middle one for None. Raises ValueError outside the slider."""
    if start is None:
        return (len(values) - 1) // 2
    _check_number("start", start)
    if not values[0] <= start <= values[-1]:
        raise ValueError(f"start={start} lies outside the slider, which runs from {values[0]} to {values[-1]}")
    return min(range(len(values)), key=lambda index: abs(values[index] - start))


def _digits(values: Sequence[float]) -> list[str]:
    """The numbers with as many decimals as tell all of them apart, four at most."""
    for decimals in range(5):
        texts = [f"{value:.{decimals}f}" for value in values]
        if all(abs(float(text) - value) < 1e-9 for text, value in zip(texts, values, strict=True)):
            break
    return texts
