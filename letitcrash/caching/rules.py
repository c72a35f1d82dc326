"""The decisions of a cache as functions: the age of an entry, the latest starts of orders, a number that was missed.

Times are seconds on one clock. The names are those of memcached (get, put, drop), Envoy (ring hash), CouchDB (`since`)
and Kazoo (`origin`).
"""

from collections.abc import Mapping
from math import expm1
from typing import Any, Literal, NamedTuple

from letitcrash.queueing import checks


class Entry(NamedTuple):
    """A value on the shelf: the second at which it was got, its time to live, and the document it was made from."""

    value: Any
    got: float
    ttl: float
    origin: str


def outcome(entry: Entry | None, now: float, grace: float = 0.0) -> Literal["hit", "stale", "miss"]:
    """Return "hit" while the entry lives, "stale" for `grace` seconds after that, and "miss" for one too old or None.

    An entry lives while `now < got + ttl`, so with a `ttl` of 0 it is never a hit. Raises ValueError for a negative
    `grace`.

    >>> ham = Entry(1.99, got=100, ttl=900, origin="ham")
    >>> [outcome(ham, now, grace=60) for now in (999, 1000, 1060)]
    ['hit', 'stale', 'miss']
    """
    if not grace >= 0:
        raise ValueError(f"grace is {grace} s: it must be 0 s or more")
    if entry is None:
        return "miss"
    ends = entry.got + entry.ttl
    return "hit" if now < ends else "stale" if now < ends + grace else "miss"


def start_times(orders: Mapping[str, float], takes: float) -> dict[str, float]:
    """Return the latest starts, by order, so that one pair of hands has each of `orders` ready when it is due.

    `orders` has for each the second at which it is due; each takes `takes` seconds. Orders due at the same time are
    cut in the order given. Starts come in order, and are negative where the work should have begun before second 0.

    >>> start_times({"Ann": 540, "Ben": 540, "Cem": 540}, takes=6)
    {'Ann': 522, 'Ben': 528, 'Cem': 534}
    """
    if not takes >= 0:
        raise ValueError(f"takes is {takes}: a cut takes 0 s or more")
    starts, free_until = {}, float("inf")
    for order, due in sorted(orders.items(), key=lambda item: item[1])[::-1]:
        free_until = min(due, free_until) - takes
        starts[order] = free_until
    return dict(reversed(starts.items()))


def missed(last: int, number: int) -> bool:
    """Return whether news was lost before news `number` came, when `last` is the newest number known.

    News is numbered one by one. A beat with the office's newest number n loses nothing if n is known, so ask
    `missed(last, n + 1)`: it stands where the next news will.

    >>> missed(7, 8), missed(7, 9), missed(7, 7)
    (False, True, False)
    """
    return number > last + 1


def hit_share(rate: float, ttl: float) -> float:
    """Return the share of questions that are hits, asked `rate` times a second at random, without news.

    Each fetch is followed by `rate * ttl` hits in the mean, and the next question after them fetches.

    >>> round(hit_share(1 / 30, 900), 4)
    0.9677
    """
    asked = checks.number("rate", rate) * checks.number("ttl", ttl)
    return asked / (1 + asked)


def stale_share(rate: float, ttl: float, change: float) -> float:
    """Return the share of questions that are answered with an old value, which changes `change` times a second.

    A hit finds an entry of any age up to `ttl` equally often; one of age a is old with chance 1 - exp(-change * a).

    >>> round(stale_share(1 / 30, 900, 1 / 3600), 4)
    0.1115
    """
    changes = checks.number("change", change) * ttl
    return hit_share(rate, ttl) * (1 + expm1(-changes) / changes) if changes else 0.0
