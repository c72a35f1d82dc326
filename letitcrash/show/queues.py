"""Figures of a queue: from a Day, or from plain lists. Seconds come in, minutes are shown."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from letitcrash.show import charts, palette
from letitcrash.show.figure import Figure


def waiting_curve(
    wait: Callable[[float], float] | Mapping[str, Callable[[float], float]],
    *,
    at: float | None = None,
    loads: Sequence[float] = tuple(load / 100 for load in range(2, 99)),
    y_title: str = "mean wait, in service times",
    top: float = 25,
) -> Figure:
    """The wait over the load: `wait(load)` for each of `loads`, or several such functions by name; `at` marks a load.

    Unit-free, as the formulas are: give a wait in service times, or in minutes with a `y_title` that says so.
    """
    waits = wait if isinstance(wait, Mapping) else {"mean wait": wait}
    curves = {name: [rule(load) for load in loads] for name, rule in waits.items()}
    mark, reading = None, "The wait grows slowly, then steeply as the load nears 1."
    if at is not None:
        values = {name: rule(at) for name, rule in waits.items()}
        first = next(iter(values.values()))
        mark = (at, first, f"{first:.3g}")
        reading = f"At load {at:g}: " + ", ".join(f"{name} {value:.3g}" for name, value in values.items()) + "."
    return charts.lines(
        loads, curves, x_title="load (share of time busy)", y_title=y_title, reading=reading,
        x_range=(0, 1), y_range=(0, top), mark=mark,
    )  # fmt: skip


def queue_over_time(day: Any, *, y_title: str = "customers in line") -> Figure:
    """How many stood in line, over the day. `day` is a Day, or its `queue_over_time()`: moments in seconds, numbers."""
    moments, numbers = day.queue_over_time() if hasattr(day, "queue_over_time") else day
    if not len(moments):
        raise ValueError("the day is empty: no change of the queue to draw")
    longest = max(numbers)
    when = moments[list(numbers).index(longest)] / 60
    reading = f"The line is longest after {when:.0f} minutes: {longest} customers."
    t = [at / 60 for at in moments]
    return charts.steps(t, numbers, x_title="minutes since opening", y_title=y_title, reading=reading)


def wait_histogram(day: Any, *, quantiles: Sequence[float] = (0.5, 0.95), bins: int = 30) -> Figure:
    """How long customers waited, with marks at `quantiles`. `day` is a Day or a list of waits in seconds."""
    waits = sorted(wait / 60 for wait in (day.waits if hasattr(day, "waits") else day))
    if not waits:
        raise ValueError("nobody waited: give at least one wait")
    width = (waits[-1] or 1.0) / bins
    counts = [0] * bins
    for wait in waits:
        counts[min(int(wait / width), bins - 1)] += 1
    centres = [(index + 0.5) * width for index in range(bins)]
    marks = {share: waits[min(int(share * len(waits)), len(waits) - 1)] for share in quantiles}
    reading = "; ".join(f"{share:.0%} waited {wait:.1f} minutes or less" for share, wait in marks.items()) + "."
    data = [{"type": "bar", "x": centres, "y": counts, "width": width, "marker": {"color": palette.YOLK}}]
    layout = charts.axes("wait in minutes", "customers")
    layout["shapes"] = [
        {"type": "line", "x0": wait, "x1": wait, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": palette.BRICK}}
        for wait in marks.values()
    ]
    layout["annotations"] = [
        {
            "x": wait,
            "y": 1,
            "yref": "paper",
            "text": f"{share:.0%}: {wait:.1f} min",
            "showarrow": False,
            "xanchor": "left",
        }
        for share, wait in marks.items()
    ]
    return Figure(data, layout, reading=reading)


def till_gantt(day: Any, *, until: float | None = None) -> Figure:
    """Who stood at which till and when, the first `until` seconds. `day` is a Day, or (till, start, end) rows."""
    rows = list(_sittings(day))
    rows = [row for row in rows if until is None or row[1] < until]
    if not rows:
        raise ValueError("no customer was served: nothing to draw")
    tills = sorted({till for till, _, _ in rows})
    data = [
        {
            "type": "bar", "orientation": "h", "name": f"till {till}", "y": [f"till {till}"] * len(mine),
            "base": [start / 60 for start, _ in mine], "x": [(end - start) / 60 for start, end in mine],
            "marker": {"color": colour},
        }
        for till, colour in zip(tills, palette.COLOURS * 9, strict=False)
        for mine in [[(start, end) for number, start, end in rows if number == till]]
    ]  # fmt: skip
    layout = charts.axes("minutes since opening", "")
    layout["barmode"] = "overlay"
    return Figure(data, layout, reading=f"{len(rows)} customers served at {len(tills)} tills.")


def compare_designs(results: Mapping[str, Any], *, y_title: str) -> Figure:
    """A bar a design with its interval. A result is an Interval (low, mean, high), such a triple, or a number."""
    means, spread = {}, {}
    for name, result in results.items():
        if hasattr(result, "mean"):
            result = (result.low, result.mean, result.high)
        low, mean, high = result if isinstance(result, Iterable) else (result, result, result)
        means[name], spread[name] = mean, (low, high)
    reading = "; ".join(f"{name}: {means[name]:.3g} ({low:.3g} to {high:.3g})" for name, (low, high) in spread.items())
    return charts.bars(means, y_title=y_title, reading=reading + ".", spread=spread)


def _sittings(day: Any) -> Iterable[tuple[int, float, float]]:
    if not hasattr(day, "arrived"):
        return day
    rows = zip(day.till, day.arrived, day.waited, day.served, strict=True)
    return [(till, at + wait, at + wait + served) for till, at, wait, served in rows if till]
