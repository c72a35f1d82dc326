"""Prices on shelves: how old they get by a time to live, by news and in a gap, and the line at the office."""

from functools import cache
from math import inf
from statistics import fmean
from typing import Any

from letitcrash.caching import (
    HICCUPS,
    Answers,
    Gap,
    drop_changed,
    flush_when_connected,
    hit_share,
    run_shelves,
    stale_share,
)
from letitcrash.queueing import Exponential, Interval, confidence_interval
from letitcrash.show import charts
from letitcrash.show.figure import Figure
from letitcrash.show.palette import BRICK, BRICK_SOFT
from letitcrash.trace import Trace
from letitcrash.world import hours

ASKED, CHANGES = 30.0, 3600.0  # seconds between two questions for one price, and between two changes of it
MINUTES = (1, 2, 5, 10, 15, 20, 30, 45, 60)  # times to live at which the bet is drawn
MEASURED = (1, 5, 15, 30, 60)
SEED = 7  # the hour of the text
FOR_EVER = "for ever"
TTLS = (60, 300, 900, FOR_EVER)


def stale_formula(minutes: float, asked: float = ASKED) -> float:
    """The answers in a hundred that are old, with a time to live of so many minutes and no news."""
    return 100 * stale_share(1 / asked, 60 * minutes, 1 / CHANGES)


@cache
def measured(minutes: float, asked: float) -> tuple[Interval, Interval]:
    """The hits and the old answers in a hundred: 40 prices, all alike, in six runs of half a day."""
    runs = [run_shelves(None, shelves=1, prices=40, rate=40 / asked, change=40 / CHANGES, popularity=0.0,
                        ttl=60.0 * minutes, takes=0.0, beat=0, gaps=(), until=hours(12), seed=seed)
            for seed in range(6)]  # fmt: skip
    return confidence_interval([100 * run.share("hit") for run in runs]), confidence_interval(
        [100 * run.wrong_share for run in runs]
    )


def by_time_to_live(ttl: float, asked: float) -> Figure:
    """Hits and old answers over the time to live, by formula and measured; asked for once in `asked` seconds."""
    x = list(range(1, 61))
    hits = [100 * hit_share(1 / asked, 60 * minutes) for minutes in x]
    runs = {minutes: measured(minutes, asked) for minutes in MEASURED}
    old = stale_formula(ttl, asked)
    reading = (
        f"A price may be {ttl:g} minutes old: {100 * hit_share(1 / asked, 60 * ttl):.1f} of 100 questions are answered "
        f"from the shelf, and {old:.1f} of 100 with an old price."
    )
    curves = {"from the shelf": hits, "with an old price": [stale_formula(minutes, asked) for minutes in x]}
    figure = charts.lines(x, curves, x_title="minutes that a price is kept", y_title="questions in a hundred",
                          reading=reading, x_range=(0, 62), y_range=(0, 105),
                          mark=(ttl, old, f"{old:.1f}"))  # fmt: skip
    looks = (("measured", "circle-open"), ("measured, old", "diamond-open"))
    seen = [charts.measured({at: run[kind] for at, run in runs.items()}, name=name, symbol=symbol)
            for kind, (name, symbol) in enumerate(looks)]  # fmt: skip
    return Figure([*figure.data, *seen], figure.layout, reading=reading)


@cache
def an_hour(
    on_news: Any = drop_changed, *, ttl: float = 900.0, guard: str = "none", seed: int = SEED, **how
) -> Answers:
    """The hour with three gaps in the line to the office; by default a shelf drops what has changed."""
    return run_shelves(on_news, ttl=ttl, guard=guard, seed=seed, **how)


def old_answers(ttl: float | str, *, top: float = 2400) -> Figure:
    """The age of the oldest answer in each ten seconds of the hour, prices being dropped when news comes."""
    hour = an_hour(ttl=inf if ttl == FOR_EVER else float(ttl))
    worst: dict[int, float] = {}
    for at, age in hour.wrong:
        worst[int(at // 10)] = max(age, worst.get(int(at // 10), 0.0))
    reading = (
        f"The worst answer of the hour has been wrong for {hour.worst_age:.0f} s; the office gets "
        f"{hour.per_minute:.0f} questions a minute."
    )
    dots = {"type": "scatter", "mode": "markers", "name": "oldest answer in ten seconds", "showlegend": True,
            "x": [at / 6 for at in worst], "y": [min(age, top) for age in worst.values()],
            "marker": {"color": BRICK, "size": 5}}  # fmt: skip
    layout = charts.axes("minutes", "seconds since it became wrong", (0, 60), (0, top))
    return Figure([*_gaps(top), dots], layout, reading=reading)


def _gaps(top: float) -> list[dict[str, Any]]:
    """The three gaps as bars from the ground to the top."""
    look = {"type": "scatter", "mode": "lines", "fill": "toself", "fillcolor": BRICK_SOFT, "hoverinfo": "name",
            "line": {"color": BRICK, "width": 1}}  # fmt: skip
    bars = []
    for number, gap in enumerate(HICCUPS):
        x = [gap.since / 60, gap.since / 60, gap.until / 60, gap.until / 60]
        bars.append({**look, "name": "the line is away", "showlegend": number == 0, "x": x, "y": [0, top, top, 0]})
    return bars


AFTER = {"nothing": drop_changed, "throw all prices away": flush_when_connected}


def at_the_office(after: str, shelves: int, *, top: float = 1000) -> Figure:
    """The questions at the office around the end of the first gap; a shelf then does nothing, or throws all away."""
    hour = an_hour(AFTER[after], shelves=shelves)
    rows = [(at - HICCUPS[0].until, number) for at, number in hour.inside]
    before = next((number for at, number in reversed(rows) if at <= -20), 0)
    part = [(at, number) for at, number in rows if -20 < at < 200]
    reading = (
        f"{shelves} {'store' if shelves == 1 else 'stores'}: at most {hour.longest_line} questions at the office at "
        f"once, {hour.waits_over(1)} customers wait for more than a second, and the worst answer of the hour is "
        f"{hour.worst_age:.0f} s out of date."
    )
    t, counts = [-20.0, *(at for at, _ in part), 200.0], [before, *(number for _, number in part)]
    return charts.steps(t, {"questions at the office": [*counts, counts[-1]]}, x_title="seconds since the line is back",
                        y_title="questions at the office", reading=reading, x_range=(-20, 200),
                        y_range=(0, top))  # fmt: skip


def small_town(after: str) -> Trace:
    """The events of two stores and six prices in a hundred seconds, without news from second 30 to 50."""
    run = run_shelves(AFTER[after], shelves=2, prices=6, rate=0.6, change=0.04, ttl=60.0, clerks=1, takes=2.0, beat=0,
                      gaps=[Gap(30, 50)], planted=0, until=100, seed=3, trace=True)  # fmt: skip
    return run.trace


GUARDS = {"everybody asks": "none", "one asks, all wait": "wait", "one asks, all get the old one": "stale"}


@cache
def ten_minutes(readers: float, guard: str) -> tuple[float, float, float]:
    """One price, asked for so many times a second and kept for a minute: fetches, line, longest wait, on average.

    The office has four clerks, and a fetch takes half a second.
    """
    runs = [run_shelves(None, shelves=1, prices=1, rate=readers, change=0, ttl=60.0, gaps=(), beat=0, guard=guard,
                        takes=Exponential(0.5), until=600.0, seed=seed) for seed in range(5)]  # fmt: skip
    rows = [(len(run.fetches), run.longest_line, run.longest_wait) for run in runs]
    return tuple(fmean(column) for column in zip(*rows, strict=True))


def stampede(readers: float, *, top: float = 400) -> Figure:
    """The fetches in ten minutes for each way to guard a price that has run out."""
    came = {name: ten_minutes(readers, guard) for name, guard in GUARDS.items()}
    said = (
        f"{name}: {fetches:.0f} fetches, {line:.0f} at the office at once, longest wait {wait:.1f} s"
        for name, (fetches, line, wait) in came.items()
    )
    values = {name: fetches for name, (fetches, *_) in came.items()}
    return charts.bars(values, title="fetches in ten minutes", reading=f"{'; '.join(said)}.", value_range=(0, top))
