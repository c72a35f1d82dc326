"""The ring: each key has an owner among the stores, and a store that opens takes keys from all and moves no others."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import ceil

from letitcrash.queueing import checks

CIRCLE = 2**64  # places on the ring, from 0


def stable_hash(key: str) -> int:
    """Return the first 64 bits of the SHA-256 of `key`: the same number in every process, unlike `hash()`.

    >>> stable_hash("Ann") == stable_hash("Ann") < CIRCLE
    True
    """
    return int.from_bytes(sha256(key.encode()).digest()[:8], "big")


@dataclass(frozen=True, slots=True)
class Ring:
    """Places on a circle of 2**64, in order, the owner of each, and the stores in alphabetical order."""

    points: tuple[int, ...]
    owners: tuple[str, ...]
    stores: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Ring({len(self.stores)} stores, {len(self.points)} points)"


def ring(stores: Iterable[str], points: int = 100) -> Ring:
    """Return the ring on which each of `stores` has so many `points`, placed by `stable_hash(f"{store}#{number}")`.

    The order of `stores` does not matter. Raises ValueError for no stores, a store named twice and `points` below 1.
    Karger and others 1997, "Consistent Hashing and Random Trees"; Envoy's ring hash balancer.
    """
    stores = list(stores)
    if not stores:
        raise ValueError("a ring without stores: name at least 1")
    twice = next((store for store in stores if stores.count(store) > 1), None)
    if twice is not None:
        raise ValueError(f"store {twice!r} is named twice: each store is on the ring once")
    points = checks.whole("points", points, least=1)
    placed = sorted((stable_hash(f"{store}#{number}"), store) for store in stores for number in range(points))
    return Ring(tuple([at for at, _ in placed]), tuple([store for _, store in placed]), tuple(sorted(stores)))


def owner(ring: Ring, key: str) -> str:
    """Return the store whose point is the next one clockwise from the place of `key`.

    >>> owner(ring(["north", "south"]), "Ann")
    'north'
    """
    return ring.owners[first_point(ring, key)]


def owner_within(ring: Ring, key: str, inside: Mapping[str, int], factor: float = 1.25) -> str:
    """Return the first store clockwise from `key` that has room: at most `factor` times its fair share, rounded up.

    `inside` counts customers by store, 0 for a store that it does not name. With the one who comes, at most
    ceil(factor * (sum + 1) / n) are in any of the n stores. Raises ValueError for a `factor` below 1: then all could
    be full. Mirrokni, Thorup and Zadimoghaddam 2017, "Consistent Hashing with Bounded Loads".
    """
    return walk_within(ring, first_point(ring, key), inside, factor)


def owner_by_remainder(stores: Iterable[str], key: str) -> str:
    """Return the store that the remainder of `stable_hash(key)` by their number picks, stores in alphabetical order.

    When a store opens, nearly every key has another owner.
    """
    stores = sorted(stores)
    if not stores:
        raise ValueError("no stores: name at least 1")
    return stores[stable_hash(key) % len(stores)]


def first_point(ring: Ring, key: str) -> int:
    """Return the index of the first point clockwise from the place of `key`."""
    return bisect_right(ring.points, stable_hash(key)) % len(ring.points)


def walk_within(ring: Ring, point: int, inside: Mapping[str, int], factor: float) -> str:
    """Return the first store with room from the point with index `point` on, as `owner_within`."""
    if not factor >= 1:
        raise ValueError(f"factor is {factor}: with less than 1, all stores could be full")
    customers = sum([inside.get(store, 0) for store in ring.stores])
    most = ceil(factor * (customers + 1) / len(ring.stores) - 1e-9)  # 1.1 * 10 / 11 is 1, also in binary
    while inside.get(ring.owners[point], 0) >= most:
        point = (point + 1) % len(ring.points)
    return ring.owners[point]
