"""Figures from plain values: curves, steps and bars in the book's colours."""

import itertools
import textwrap
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from letitcrash.show.figure import Figure
from letitcrash.show.palette import BRICK, COLOURS, DASHES, EGG, GREY, INK, YOLK, YOLK_SOFT

Range = tuple[float, float]
LABEL = 16  # characters of a bar's name before it wraps
BAR, AROUND_BARS = 46, 80  # pixels of height: a bar with its gap, and what stands above and below all of them


def lines(
    x: Sequence[float],
    curves: Mapping[str, Sequence[float]],
    *,
    x_title: str,
    y_title: str,
    reading: str,
    x_range: Range | None = None,
    y_range: Range | None = None,
    mark: tuple[float, float, str] | None = None,
) -> Figure:
    """Curves over `x`, one for each name; `mark` is (x, y, text), a point to look at. Ranges hold the axes still."""
    data = []
    for (name, y), colour, dash in zip(curves.items(), itertools.cycle(COLOURS), itertools.cycle(DASHES), strict=False):
        if len(y) != len(x):
            raise ValueError(f"{name!r} has {len(y)} values over {len(x)} places: give one value a place")
        line = {"color": colour, "dash": dash, "width": 2.5}
        data.append({"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "line": line})
    if mark:
        low, high = x_range or (min(x), max(x))
        side = "top right" if mark[0] < low + (high - low) / 4 else "top left"
        data.append({**dot(*mark), "textposition": side})
    return Figure(data, axes(x_title, y_title, x_range, y_range), reading=reading)


def steps(
    t: Sequence[float],
    counts: Mapping[str, Sequence[float]],
    *,
    x_title: str,
    y_title: str,
    reading: str,
    x_range: Range | None = None,
    y_range: Range | None = None,
) -> Figure:
    """Counts that hold until the next change: `counts[name][i]` from `t[i]` on; the first is filled to the ground."""
    figure = lines(t, counts, x_title=x_title, y_title=y_title, reading=reading, x_range=x_range, y_range=y_range)
    for trace in figure.data:
        trace["line"] |= {"shape": "hv", "width": 1.5}
    figure.data[0] |= {"fill": "tozeroy", "fillcolor": YOLK_SOFT}
    return figure


def bars(
    values: Mapping[str, float],
    *,
    title: str,
    reading: str,
    spread: Mapping[str, Range] | None = None,
    value_range: Range | None = None,
) -> Figure:
    """A bar lying for each name, the first on top; `spread` gives the low and the high end of each bar's interval."""
    names = {name: "<br>".join(textwrap.wrap(str(name), LABEL)) for name in values}
    marker = {"color": EGG, "line": {"color": YOLK, "width": 1.5}}
    trace: dict[str, Any] = {"type": "bar", "orientation": "h", "y": list(names.values()), "x": list(values.values())}
    trace |= {"marker": marker, "width": 0.55, "hovertemplate": "%{y}: %{x:.3g}<extra></extra>"}
    if spread:
        above = [spread[name][1] - value for name, value in values.items()]
        below = [value - spread[name][0] for name, value in values.items()]
        look = {"color": INK, "thickness": 2, "width": 7}
        trace["error_x"] = {"type": "data", "symmetric": False, "array": above, "arrayminus": below, **look}
    layout = axes(title, "", value_range)
    layout["yaxis"] |= {"autorange": "reversed", "tickfont": {"color": INK}, "ticks": ""}
    layout["xaxis"] |= {"rangemode": "tozero", "showgrid": True}
    return Figure([trace], layout | {"height": AROUND_BARS + BAR * len(values)}, reading=reading)


def measured(
    runs: Mapping[float, Any], *, name: str = "measured", color: str = BRICK, symbol: str = "diamond-open"
) -> dict[str, Any]:
    """A trace with the measured mean at each place and its interval as a bar; `runs` gives the Interval of a place."""
    bar = {"type": "data", "array": [run.half_width for run in runs.values()], "color": color}
    return {"type": "scatter", "mode": "markers", "name": name, "x": list(runs),
            "y": [run.mean for run in runs.values()],
            "marker": {"color": color, "size": 9, "symbol": symbol}, "error_y": bar}  # fmt: skip


def dot(x: float, y: float, text: str) -> dict[str, Any]:
    """A trace with one marked point, its text on the left above it."""
    marker = {"color": BRICK, "size": 11, "line": {"color": INK, "width": 1}}
    place = {"x": [x], "y": [y], "text": [text], "textposition": "top left", "textfont": {"color": INK, "size": 15}}
    quiet = {"showlegend": False, "hoverinfo": "skip", "cliponaxis": False}
    return {"type": "scatter", "mode": "markers+text", "name": text, "marker": marker, **place, **quiet}


def sampled(steps: tuple[Sequence[float], Sequence[float]], moments: Sequence[float]) -> list[float]:
    """The number that holds at each of `moments`: of steps, moments of change and numbers, and 0 before the first.

    >>> sampled(([1, 5], [3, 2]), [0, 1, 4, 9])
    [0, 3, 3, 2]
    """
    changes, numbers = steps
    return [numbers[bisect_right(changes, moment) - 1] if changes and moment >= changes[0] else 0 for moment in moments]


def axes(x_title: str, y_title: str, x_range: Range | None = None, y_range: Range | None = None) -> dict[str, Any]:
    """A layout with titled axes; a range holds an axis still while a slider moves."""
    layout: dict[str, Any] = {}
    for name, title, span in (("xaxis", x_title, x_range), ("yaxis", y_title, y_range)):
        layout[name] = {"title": {"text": title, "font": {"color": GREY}}}
        if span:
            layout[name]["range"] = list(span)
    return layout
