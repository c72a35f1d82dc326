"""Pictures of one day in the store, by the clock on the wall.

Days come in with seconds since the doors opened, as the engine gives them; pictures show minutes and the time of day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import ceil, nan
from typing import Any

from letitcrash.queueing import Day, Exponential, Hourly, run_store
from letitcrash.show import charts
from letitcrash.show.figure import Figure
from letitcrash.show.floor import StoreFloor, open_store
from letitcrash.show.palette import TEAL, TEAL_SOFT, YOLK, YOLK_SOFT

OPENS = 12  # o'clock
HOURS = 8  # that the doors are open
TEN_PAST_FIVE = 5 * 3600.0 + 600.0  # 17:10, in seconds since the doors opened

STORE = {"customer": "customer", "till": "till", "wait": "stand in line", "serve": "serve",
         "bar": "each bar a customer; in it, minutes in line"}  # fmt: skip
CALLS = {"customer": "caller", "till": "agent", "wait": "hear music", "serve": "talk to",
         "bar": "each bar a caller; in it, minutes of music"}  # fmt: skip
WORDS = {"the store": STORE, "the call centre": CALLS}


def clock(seconds: float) -> str:
    """The moment `seconds` after the doors opened as the clock on the wall shows it.

    >>> clock(TEN_PAST_FIVE)
    '17:10'
    """
    minutes = round(OPENS * 60 + seconds / 60)
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def to_touch() -> StoreFloor:
    """The chapter's Friday as a store to watch and touch, before any code is shown: five tills, from 17:00 on."""
    crowd = Hourly([50, 60, 80, 100, 190, 190, 100, 50], start=OPENS)
    day = run_store(crowd, Exponential(120), tills=5, seed=31)
    title = "Friday afternoon, the only store in town. Press a till to open or close it."
    return open_store(day, title=title, opens=OPENS, begins=5 * 3600.0)


def wait_at(day: Day, at: float = TEN_PAST_FIVE) -> float:
    """The wait, in minutes, of the first customer who comes at second `at` or after; nan if nobody does."""
    first = bisect_left(day.arrived, at)
    return day.waited[first] / 60 if first < len(day) else nan


def in_line_at(day: Day, at: float = TEN_PAST_FIVE) -> int:
    """The number of customers who stand in line at second `at`."""
    return sum(1 for came, wait in zip(day.arrived, day.waited, strict=True) if came <= at < came + wait)


def _somebody(day: Day) -> None:
    """Raise ValueError, in words, for a day on which there is nothing to draw."""
    if not len(day):
        raise ValueError("nobody came in on this day, so there is no wait to draw: let customers come")


def waits(day: Day, *, top: float = 40, every: float = 120) -> Figure:
    """The wait in line over the day, by the minute of arrival, a point every `every` seconds; 17:10 is marked.

    `top` is the end of the axis, in minutes.
    """
    _somebody(day)
    moments = [at for at in _grid(HOURS, every) if at <= day.arrived[-1]]
    marked = wait_at(day)
    reading = (
        f"A customer who walks in at {clock(TEN_PAST_FIVE)} waits {marked:.1f} minutes; the longest wait of the day is "
        f"{max(day.waited) / 60:.1f} minutes. The tills are busy {day.utilisation:.0%} of the day."
    )
    line = _filled("wait", _o_clock(moments), [wait_at(day, at) for at in moments])
    layout = _by_the_clock("minutes in line", (0, top), HOURS)
    text = f"{clock(TEN_PAST_FIVE)}: {marked:.1f} min"
    return Figure([line, charts.dot(*_o_clock([TEN_PAST_FIVE]), marked, text)], layout, reading=reading)


def mean_waits(days: Sequence[Day], *, top: float = 60, every: float = 300) -> Figure:
    """The wait over the day as `waits` draws it, in the mean of several days that differ by chance alone."""
    for day in days:
        _somebody(day)
    moments = [at for at in _grid(HOURS, every) if all(at <= day.arrived[-1] for day in days)]
    mean = lambda values: sum(values) / len(days)
    marked = mean([wait_at(day) for day in days])
    longest = mean([max(day.waited) / 60 for day in days])
    reading = (
        f"The mean of {len(days)} such days: a customer who walks in at {clock(TEN_PAST_FIVE)} waits {marked:.1f} "
        f"minutes, and the longest wait of the day is {longest:.1f} minutes."
    )
    line = _filled("wait", _o_clock(moments), [mean([wait_at(day, at) for day in days]) for at in moments])
    layout = _by_the_clock("minutes in line", (0, top), HOURS)
    text = f"{clock(TEN_PAST_FIVE)}: {marked:.1f} min"
    return Figure([line, charts.dot(*_o_clock([TEN_PAST_FIVE]), marked, text)], layout, reading=reading)


def line_and_tills(day: Day, *, top: float = 80) -> Figure:
    """People in line above, tills open below, over the day; the reading counts wages and changes of mind."""
    _somebody(day)
    moments = _grid(HOURS + 0.5, 120)
    changes = max(0, len(day.opened) - 2)  # the first opening and the last closing are no change of mind
    reading = (
        f"A customer who walks in at {clock(TEN_PAST_FIVE)} waits {wait_at(day):.1f} minutes; 95 % of all customers "
        f"wait {day.quantile_wait(0.95) / 60:.1f} at most. {day.staffed / 3600:.0f} hours of wages; the number of open "
        f"tills changes {changes} times."
    )
    line = _filled("people in line", _o_clock(moments), charts.sampled(day.queue_over_time(), moments), shape="hv")
    tills = {"type": "scatter", "mode": "lines", "name": "tills open", "x": line["x"], "yaxis": "y2",
             "y": charts.sampled(day.open_over_time(), moments), "line": {"color": TEAL, "shape": "hv", "dash": "dot"},
             "fill": "tozeroy", "fillcolor": TEAL_SOFT}  # fmt: skip
    layout = _by_the_clock("people in line; below, tills open", (0, top), HOURS + 0.5) | {"showlegend": True}
    layout["xaxis"]["anchor"] = "y2"
    layout["yaxis"]["domain"] = [0.42, 1]
    layout["yaxis2"] = {"domain": [0, 0.3], "range": [0, day.tills], "nticks": 4, "zeroline": False, "fixedrange": True}
    return Figure([line, tills], layout, reading=reading)


def line_over_hours(day: Day, *, top: float = 40) -> Figure:
    """The number of people in line over the hours, where nothing changes but chance."""
    _somebody(day)
    moments = _grid(day.ended / 3600, day.ended / 240)
    steps = day.queue_over_time()
    reading = (
        f"The till is busy {day.utilisation:.0%} of the time. The mean wait is {day.mean_wait / 60:.1f} minutes, "
        f"the longest line {max(steps[1])} people."
    )
    line = _filled("people in line", [at / 3600 for at in moments], charts.sampled(steps, moments), shape="hv")
    layout = charts.axes("hours since opening", "people in line", (0, round(day.ended / 3600)), (0, top))
    return Figure([line], layout | {"showlegend": False}, reading=reading)


def heads(day: Day, until: float) -> Figure:
    """Customers who have come and who have gone, up to second `until`: between the curves, all who are in the store."""
    _somebody(day)
    moments = [at for at in _grid(HOURS + 0.5, 300) if at <= until]
    gone = sorted(at + stay for at, stay in zip(day.arrived, day.times, strict=True))
    present, per_minute, stay = little(day, until)
    reading = (
        f"By {clock(until)}: {present:.1f} heads in the store on average; {per_minute * 60:.1f} customers an hour "
        f"times {stay:.1f} minutes each on the receipts makes {per_minute * stay:.1f}."
    )
    went = {"type": "scatter", "mode": "lines", "name": "gone home", "x": _o_clock(moments),
            "y": [bisect_right(gone, at) for at in moments], "line": {"color": TEAL, "dash": "dash"}}  # fmt: skip
    came = _filled("come in", _o_clock(moments), [bisect_right(day.arrived, at) for at in moments], fill="tonexty")
    layout = _by_the_clock("customers since noon", (0, 100 * ceil(len(day) / 100)), HOURS + 0.5)
    return Figure([went, came], layout | {"showlegend": True}, reading=reading)


def little(day: Day, until: float) -> tuple[float, float, float]:
    """Three numbers, measured apart up to second `until`: mean heads, customers a minute, mean minutes of a receipt.

    Heads are counted moment by moment, customers at the door; a receipt is of someone who has left. A day on which
    everybody is served.
    """
    if until <= 0:
        raise ValueError(f"until is {until:g}: it must be more than 0 seconds, or there is nothing to count")
    moments, numbers = day.present_over_time()
    spans = zip(moments, [*moments[1:], until], numbers, strict=True)
    seconds = sum(number * (min(after, until) - moment) for moment, after, number in spans if moment < until)
    receipts = [stay for at, stay in zip(day.arrived, day.times, strict=True) if at + stay <= until]
    mean = sum(receipts) / len(receipts) / 60 if receipts else nan
    return seconds / until, bisect_right(day.arrived, until) / until * 60, mean


def two_ways(day: Day, view: str, begin: float, *, minutes: int = 12) -> Figure:
    """Twelve minutes of a run, a row for each till and a bar for each customer who is served there.

    `view` is "the store" or "the call centre": the words change, no bar and no number does.
    """
    words, end = WORDS[view], begin + 60 * minutes
    rows = zip(day.till, day.arrived, day.waited, day.served, strict=True)
    bars = [(till, at + wait, work, wait) for till, at, wait, work in rows if begin - work < at + wait < end]
    reading = (
        f"At {clock(begin)}, {in_line_at(day, begin)} {words['customer']}s {words['wait']}. In the next {minutes} "
        f"minutes {day.tills} {words['till']}s {words['serve']} {len(bars)} {words['customer']}s."
    )
    data = {
        "type": "bar", "orientation": "h", "width": 0.62,
        "marker": {"color": YOLK_SOFT, "line": {"color": YOLK, "width": 1}},
        "y": [f"{words['till']} {till}" for till, *_ in bars], "base": [(start - begin) / 60 for _, start, *_ in bars],
        "x": [work / 60 for *_, work, _ in bars],
        "text": [f"{wait / 60:.0f}" for *_, wait in bars],
        "textposition": "inside", "insidetextanchor": "middle", "textangle": 0,
    }  # fmt: skip
    layout = charts.axes(f"minutes after {clock(begin)}", words["bar"], (0, minutes), (-0.6, day.tills - 0.4))
    names = [f"{words['till']} {till}" for till in range(day.tills, 0, -1)]
    layout["yaxis"] |= {"categoryorder": "array", "categoryarray": names, "dtick": 1}
    return Figure(
        [data],
        layout | {"barmode": "overlay", "showlegend": False, "uniformtext": {"mode": "hide", "minsize": 10}},
        reading=reading,
    )


def _filled(name: str, x: Sequence[float], y: Sequence[float], *, fill: str = "tozeroy", **line: Any) -> dict[str, Any]:
    return {"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "line": {"color": YOLK, **line},
            "fill": fill, "fillcolor": YOLK_SOFT}  # fmt: skip


def _by_the_clock(y_title: str, y_range: tuple[float, float], hours: float) -> dict[str, Any]:
    layout = charts.axes("time of day", y_title, (OPENS, OPENS + hours + 0.1), y_range)
    places = [OPENS + hour for hour in range(0, HOURS + 1, 2)]
    layout["xaxis"] |= {"tickvals": places, "ticktext": [f"{place}:00" for place in places]}
    return layout | {"showlegend": False}


def _o_clock(moments: Sequence[float]) -> list[float]:
    return [OPENS + moment / 3600 for moment in moments]


def _grid(hours: float, every: float) -> list[float]:
    return [number * every for number in range(round(hours * 3600 / every) + 1)]
