"""run_orders: the orders for nine o'clock, prepared or not, at the store where the customer comes or at the other."""

from dataclasses import dataclass
from math import fsum
from typing import Literal

from letitcrash.queueing import checks
from letitcrash.world import minutes, stream

INFORMED = ("nobody", "home", "both")


@dataclass(frozen=True, repr=False, eq=False)
class Morning:
    """The orders in the order in which their customers came; seconds after nine.

    `home` is the store that was told of the order (from 0), `store` the one to which the customer went, `prepared`
    says whether the order lay ready there, `time` is the time from door to door. `wasted` is the butchers' time, in
    seconds, for orders that were prepared where nobody came for them.
    """

    came: list[float]
    home: list[int]
    store: list[int]
    prepared: list[bool]
    time: list[float]
    wasted: float

    def __repr__(self) -> str:
        return f"Morning({len(self.came)} orders, the longest took {self.longest:.0f} s)"

    @property
    def mean_time(self) -> float:
        """The mean time from door to door, in seconds."""
        return fsum(self.time) / len(self.time)

    @property
    def longest(self) -> float:
        """The longest time from door to door, in seconds."""
        return max(self.time)


def run_orders(
    orders: int = 20,
    prepared: int | None = None,
    *,
    stores: int = 1,
    away: float = 0.0,
    informed: Literal["nobody", "home", "both"] = "home",
    within: float = minutes(10),
    known: float = minutes(1),
    stranger: float = minutes(6),
    seed: int = 0,
) -> Morning:
    """Let `orders` customers come within `within` seconds from nine o'clock on, each at some time of it.

    The customers' homes are the `stores`, in turn; with chance `away` one goes to the next store instead. The first
    `prepared` of them (None: all) were prepared before nine, at the stores that were `informed`: "nobody", "home"
    or "both", the home and the next one. To hand over a prepared order takes `known` seconds, to make one `stranger`.
    With the same `seed` the same customers come, whoever was informed.
    """
    orders = checks.whole("orders", orders, least=1)
    stores = checks.whole("stores", stores, least=1)
    first = orders if prepared is None else checks.whole("prepared", prepared)
    if not 0 <= away <= 1 or (away and stores == 1):
        raise ValueError(f"away is {away:g}: it must be a share from 0 to 1, and 0 where there is one store")
    if informed not in INFORMED:
        raise ValueError(f'informed is {informed!r}: it must be "nobody", "home" or "both"')
    takes = {True: checks.number("known", known), False: checks.number("stranger", stranger)}
    within, chance = checks.number("within", within), stream(seed, "orders")
    rows = sorted((chance.random() * within, number % stores, chance.random() < away) for number in range(orders))
    free, wasted, morning = [0.0] * stores, 0.0, ([], [], [], [])
    for number, (at, home, is_away) in enumerate(rows):
        told = {"nobody": [], "home": [home], "both": [home, (home + 1) % stores]}[informed] if number < first else []
        store = (home + is_away) % stores
        wasted += takes[False] * len({each for each in told if each != store})
        free[store] = max(free[store], at) + takes[store in told]
        for column, value in zip(morning, (home, store, store in told, free[store] - at), strict=True):
            column.append(value)
    return Morning([row[0] for row in rows], *morning, wasted)
