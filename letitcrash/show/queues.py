"""Figures of a queue: from a Day, or from plain lists. Seconds come in, minutes are shown."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from letitcrash.show import charts
from letitcrash.show.figure import Figure

SINCE = "minutes since opening"
MOST_STEPS = 300  # changes of a queue that are drawn one by one; more are drawn as the longest line of each interval
LOADS = tuple(load / 100 for load in range(2, 99))


def waiting_curve(
    wait: Callable[[float], float] | Mapping[str, Callable[[float], float]],
    *,
    at: float | None = None,
    loads: Sequence[float] = LOADS,
    x_title: str = "load: the share of time that the tills are busy",
    y_title: str = "mean wait, in service times",
    top: float = 25,
) -> Figure:
    """The wait over the load: `wait(load)` for each of `loads`, or several such functions by name; `at` marks a load.

    Unit-free, as the formulas are: give a wait in service times, or in minutes with a `y_title` that says so. A load
    at which a function raises ValueError (no steady state) is left out. `top` is where the picture ends.
    """
    waits = dict(wait) if isinstance(wait, Mapping) else {"the wait is": wait}
    curves = {name: [_or_gap(rule, load) for load in loads] for name, rule in waits.items()}
    if at is None:
        reading, mark = _growth(loads, curves), None
    else:
        values = {name: rule(at) for name, rule in waits.items()}
        first = next(iter(values.values()))
        mark = (at, min(first, top), f"{first:.3g}")
        reading = f"At load {at:g}: " + ", ".join(f"{name} {value:.3g}" for name, value in values.items()) + "."
    return charts.lines(
        loads, curves, x_title=x_title, y_title=y_title, reading=reading, x_range=(0, 1), y_range=(0, top), mark=mark
    )


def queue_over_time(day: Any, *, y_title: str = "customers in line", top: float | None = None) -> Figure:
    """The length of the line over the day. `day` is a Day, or its `queue_over_time()`: moments in seconds, numbers.

    Several days by name are laid over each other. A line that changes more than 300 times is drawn by intervals of
    whole minutes, each at its longest. `top` holds the upright axis still.
    """
    days = dict(day) if isinstance(day, Mapping) else {"in line": day}
    series = {name: _steps_of(one) for name, one in days.items()}
    width = max(_interval(moments) for moments, _ in series.values())
    ends = math.ceil(max(moments[-1] for moments, _ in series.values()) / width) if width else 0
    if width:
        t = [index * width / 60 for index in range(ends + 1)]
        counts = {name: _by_interval(moments, numbers, width, ends) for name, (moments, numbers) in series.items()}
    else:
        t = sorted({moment for moments, _ in series.values() for moment in moments})
        counts = {name: charts.sampled(steps, t) for name, steps in series.items()}
        t = [moment / 60 for moment in t]
    reading = " ".join(_longest(name, *pair, several=len(series) > 1) for name, pair in series.items())
    return charts.steps(
        t, counts, x_title=SINCE, y_title=y_title, reading=reading, y_range=None if top is None else (0, top)
    )


def compare_designs(results: Mapping[str, Any], *, title: str, top: float | None = None) -> Figure:
    """A bar a design with its interval. A result is an Interval (low, mean, high), such a triple, or a number.

    `title` says what is compared, with its unit; `top` holds the axis still.
    """
    means, spread = {}, {}
    for name, result in results.items():
        if hasattr(result, "mean"):
            result = (result.low, result.mean, result.high)
        low, mean, high = result if isinstance(result, Iterable) else (result, result, result)
        means[name], spread[name] = mean, (low, high)
    said = (
        f"{name} {means[name]:.3g}" + (f" ({a:.3g} to {b:.3g})" if a < b else "") for name, (a, b) in spread.items()
    )
    reading = f"{title[:1].upper()}{title[1:]}: {'; '.join(said)}."
    return charts.bars(means, title=title, reading=reading, spread=spread, value_range=top and (0, top))


def _or_gap(rule: Callable[[float], float], load: float) -> float | None:
    try:
        return rule(load)
    except ValueError:
        return None


def _growth(loads: Sequence[float], curves: Mapping[str, Sequence[float | None]]) -> str:
    name, waits = next(iter(curves.items()))
    known = [(load, wait) for load, wait in zip(loads, waits, strict=True) if wait is not None]
    if not known:
        raise ValueError(f"{name!r} has no value at any of the loads")
    (first, low), (last, high) = known[0], known[-1]
    return f"From load {first:g} to load {last:g} the wait goes from {low:.3g} to {high:.3g}."


def _steps_of(day: Any) -> tuple[list[float], list[float]]:
    moments, numbers = day.queue_over_time() if hasattr(day, "queue_over_time") else day
    if not len(moments):
        raise ValueError("the day is empty: there is no line to draw")
    return list(moments), list(numbers)


def _interval(moments: Sequence[float]) -> float:
    """Seconds of the intervals to draw by, whole minutes; 0 when every change can be drawn."""
    return 60.0 * math.ceil(moments[-1] / 60 / MOST_STEPS) if len(moments) > MOST_STEPS else 0.0


def _by_interval(moments: Sequence[float], numbers: Sequence[float], width: float, count: int) -> list[float]:
    longest, level, place = [], 0, 0
    for index in range(count + 1):
        highest = level
        while place < len(moments) and moments[place] < (index + 1) * width:
            level = numbers[place]
            highest = max(highest, level)
            place += 1
        longest.append(highest)
    return longest


def _longest(name: str, moments: Sequence[float], numbers: Sequence[float], *, several: bool) -> str:
    top = max(numbers)
    when = moments[numbers.index(top)] / 60
    return f"{name if several else 'The line'} is longest after {when:.0f} minutes: {top:g} customers."
