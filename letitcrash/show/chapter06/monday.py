"""A Monday on which buses come for 200 seconds: one clerk, ten customers a second, a patience of ten seconds."""

from functools import cache

from letitcrash.balancing import Days, at_random, run_stores
from letitcrash.queueing import Exponential, Rush
from letitcrash.show import charts
from letitcrash.show.figure import Figure

SERVES = 10.0  # customers a second
PATIENCE = 10.0  # seconds
BUSES = (200.0, 400.0)  # seconds between which three times as many come
ENDS, EVERY = 1000.0, 20.0  # seconds of the picture, and of one of its points
NO_LIMIT = "no limit"


@cache
def a_monday(load: float, retries: int, room: int | str) -> Days:
    """Run the Monday: `retries` times somebody who has waited in vain goes out and comes in again."""
    limit = None if room == NO_LIMIT else room
    rush = Rush(3600 * SERVES * load, *BUSES)
    return run_stores(rush, Exponential(1 / SERVES), 1, rule=at_random, patience=PATIENCE, retries=retries,
                      room=limit, until=ENDS, seed=1)  # fmt: skip


def goodput(load: float, retries: int, room: int | str) -> Figure:
    """The customers served in time, a second, over the Monday; below them those who came for the first time."""
    days = a_monday(load, retries, room)
    t = [EVERY * number for number in range(round(ENDS / EVERY))]
    served = [days.served_per_second(at, at + EVERY) for at in t]
    came = [sum(at <= first < at + EVERY for first in days.arrived) / EVERY for at in t]
    before, after, late = (days.served_per_second(*span) for span in ((50, 200), (400, 440), (600, ENDS)))
    reading = (
        f"Served in time, a second: {before:.1f} before the buses, {after:.1f} in the 40 seconds after them, "
        f"{late:.1f} from second 600 on. {days.wasted:.0%} of the clerk's work is for people who have left."
    )
    curves = {"served in time": served, "come for the first time": came}
    return charts.steps(t, curves, x_title="seconds", y_title="customers a second", reading=reading,
                        x_range=(0, ENDS), y_range=(0, 25))  # fmt: skip
