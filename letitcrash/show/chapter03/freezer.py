"""The morning on which the freezer clerk died: its processes, and pictures of the freezer's temperature.

Times are seconds since nine o'clock.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from letitcrash.process import Process, Timeout
from letitcrash.show import charts
from letitcrash.show.figure import Figure
from letitcrash.world import World, hours, minutes

SOFT = -6.0  # degrees at which ice cream can be drunk
OPENS = 9
SMUDGED_AT = minutes(12)
CLERK = ("clerk", "0")  # a name and the machine it belongs to: sending there never fails

Roll = list[tuple[float, float]]


async def clerk(me: Process) -> None:
    """Reads the price on each label and calls "closed"."""
    while True:
        customer, label = await me.receive()
        float(label)  # the price
        me.send(customer, "closed")


async def lid(me: Process, roll: Roll) -> None:
    """Shows the clerk a label every four minutes, and writes the temperature on the roll."""
    degrees = -18.0
    while True:
        roll.append((me.now, degrees))
        label = "2,4?" if me.now == SMUDGED_AT else "2.49"
        me.send(CLERK, (me.pid, label))
        answer = await me.receive("closed", timeout=minutes(1))
        degrees = degrees + 0.6 if answer == Timeout() else -18.0
        await me.sleep(minutes(4) - me.now % minutes(4))


async def hires(me: Process) -> None:
    """A manager who hires a clerk and goes."""
    me.spawn(clerk, name="clerk")


def morning(manager: Callable[..., Any], *args: Any) -> tuple[World, Roll]:
    """Two hours with this manager: the world, and the freezer's paper roll."""
    world, roll = World(report=None), []  # a log entry would tell the manager nothing
    world.spawn(manager, *args, name="manager")
    world.spawn(lid, roll, name="freezer")
    world.run(until=hours(2))
    return world, roll


def clock(seconds: float) -> str:
    """The time on the wall.

    >>> clock(720)
    '9:12'
    """
    minutes_past = int(seconds // 60)
    return f"{OPENS + minutes_past // 60}:{minutes_past % 60:02d}"


def softens(roll: Sequence[tuple[float, float]]) -> float | None:
    """The second at which the paper roll first shows soft ice cream, or None."""
    return next((at for at, degrees in roll if degrees >= SOFT), None)


def warmest(roll: Sequence[tuple[float, float]]) -> float:
    """The highest temperature on the roll."""
    return max(degrees for _, degrees in roll)


def temperature(rolls: Mapping[str, Sequence[tuple[float, float]]], *, until: float = 7200.0) -> Figure:
    """The freezer's paper rolls, one line each, over two hours of the morning."""
    first = next(iter(rolls.values()))
    curves = {name: [degrees for _, degrees in roll] for name, roll in rolls.items()}
    curves["soft ice cream"] = [SOFT] * len(first)
    readings = []
    for name, roll in rolls.items():
        at = softens(roll)
        end = f"the ice cream is soft at {clock(at)}" if at else f"{warmest(roll):.1f} °C at the warmest"
        readings.append(f"{name}: {end}")
    figure = charts.lines(
        [at / 3600 + OPENS for at, _ in first], curves, x_title="time of day", y_title="°C in the freezer",
        reading="; ".join(readings) + ".", x_range=(OPENS, OPENS + until / 3600), y_range=(-20, 6),
    )  # fmt: skip
    places = [OPENS + quarter / 2 for quarter in range(int(until / 1800) + 1)]
    figure.layout["xaxis"] |= {"tickvals": places, "ticktext": [clock((place - OPENS) * 3600) for place in places]}
    return figure
