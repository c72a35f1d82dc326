"""Figures from plain values: lines, steps and bars in the book's colours."""

from collections.abc import Mapping, Sequence
from typing import Any

from letitcrash.show.figure import Figure
from letitcrash.show.palette import BRICK, COLOURS, DASHES, INK, YOLK


def lines(
    x: Sequence[float],
    curves: Mapping[str, Sequence[float]],
    *,
    x_title: str,
    y_title: str,
    reading: str,
    x_range: tuple[float, float] | None = None,
    y_range: tuple[float, float] | None = None,
    mark: tuple[float, float, str] | None = None,
) -> Figure:
    """Curves over `x`, one for each name; `mark` is (x, y, text), a point to look at."""
    data = [
        {"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "line": {"color": colour, "dash": dash}}
        for (name, y), colour, dash in zip(curves.items(), COLOURS * 9, DASHES * 9, strict=False)
    ]
    layout = axes(x_title, y_title, x_range, y_range)
    if mark:
        data.append(dot(*mark))
    return Figure(data, layout, reading=reading)


def steps(
    t: Sequence[float], count: Sequence[float], *, x_title: str, y_title: str, reading: str, name: str = "in line"
) -> Figure:
    """A count that holds until the next change: `count[i]` from `t[i]` on."""
    trace = {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": t,
        "y": count,
        "line": {"color": YOLK, "shape": "hv"},
    }
    return Figure([{**trace, "fill": "tozeroy"}], axes(x_title, y_title), reading=reading)


def bars(
    values: Mapping[str, float],
    *,
    y_title: str,
    reading: str,
    spread: Mapping[str, tuple[float, float]] | None = None,
) -> Figure:
    """A bar for each name; `spread` gives the low and high end of each bar's interval."""
    trace: dict[str, Any] = {"type": "bar", "x": list(values), "y": list(values.values()), "marker": {"color": YOLK}}
    if spread:
        above = [spread[name][1] - value for name, value in values.items()]
        below = [value - spread[name][0] for name, value in values.items()]
        trace["error_y"] = {"type": "data", "symmetric": False, "array": above, "arrayminus": below, "color": INK}
    return Figure([trace], axes("", y_title), reading=reading)


def dot(x: float, y: float, text: str) -> dict[str, Any]:
    """A trace with one marked point and its text."""
    return {
        "type": "scatter", "mode": "markers+text", "name": text, "x": [x], "y": [y], "text": [text],
        "textposition": "top left", "marker": {"color": BRICK, "size": 10}, "showlegend": False,
    }  # fmt: skip


def axes(
    x_title: str,
    y_title: str,
    x_range: tuple[float, float] | None = None,
    y_range: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """A layout with titled axes; a range holds an axis still while a slider moves."""
    layout: dict[str, Any] = {"xaxis": {"title": {"text": x_title}}, "yaxis": {"title": {"text": y_title}}}
    if x_range:
        layout["xaxis"]["range"] = list(x_range)
    if y_range:
        layout["yaxis"]["range"] = list(y_range)
    return layout
