"""Figure: a plotly picture as plain data, with the one sentence that says what it shows."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from letitcrash.show import palette, shell, widget_output
from letitcrash.show.pack import rounded

ATOMS = {int, float, str, bool, type(None)}
MIME = "application/vnd.plotly.v1+json"


class Figure:
    """A picture: plotly's `data` (a list of traces) and `layout`, and `reading`, the sentence that says what it shows.

    `data` and `layout` are plain dicts; numpy arrays, ranges and tuples become lists, and numbers that are not finite
    become gaps. plotly itself is not imported. Raises TypeError for anything that JSON cannot hold.
    """

    def __init__(self, data: Sequence[Mapping[str, Any]], layout: Mapping[str, Any] | None = None, *, reading: str):
        if isinstance(data, Mapping) or not all(isinstance(trace, Mapping) for trace in data):
            raise TypeError(f"data is a list of traces, each a dict with x and y; not {type(data).__name__}")
        if not isinstance(reading, str) or not reading.strip():
            raise ValueError(f"reading is one sentence that says what the figure shows; not {reading!r}")
        self.data = plain(list(data), "data")
        self.layout = plain(layout or {}, "layout")
        self.reading = reading

    def to_dict(self) -> dict[str, Any]:
        """The figure as plotly's JSON: {"data": [...], "layout": {...}}."""
        return {"data": self.data, "layout": self.layout}

    def page(self) -> str:
        """The picture as HTML with its data, for a page whose script draws it."""
        state = {**rounded(self.to_dict()), "reading": self.reading}
        parts = [shell.stage(self.reading, self.layout.get("height"), longest=1), shell.TABLE]
        return widget_output.page("figure", self.reading, parts, state)

    def __repr__(self) -> str:
        return f"Figure({self.reading!r})"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """For plotly's own renderers; `layout.meta.reading` takes the reading to the page's."""
        layout = {**_notebook_look(self.data), **self.layout, "meta": {"reading": self.reading}}
        return {MIME: {"data": self.data, "layout": layout}, "text/plain": self.reading}


def plain(value: Any, where: str) -> Any:
    """`value` as JSON can hold it; `where` names the place for the error."""
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(item, f"{where}.{key}") for key, item in value.items()}
    if hasattr(value, "tolist"):
        return plain(value.tolist(), where)
    if isinstance(value, set | frozenset):
        raise TypeError(f"{where} is a set, which has no order: sort it into a list")
    if not isinstance(value, Iterable):
        raise TypeError(f"{where} holds a {type(value).__name__}, which a picture cannot show: {value!r}")
    value = list(value)
    if {*map(type, value)} <= ATOMS:  # nearly every array: no need to name each place
        return [None if type(item) is float and not math.isfinite(item) else item for item in value]
    return [plain(item, f"{where}[{index}]") for index, item in enumerate(value)]


def as_figure(result: Any) -> Figure:
    """The value that an explorable's function returned, as a Figure. Raises TypeError with what was wrong."""
    if isinstance(result, Figure):
        return result
    if hasattr(result, "to_plotly_json"):
        result = result.to_plotly_json()
    if isinstance(result, Mapping) and "data" in result:
        return figure_of(result)
    if result is None:
        raise TypeError("the function gave None back: end it with `return` and a Figure")
    raise TypeError(f"the function gave back a {type(result).__name__}, not a Figure: {result!r}")


def figure_of(content: Mapping[str, Any]) -> Figure:
    """The Figure that a notebook's output holds: one of ours, or any plotly figure."""
    layout = {key: value for key, value in content.get("layout", {}).items() if key != "template"}
    reading = (layout.pop("meta", None) or {}).get("reading")
    if reading:
        look = _notebook_look(content["data"])
        layout = {key: value for key, value in layout.items() if look.get(key) != value}
    return Figure(content["data"], layout, reading=reading or _title(layout) or "A figure without a reading.")


def _notebook_look(data: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The look of a still figure in a notebook, light and dark alike; on a page the script sets its own."""
    named = [trace for trace in data if trace.get("name") and trace.get("showlegend") is not False]
    return {
        "paper_bgcolor": palette.PAPER,
        "plot_bgcolor": palette.PAPER,
        "font": {"color": palette.INK},
        "margin": {"l": 60, "r": 20, "t": 30, "b": 50},
        "showlegend": len(named) > 1,
    }


def _title(layout: Mapping[str, Any]) -> str:
    title = layout.get("title")
    return str(title.get("text") or "") if isinstance(title, Mapping) else str(title or "")
