"""The roster: a bar for each shift, a sign for its end, and below them the restart window as it fills."""

from typing import Any

from letitcrash.show.figure import Figure
from letitcrash.show.palette import BRICK, EGG, GREY, INK, LEAF, PAPER, RULE, TEAL, YOLK, YOLK_SOFT
from letitcrash.supervisor.shifts import HOW, Path, Shift, crashes, fallen, shifts, window
from letitcrash.trace import Trace

LOOKS = (("x", BRICK, 12), ("star", BRICK, 14), ("diamond", BRICK, 15), ("square", GREY, 11), ("circle", LEAF, 12))
SIGNS = dict(zip(HOW, LOOKS, strict=True))
ROW, CARTON, AROUND = (
    30,
    80,
    135,
)  # pixels: a row of the roster, the window below it, and the axis and legend around both
GAP = 0.08  # of the height, between roster and window
INDENT = "\u2003"


def roster(trace: Trace, until: float, *, most: int = 0, more: str = "") -> Figure:
    """The shifts of a tree up to second `until`. `more` ends the sentence that describes the picture.

    With `most`, the restart window of its top stands below, with room for so many, so that a slider moves no axis.
    """
    found = shifts(trace, until)
    at = {path: -number for number, path in enumerate(dict.fromkeys(shift.path for shift in found))}
    data = [_bars(found, at, boss) for boss in (True, False)]
    data += [_signs([shift for shift in found if shift.how == how], at, how) for how in HOW]
    began = sum(not shift.boss for shift in found)
    reading = f"{_things(began, 'shift')} of clerks, {_things(crashes(trace), 'crash')}."
    if not most:
        layout = _layout(at, until) | {"height": AROUND + ROW * len(at)}
        return Figure(data, layout, reading=reading + more)
    seconds, counts, allowed = window(trace, found[0].path, until)
    data += [_carton(seconds, counts), _allowed(allowed, until), _too_many(seconds, counts, allowed)]
    share = CARTON / (CARTON + ROW * len(at))
    layout = _below(_layout(at, until), max(most, *counts), share) | {"height": AROUND + CARTON + ROW * len(at)}
    end = fallen(trace)
    last = "the top never gives up" if end is None else f"the top gives up at {end:.2f} s"
    reading += f" At the most {_things(max(counts), 'restart')} of {allowed} count at once; {last}."
    return Figure(data, layout, reading=reading + more)


def _bars(found: list[Shift], at: dict[Path, int], boss: bool) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for shift in found:
        if shift.boss is boss:
            x += [shift.begin, shift.end, None]
            y += [at[shift.path], at[shift.path], None]
    return {"type": "scatter", "mode": "lines", "name": "supervisor" if boss else "clerk", "x": x, "y": y,
            "line": {"color": TEAL if boss else EGG, "width": 6 if boss else 11}, "hoverinfo": "skip"}  # fmt: skip


def _signs(some: list[Shift], at: dict[Path, int], how: str) -> dict[str, Any]:
    symbol, colour, size = SIGNS[how]
    return {"type": "scatter", "mode": "markers", "name": how, "x": [shift.end for shift in some],
            "y": [at[shift.path] for shift in some], "cliponaxis": False,
            "text": [f"{shift.path[-1]} {how}, {shift.end:g} s" for shift in some], "hoverinfo": "text",
            "marker": {"symbol": symbol, "color": colour, "size": size,
                       "line": {"color": PAPER, "width": 1.5}}}  # fmt: skip


def _carton(seconds: list[float], counts: list[int]) -> dict[str, Any]:
    line = {"color": YOLK, "shape": "hv", "width": 2}
    return {"type": "scatter", "mode": "lines", "name": "restarts that count", "x": seconds, "y": counts,
            "yaxis": "y2", "line": line, "fill": "tozeroy", "fillcolor": YOLK_SOFT, "showlegend": False}  # fmt: skip


def _allowed(allowed: int, until: float) -> dict[str, Any]:
    line = {"color": BRICK, "dash": "dash", "width": 1.5}
    return {"type": "scatter", "mode": "lines+text", "name": "allowed", "x": [0, until], "y": [allowed, allowed],
            "text": ["", "allowed"], "textposition": "top left", "textfont": {"color": BRICK}, "yaxis": "y2",
            "line": line, "showlegend": False, "hoverinfo": "skip"}  # fmt: skip


def _too_many(seconds: list[float], counts: list[int], allowed: int) -> dict[str, Any]:
    over = [(at, count) for at, count in zip(seconds, counts, strict=True) if count > allowed]
    marker = {"symbol": "diamond", "color": BRICK, "size": 11}
    return {"type": "scatter", "mode": "markers", "name": "one too many", "x": [at for at, _ in over],
            "y": [count for _, count in over], "yaxis": "y2", "marker": marker, "showlegend": False,
            "hoverinfo": "name", "cliponaxis": False}  # fmt: skip


def _layout(at: dict[Path, int], until: float) -> dict[str, Any]:
    names = [INDENT * (len(path) - 1) + path[-1] for path in at]
    upper = {"range": [-len(at) + 0.4, 0.6], "tickvals": [*at.values()], "ticktext": names,
             "tickfont": {"color": INK}, "showgrid": False}  # fmt: skip
    across = {"range": [0, until], "title": {"text": "seconds"}, "showgrid": True, "gridcolor": RULE,
              "tickmode": "linear", "dtick": _tick(until)}  # fmt: skip
    return {"xaxis": across, "yaxis": upper, "hovermode": "closest", "showlegend": True}


def _below(layout: dict[str, Any], high: int, share: float) -> dict[str, Any]:
    """The layout with a second, lower picture on `share` of the height."""
    lower = {"domain": [0, share - GAP / 2], "range": [0, high + 0.4], "nticks": 4, "tickfont": {"color": GREY},
             "fixedrange": True, "automargin": True, "gridcolor": RULE, "zeroline": False,
             "tickformat": "d"}  # fmt: skip
    across = layout["xaxis"] | {"anchor": "y2", "title": {"text": "seconds; below, the restarts that count"}}
    upper = layout["yaxis"] | {"domain": [share + GAP / 2, 1]}
    return layout | {"xaxis": across, "yaxis": upper, "yaxis2": lower}


def _tick(until: float) -> float:
    """Whole seconds between two ticks: as many as fit."""
    return next(step for step in (1, 2, 5, 10, 60) if until / step <= 14)


def _things(count: int, what: str) -> str:
    """A count with its noun.

    >>> _things(1, "shift"), _things(4, "crash")
    ('1 shift', '4 crashes')
    """
    return f"{count} {what}{'' if count == 1 else 'es' if what.endswith('sh') else 's'}"
