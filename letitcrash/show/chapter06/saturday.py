"""The Saturday of chapter 6: 240 customers an hour, ten tills in one store or in two, and a power cut at 10:40."""

from collections.abc import Mapping, Sequence
from functools import cache
from statistics import fmean
from typing import Any

from letitcrash.balancing import Dark, Days, Outliers, at_random, least_connections, round_robin, run_stores
from letitcrash.queueing import Exponential, Poisson, confidence_interval
from letitcrash.show import charts, compare_designs
from letitcrash.show.figure import Figure
from letitcrash.show.palette import TEAL, TEAL_SOFT, YOLK, YOLK_SOFT
from letitcrash.world import hours, minutes

SEED = 3  # the Saturday of the text
OPENS = 8  # o'clock; the doors close at 16:00
TILLS = 10  # of all stores together
CUT = minutes(160) + 1  # 10:40, in seconds since the doors opened: just after a look at the lamps, however often
DARK = 45  # minutes that the power was away
TOWNS: Mapping[str, tuple[int, Any]] = {
    "one store": (1, at_random),
    "two stores, by coin": (2, at_random),
    "two stores, by turn": (2, round_robin),
    "two stores, the shorter line": (2, least_connections),
}
COIN, TURN, SHORTER = list(TOWNS)[1:]


def a_saturday(town: str, dark: float = 0, *, per_hour: float = 240, seed: int = SEED, **more: Any) -> Days:
    """Run one Saturday of this town; the first store has no power for `dark` minutes from 10:40 on."""
    stores, rule = TOWNS[town]
    faults = [Dark(0, CUT, CUT + minutes(dark))] if dark else []
    more = {"faults": faults, "until": hours(8), "seed": seed} | more
    return run_stores(Poisson(per_hour), Exponential(minutes(2)), stores, TILLS // stores, rule=rule, **more)


def clock(seconds: float) -> str:
    """The time of day, `seconds` after the doors opened.

    >>> clock(CUT)
    '10:40'
    """
    whole = round(OPENS * 60 + seconds / 60)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def mean_wait(days: Days) -> float:
    """Minutes in line on average, of those who were served."""
    return fmean(wait for wait, till in zip(days.waited, days.till, strict=True) if till) / 60


def sorry_at(days: Days) -> list[float]:
    """The seconds at which customers were told sorry, in order."""
    visits = days.visits
    return sorted(at for at, fate in zip(visits.came, visits.fate, strict=True) if fate == "balked")


def turned_away(days: Days, name: str, *, top: float = 220, until: float = minutes(250)) -> Figure:
    """The customers turned away since the morning, over the hours around the cut."""
    told = sorry_at(days)
    t = [CUT - minutes(10), *(at for at in told if at <= until), until]
    counts = [0, *range(1, len(t) - 1), len(t) - 2]
    reading = f"{name[:1].upper()}{name[1:]}: {days.lost} of {len(days.arrived)} customers are turned away."
    figure = charts.steps(_o_clock(t), {name: counts}, x_title="time of day", y_title="customers turned away",
                          reading=reading, x_range=_o_clock((CUT - minutes(10), until)), y_range=(0, top))  # fmt: skip
    return Figure(figure.data, figure.layout | _hours(figure.layout), reading=reading)


def cut(town: str, dark: float) -> Figure:
    """The customers turned away on a Saturday of this town with `dark` minutes without power."""
    return turned_away(a_saturday(town, dark), town)


def inside(days: Days, every: float = 60.0) -> tuple[list[float], list[list[int]]]:
    """The customers inside each store, looked at every so many seconds: the seconds, and a row for each store."""
    t = [every * number for number in range(round(hours(8) / every) + 1)]
    return t, [charts.sampled(day.present_over_time(), t) for day in days]


def two_lines(days: Days, said: str, *, top: float = 100) -> Figure:
    """The customers inside the two stores from ten to noon; the dark one is the first."""
    t, rows = inside(days, 30.0)
    part = slice(t.index(minutes(140)), t.index(minutes(240)) + 1)
    curves = {"North, dark from 10:40": rows[0][part], "South": rows[1][part]}
    figure = charts.lines(_o_clock(t[part]), curves, x_title="time of day", y_title="customers inside", reading=said,
                          x_range=(10.33, 12), y_range=(0, top))  # fmt: skip
    return Figure(figure.data, figure.layout | _hours(figure.layout), reading=said)


def looking(every: float) -> Figure:
    """The customers turned away when the lamps are looked at `every` so many seconds."""
    days = a_saturday(SHORTER, DARK, check=every)
    return turned_away(days, f"a look at the lamps every {every:g} s", top=60)


class AlwaysAsLong(Outliers):
    """Outliers that leave a store out for as long each time."""

    def heard(self, store: int, ok: bool, now: float) -> None:
        """Count an answer, and forget how often the store has been out."""
        super().heard(store, ok, now)
        self.ejections = [0] * self.stores


def counting(sorries: int, growing: bool, *, seed: int = SEED, sorry: float = 0.0) -> Days:
    """Run the Saturday with the cut; the door leaves a store out after so many sorries in a row."""
    kind = Outliers if growing else AlwaysAsLong
    faults = [Dark(0, CUT, CUT + minutes(DARK), sorry=sorry)]
    rule = lambda stores: kind(stores, consecutive=sorries)
    return a_saturday(SHORTER, seed=seed, outliers=rule, faults=faults)


def shut_too_long(days: Days) -> float:
    """The seconds from the light's return to the first customer who is sent there."""
    light = CUT + minutes(DARK)
    tries = zip(days.visits.came, days.visits.store, strict=True)
    return next(at - light for at, store in tries if store == 0 and at >= light)


def left_out(sorries: int, growing: bool) -> Figure:
    """The customers inside both stores when the dark one is left out after so many sorries."""
    days = counting(sorries, growing)
    said = (
        f"{days.lost} customers are turned away. North is lit for {shut_too_long(days):.0f} s before somebody is sent "
        f"there again. Those who are served waited {mean_wait(days):.2f} minutes, on average of the day."
    )
    return two_lines(days, said)


def see_saw(board: float, *, per_hour: float = 240, since: float = minutes(60), top: float = 40) -> Figure:
    """Two hours of both lines, one up and one down from a common axis, with a board `board` minutes old at most."""
    days = a_saturday(SHORTER, board=minutes(board), per_hour=per_hour)
    t, rows = inside(days)
    part = slice(t.index(since), t.index(since + hours(2)) + 1)
    waiting = [[max(0, number - TILLS // 2) for number in row[part]] for row in rows]
    x = _o_clock(t[part])
    reading = (
        f"A board painted every {board:g} min: " if board else "Both lines, as they are: "
    ) + f"the longest line is {max(map(max, waiting))}; the wait is {mean_wait(days):.1f} minutes on average, this day."
    up = _half("North", x, waiting[0], YOLK, YOLK_SOFT)
    down = _half("South", x, [-number for number in waiting[1]], TEAL, TEAL_SOFT)
    layout = charts.axes("time of day", "in line: South below, North above", (x[0], x[-1]), (-top, top))
    ticks = [-40, -20, 0, 20, 40]
    layout["yaxis"] |= {"tickvals": ticks, "ticktext": [str(abs(tick)) for tick in ticks]}
    return Figure([up, down], layout | _hours(layout), reading=reading)


@cache
def over_seeds(town: str, per_hour: float = 240, board: float = 0.0, seeds: int = 20) -> tuple[float, ...]:
    """The mean waits, in minutes, of several Saturdays without a cut, a board of so many minutes in both stores."""
    runs = (a_saturday(town, per_hour=per_hour, board=minutes(board), seed=seed) for seed in range(seeds))
    return tuple(map(mean_wait, runs))


def without_cut(per_hour: float, *, top: float = 4) -> Figure:
    """The minutes in line of the four towns on twenty Saturdays without a cut."""
    measured = {town: confidence_interval(over_seeds(town, per_hour)) for town in TOWNS}
    return compare_designs(measured, title="minutes in line", top=top)


def mean_of(town: str, per_hour: float = 240, age: float = 0.0) -> float:
    """Minutes in line in the mean of eight Saturdays, with a board of so many minutes."""
    return fmean(over_seeds(town, per_hour, age, 8))


AGES = (0, 0.5, 1, 2, 3, 4, 5, 7, 10, 15, 20)  # minutes


def by_age(per_hour: float, *, top: float = 6) -> Figure:
    """The mean wait over the age of the board, by the shorter line, beside the coin's, which looks at no board."""
    coin, line, worse = mean_of(COIN, per_hour), _line(per_hour), coin_is_better_from(per_hour)
    reading = (
        f"{per_hour:g} customers an hour: with no board the shorter line waits {line[0]:.2f} minutes, with one of 20 "
        f"minutes {line[-1]:.2f}; a coin {coin:.2f}. From {worse:.1f} minutes on the coin is better."
    )
    curves = {"the shorter line, by the board": line, "a coin": [coin] * len(AGES)}
    return charts.lines(AGES, curves, x_title="minutes between two paintings of the board", reading=reading,
                        y_title="minutes in line, on average", x_range=(0, 20), y_range=(0, top))  # fmt: skip


def coin_is_better_from(per_hour: float) -> float:
    """The minutes between two paintings from which a coin is better than the board."""
    return crossing(AGES, _line(per_hour), mean_of(COIN, per_hour))


def _line(per_hour: float) -> list[float]:
    return [mean_of(SHORTER, per_hour, age) for age in AGES]


def crossing(x: Sequence[float], y: Sequence[float], level: float) -> float:
    """The place at which a curve first crosses `level` upwards, on a straight line between its points."""
    for place in range(1, len(x)):
        if y[place - 1] < level <= y[place]:
            share = (level - y[place - 1]) / (y[place] - y[place - 1])
            return x[place - 1] + share * (x[place] - x[place - 1])
    raise ValueError(f"the curve does not cross {level:g}")


def _half(name: str, x: Sequence[float], y: Sequence[float], colour: str, soft: str) -> dict[str, Any]:
    line = {"color": colour, "width": 1.5, "shape": "hv"}
    return {"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "line": line, "fill": "tozeroy",
            "fillcolor": soft}  # fmt: skip


def _o_clock(moments: Sequence[float]) -> list[float]:
    return [OPENS + moment / 3600 for moment in moments]


def _hours(layout: Mapping[str, Any]) -> dict[str, Any]:
    low, high = layout["xaxis"]["range"]
    halves = [place / 2 for place in range(2 * OPENS, 2 * OPENS + 17) if low <= place / 2 <= high]
    words = [f"{int(place)}:{'30' if place % 1 else '00'}" for place in halves]
    return {"xaxis": layout["xaxis"] | {"tickvals": halves, "ticktext": words}}
