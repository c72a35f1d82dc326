"""Nine o'clock: twenty orders, prepared or not, at the store where the customer comes or at the other one."""

from functools import cache
from statistics import fmean

from letitcrash.caching import Morning, run_orders
from letitcrash.show import charts
from letitcrash.show.figure import Figure
from letitcrash.show.palette import BRICK, TEAL

ORDERS, SEED, MORNINGS = 20, 3, range(200)
TOLD = {"nobody": "nobody is told", "home": "home is told", "both": "both are told"}


@cache
def last_served(prepared: int) -> float:
    """The longest time from door to door of a morning, in minutes, in the mean of many mornings."""
    return fmean(run_orders(ORDERS, prepared, seed=seed).longest for seed in MORNINGS) / 60


def morning(prepared: int, *, top: float = 130) -> Figure:
    """One morning, a mark for each customer; the reading has the mean of many."""
    day = run_orders(ORDERS, prepared, seed=SEED)
    marks = []
    for name, wanted, symbol, colour in (("was prepared", True, "circle", TEAL), ("was not", False, "x", BRICK)):
        rows = [(at, time) for at, time, ready in zip(day.came, day.time, day.prepared, strict=True) if ready == wanted]
        marks.append({"type": "scatter", "mode": "markers", "name": name, "x": [at / 60 for at, _ in rows],
                      "y": [time / 60 for _, time in rows],
                      "marker": {"color": colour, "symbol": symbol, "size": 9}})  # fmt: skip
    reading = (
        f"{prepared} of {ORDERS} orders prepared: a customer is in the store for at most {last_served(prepared):.0f} "
        f"minutes, in the mean of {len(MORNINGS)} mornings; on this one, {day.longest / 60:.0f}."
    )
    layout = charts.axes("minutes after nine, at the door", "minutes from door to door", (0, 10), (0, top))
    return Figure(marks, layout, reading=reading)


@cache
def mornings(informed: str, away: float) -> list[Morning]:
    """Many mornings in two stores, all orders prepared where somebody was told of them."""
    return [run_orders(ORDERS, stores=2, away=away, informed=informed, seed=seed) for seed in MORNINGS]


def price(informed: str, away: float) -> tuple[float, float]:
    """The longest time from door to door, and the butchers' work for nothing, both in minutes and on average."""
    days = mornings(informed, away)
    return fmean(day.longest for day in days) / 60, fmean(day.wasted for day in days) / 60


def elsewhere(away: float, *, top: float = 80, right: float = 140) -> Figure:
    """A mark for each answer to the question who is told: work for nothing to the right, waiting upwards."""
    marks, said = [], []
    for (informed, name), symbol in zip(TOLD.items(), ("x", "circle", "square"), strict=True):
        longest, wasted = price(informed, away)
        said.append(f"{name}, {longest:.0f} minutes and {wasted:.0f} of work for nothing")
        marks.append({"type": "scatter", "mode": "markers+text", "name": name, "x": [wasted], "y": [longest],
                      "text": [name], "textposition": "top right" if wasted < right / 2 else "top left",
                      "showlegend": False, "marker": {"size": 13, "symbol": symbol, "color": BRICK}})  # fmt: skip
    reading = f"{away:.0%} go to the other store. The longest time in a store: {'; '.join(said)}."
    layout = charts.axes("butchers' minutes for nothing", "longest minutes in a store", (-5, right), (0, top))
    return Figure(marks, layout, reading=reading)
