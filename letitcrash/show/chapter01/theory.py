"""Pictures of the long run: formulas as lines, measured runs as diamonds beside them."""

from collections.abc import Callable, Mapping

from letitcrash.queueing import Day, Interval
from letitcrash.show import charts
from letitcrash.show.figure import Figure
from letitcrash.show.palette import BRICK, GREY

LOADS = [load / 100 for load in range(2, 99)]


def knee(
    rules: Mapping[str, Callable[[float], float]], measured: Mapping[float, Interval], *, at: float, top: float = 25
) -> Figure:
    """Time in the store over the load: `rules` by name, the first marked `at` a load; measured runs as diamonds."""
    first = next(iter(rules.values()))(at)
    reading = f"At load {at:g} a customer is inside for {first:.2f} service times by the formula"
    if at in measured:
        reading += f"; measured, {measured[at].low:.2f} to {measured[at].high:.2f}"
    figure = charts.lines(
        LOADS, {name: [rule(load) for load in LOADS] for name, rule in rules.items()}, reading=reading + ".",
        x_title="load (share of the time that the till is busy)", x_range=(0, 1),
        y_title="time from door to door, in service times", y_range=(0, top),
    )  # fmt: skip
    mark = charts.dot(at, first, f"{first:.1f}") | {"textposition": "bottom right"}
    return Figure([*figure.data, charts.measured(measured), mark], figure.layout, reading=figure.reading)


def trunks(carries: Callable[[int], float], lines: int, *, group: int = 10, most: int = 100) -> Figure:
    """The erlangs that so many telephone lines carry in one bundle, and in bundles of `group`; `lines` is marked."""
    x = list(range(group, most + 1, group))
    curves = {"one bundle": [carries(n) for n in x], f"bundles of {group}": [n / group * carries(group) for n in x]}
    together, apart = carries(lines), lines / group * carries(group)
    reading = (
        f"{lines} lines in one bundle carry {together:.2f} erlangs, in bundles of {group} {apart:.2f}: "
        f"a gain of {together / apart - 1:.0%}."
    )
    figure = charts.lines(x, curves, x_title="telephone lines", y_title="erlangs carried, 1 % of the calls lost",
                          reading=reading, x_range=(0, most + 5), y_range=(0, 90))  # fmt: skip
    return Figure([*figure.data, charts.dot(lines, together, f"{together:.2f}")], figure.layout, reading=reading)


def answered(level: Callable[[float], float], day: Day, *, within: float = 20, promise: float = 0.8) -> Figure:
    """The share of calls answered after at most so many seconds: `level` by the formula, `day` as measured.

    The dotted corner is what was promised: a share `promise` of them `within` so many seconds.
    """
    x = list(range(0, 121, 5))
    reading = (
        f"{day.tills} agents, each busy {day.utilisation:.0%} of the time: {level(within):.1%} of the calls are "
        f"answered within {within:g} seconds by the formula, {day.served_within(within):.1%} in the run."
    )
    figure = charts.lines(x, {"Erlang C": [100 * level(wait) for wait in x]}, x_title="seconds of music",
                          y_title="% of the calls answered", reading=reading, x_range=(0, 120),
                          y_range=(0, 100))  # fmt: skip
    seen = {"type": "scatter", "mode": "markers", "name": "the run", "x": x[::2],
            "y": [100 * day.served_within(wait) for wait in x[::2]],
            "marker": {"color": BRICK, "size": 8, "symbol": "diamond-open"}}  # fmt: skip
    corner = {"type": "scatter", "mode": "lines", "name": "the promise", "x": [0, within, within],
              "y": [100 * promise, 100 * promise, 0], "line": {"color": GREY, "dash": "dot"}}  # fmt: skip
    return Figure([*figure.data, seen, corner], figure.layout, reading=reading)
