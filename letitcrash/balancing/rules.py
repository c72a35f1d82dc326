"""The decisions of a load balancer as functions: a rule gets a snapshot of what one door knows, never the stores.

Stores are numbered from 0. Each rule returns the number of a store that is open as far as the door knows, or None
where none is. The names are those of Envoy (`LEAST_REQUEST`), nginx (`least_conn`) and Finagle (`PeakEwma`).
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from random import Random
from typing import Any, NamedTuple


class Snapshot(NamedTuple):
    """The knowledge of one door: customers inside each store, which stores are open, and its age in seconds.

    `inside` counts those at the tills too. Both tuples have one entry per store.
    """

    inside: tuple[int, ...]
    open: tuple[bool, ...]
    age: float = 0.0


def at_random(seen: Snapshot, chance: Random) -> int | None:
    """Toss a coin among the open stores."""
    all_open = open_stores(seen)
    return chance.choice(all_open) if all_open else None


def round_robin(seen: Snapshot, turn: int) -> tuple[int | None, int]:
    """Return the open store whose turn it is, and whose turn is next. A shut store loses its turn to the next one.

    >>> round_robin(Snapshot((0, 0, 0), (True, False, True)), 1)
    (2, 0)
    """
    if not open_stores(seen):
        return None, turn
    stores = len(seen.open)
    while not seen.open[turn % stores]:
        turn += 1
    return turn % stores, (turn + 1) % stores


def least_connections(seen: Snapshot, chance: Random) -> int | None:
    """Return the open store with the fewest customers inside; chance decides a tie."""
    stores = open_stores(seen)
    if not stores:
        return None
    inside = seen.inside
    fewest = min([inside[store] for store in stores])
    best = [store for store in stores if inside[store] == fewest]
    return chance.choice(best)


def two_choices(seen: Snapshot, chance: Random, d: int = 2) -> int | None:
    """Draw `d` of the open stores, with replacement, and return the one with the fewest inside, the first of a tie.

    Raises ValueError for `d` below 1. Mitzenmacher 2001, "The Power of Two Choices in Randomized Load Balancing".
    """
    if d < 1:
        raise ValueError(f"d is {d}: draw at least 1 store")
    stores = open_stores(seen)
    if not stores:
        return None
    drawn = [chance.choice(stores) for _ in range(d)]
    return min(drawn, key=seen.inside.__getitem__)


def peak_ewma(cost: float, since: float, rtt: float, tau: float) -> float:
    """Return the cost of a store, in seconds, after a reply that took `rtt`; `since` seconds after the last look.

    A slower reply counts at once, a quicker one little by little: of the old cost exp(-since / tau) is left.
    Raises ValueError for a negative time. Finagle, PeakEwma.scala, `observe`.

    >>> round(peak_ewma(100, since=10, rtt=0, tau=10), 1), peak_ewma(100, since=10, rtt=200, tau=10)
    (36.8, 200)
    """
    for name, seconds in (("cost", cost), ("since", since), ("rtt", rtt), ("tau", tau)):
        if not seconds >= 0:
            back = ": the clock runs back" if name == "since" else ": it must be 0 s or more"
            raise ValueError(f"{name} is {seconds} s{back}")
    if rtt > cost:
        return rtt
    kept = math.exp(-since / tau) if tau else 0.0
    return cost * kept + rtt * (1.0 - kept)


def peak_load(cost: float, inside: int, penalty: float = 1e6) -> float:
    """Return the load of a store, in seconds: the cost of one customer times all of them, the next one counted.

    A store without a reply so far (`cost` 0) has no load while nobody is inside; with somebody inside it has
    `penalty`, so that it is tried once and not flooded. Finagle, PeakEwma.scala, `load`.

    >>> peak_load(2.0, 3), peak_load(0, 0), peak_load(0, 1)
    (8.0, 0, 1000001.0)
    """
    if inside < 0:
        raise ValueError(f"{inside} customers inside: it must be 0 or more")
    if cost == 0 and inside:
        return penalty + inside
    return cost * (inside + 1)


def throttle(asked: float, accepted: float, k: float = 2.0) -> float:
    """Return the chance with which a customer turns back by itself, given what was asked and accepted of late.

    `asked` and `accepted` count the same stretch of time, two minutes in the source: "Site Reliability Engineering",
    chapter 21, "Handling Overload". Raises ValueError for counts that cannot be and for `k` below 1.

    >>> round(throttle(1000, 300), 4), throttle(1000, 600)
    (0.3996, 0.0)
    """
    if not 0 <= accepted <= asked:
        raise ValueError(f"{accepted} accepted of {asked} asked: both must be 0 or more, and none accepted unasked")
    if not k >= 1:
        raise ValueError(f"k is {k}: with less than 1, a store that accepts all would be spared too")
    return max(0.0, (asked - k * accepted) / (asked + 1))


def admit(line: Sequence[Any], now: float, patience: float = 10.0) -> tuple[list, list]:
    """Return the customers of `line` who stay, in the order of service, and those who are sent away.

    A customer who came `patience` seconds ago or earlier, by `.came`, is sent away: to serve one who has given up is
    work for nobody.
    """
    stay = [each for each in line if now - each.came < patience]
    return stay, [each for each in line if now - each.came >= patience]


def open_stores(seen: Snapshot) -> tuple[int, ...]:
    """Return the numbers of the stores that are open as far as the door knows. Raises ValueError for no stores."""
    if not seen.open or len(seen.open) != len(seen.inside):
        counts, lamps = len(seen.inside), len(seen.open)
        raise ValueError(f"a snapshot of {counts} counts and {lamps} lamps: give one of each for each store")
    return _numbers(seen.open)


@lru_cache(maxsize=256)
def _numbers(lamps: tuple[bool, ...]) -> tuple[int, ...]:
    """Return the places of those that are true; the same lamps come again and again."""
    return tuple(store for store, is_open in enumerate(lamps) if is_open)
