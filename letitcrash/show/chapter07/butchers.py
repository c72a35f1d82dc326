"""Butchers who know their regulars: days in one store or in several, and the rule that sends each customer to one."""

from collections.abc import Mapping, Sequence
from functools import cache
from statistics import fmean
from typing import Any

from letitcrash.balancing import least_connections
from letitcrash.caching import ButcherDays, Home, run_butchers
from letitcrash.queueing import quantile
from letitcrash.show import charts, compare_designs
from letitcrash.show.figure import Figure
from letitcrash.show.palette import BRICK, TEAL

PER_DAY, CUSTOMERS = 120, 24_000  # customers of one store in a day, and of all the days of a mean together
SEED = 23  # the day of the picture
OPENS, HOURS = 8, 10
INSIDE = "minutes from door to door"
RULES: Mapping[str, Any] = {"home": Home(), "the shorter line": least_connections}


def times(day: ButcherDays) -> list[float]:
    """The minutes from door to door of each customer, in the order in which they came."""
    return [(wait + work) / 60 for wait, work in zip(day.waited, day.served, strict=True)]


@cache
def days(rule: Any, stores: int, customers: int = CUSTOMERS, **how: Any) -> list[tuple[list[float], float]]:
    """As many days as bring so many customers: the minutes of each, and the share of customers who were known."""
    runs = (run_butchers(stores, rule=rule, seed=seed, **how) for seed in range(customers // (PER_DAY * stores)))
    return [(times(day), day.known_share) for day in runs]


def mean(rule: Any, stores: int, **how: Any) -> float:
    """The minutes from door to door, in the mean of all those days."""
    return fmean(fmean(minutes) for minutes, _ in days(rule, stores, **how))


def known(rule: Any, stores: int, **how: Any) -> float:
    """The share of customers whom the butcher knows, in the mean of all those days."""
    return fmean(share for _, share in days(rule, stores, **how))


def late(rule: Any, stores: int) -> float:
    """The minutes that one customer in twenty exceeds, on all those days together."""
    return quantile([minutes for day, _ in days(rule, stores) for minutes in day], 0.95)


def told(rule: Any, stores: int) -> str:
    """The sentence that says how a rule does in so many stores."""
    count = "One store" if stores == 1 else f"{stores} stores"
    return (
        f"{count}, {len(days(rule, stores))} such days: {mean(rule, stores):.2f} minutes from door to door on average, "
        f"one customer in twenty more than {late(rule, stores):.0f}. The butcher knows {known(rule, stores):.0%} of "
        "those who come."
    )


def picture(rule: Any, stores: int, *, top: float = 60) -> Figure:
    """A day, a mark for each customer, and the mean of many such days as a line."""
    day = run_butchers(stores, rule=rule, seed=SEED)
    figure = charts.lines(
        [OPENS, OPENS + HOURS], {"mean of many days": [mean(rule, stores)] * 2}, x_title="time of day", y_title=INSIDE,
        reading=told(rule, stores), x_range=(OPENS, OPENS + HOURS), y_range=(0, top),
    )  # fmt: skip
    rows = list(zip(day.arrived, times(day), day.known, strict=True))
    looks = {True: ("the butcher knows them", "circle", TEAL), False: ("strangers", "x", BRICK)}
    marks = [_marks([row[:2] for row in rows if row[2] == known], *look, top) for known, look in looks.items()]
    ticks = list(range(OPENS, OPENS + HOURS + 1, 2))
    axis = figure.layout["xaxis"] | {"tickvals": ticks, "ticktext": [f"{hour}:00" for hour in ticks]}
    return Figure([*marks, *figure.data], figure.layout | {"xaxis": axis}, reading=figure.reading)


def _marks(rows: Sequence[tuple[float, float]], name: str, symbol: str, colour: str, top: float) -> dict[str, Any]:
    return {"type": "scatter", "mode": "markers", "name": name, "x": [OPENS + at / 3600 for at, _ in rows],
            "y": [min(minutes, top) for _, minutes in rows],
            "marker": {"color": colour, "symbol": symbol, "size": 6}}  # fmt: skip


def with_the_shorter_line(stores: int) -> Figure:
    """The day with chapter 6's best rule at the door."""
    return picture(least_connections, stores)


def with_rule(rule: str, stores: int) -> Figure:
    """The day with one of two rules at the door."""
    return picture(RULES[rule], stores)


def popular(zipf: float, *, top: float = 6) -> Figure:
    """Two stores, both rules, when a few of the regulars come often and most come rarely."""
    values = {name: mean(rule, 2, popularity=zipf) for name, rule in RULES.items()}
    return compare_designs(values, title=INSIDE, top=top)


def spilling(factor: float, stores: int, *, top: float = 6) -> Figure:
    """Home always, beside home unless too many are there."""
    rules = {"always home": Home(), f"elsewhere above {factor:g} fair shares": Home(factor=factor)}
    values = {name: mean(rule, stores) for name, rule in rules.items()}
    said = (f"{name} {values[name]:.2f} minutes, {known(rule, stores):.0%} known" for name, rule in rules.items())
    return charts.bars(values, title=INSIDE, reading=f"{stores} stores: {'; '.join(said)}.", value_range=(0, top))


def race(rules: Mapping[str, Any], stores: int, memory: int, stranger: float, *, top: float = 80) -> Figure:
    """A bar for each rule, in a town of the reader's; `stranger` is in minutes."""
    how = {"memory": memory, "stranger": 60.0 * stranger, "customers": 9600}
    values = {name: mean(rule, stores, **how) for name, rule in rules.items()}
    said = (f"{name} {values[name]:.2f} ({known(rule, stores, **how):.0%} known)" for name, rule in rules.items())
    return charts.bars(values, title=INSIDE, reading=f"Minutes: {'; '.join(said)}.", value_range=(0, top))
