"""A rule at a door: the turn, the chance and the memory that a rule needs, one set for each door."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

from letitcrash.balancing.rules import Snapshot, open_stores, peak_ewma, peak_load
from letitcrash.queueing import checks


class Balancer(Protocol):
    """A rule in use at one door. `heard` is told of each answer; a rule that remembers nothing has None for it."""

    def choose(self, seen: Snapshot, now: float) -> int | None:
        """Return the store of the customer who is at the door at second `now`, or None."""
        ...

    heard: Callable[[int, bool, float, float], None] | None
    """`heard(store, ok, took, now)`: at second `now` a customer came back from `store`, after `took` seconds."""


class ByChance:
    """A rule `(seen, chance)` with the chance of its door."""

    heard = None

    def __init__(self, rule: Callable[[Snapshot, Random], int | None], chance: Random):
        self.choose = lambda seen, now: rule(seen, chance)


class ByTurn:
    """A rule `(seen, turn)` with the turn of its door, as `round_robin`."""

    heard = None

    def __init__(self, rule: Callable[[Snapshot, int], tuple[int | None, int]], turn: int):
        self.rule, self.turn = rule, turn

    def choose(self, seen: Snapshot, now: float) -> int | None:
        """Return the store of the customer at the door, and go on to the next turn."""
        store, self.turn = self.rule(seen, self.turn)
        return store


@dataclass(frozen=True)
class PeakEwma:
    """Finagle's rule, for `run_stores(rule=PeakEwma(tau=10))`: of `d` draws, the store with the least load.

    A store's cost is a memory of its times that shrinks over `tau` seconds. A customer who was told sorry counts as
    one who took `failure` seconds; with None as one who took as long as that, and so a store that fails fast looks
    quick. `ewma` and `load` may be your own.
    """

    tau: float = 10.0
    d: int = 2
    failure: float | None = None
    ewma: Callable[[float, float, float, float], float] = peak_ewma
    load: Callable[[float, int], float] = peak_load

    def __post_init__(self):
        checks.number("tau", self.tau)
        checks.whole("d", self.d, least=1)

    def at_door(self, stores: int, chance: Random, door: int) -> "PeakEwmaDoor":
        """Return the rule in use at one door, with a memory of its own."""
        return PeakEwmaDoor(self, stores, chance)


class PeakEwmaDoor:
    """The costs of `stores` as one door remembers them."""

    def __init__(self, rule: PeakEwma, stores: int, chance: Random):
        self.rule, self.chance = rule, chance
        self.cost, self.stamp = [0.0] * stores, [0.0] * stores

    def choose(self, seen: Snapshot, now: float) -> int | None:
        """Return the store with the least load among the drawn ones, the first of a tie."""
        stores = open_stores(seen)
        if not stores:
            return None
        drawn = [self.chance.choice(stores) for _ in range(self.rule.d)]
        return min(drawn, key=lambda store: self._load(store, seen.inside[store], now))

    def heard(self, store: int, ok: bool, took: float, now: float) -> None:
        """Remember the time of a customer who has come back."""
        failure = self.rule.failure
        self._observe(store, took if ok or failure is None else failure, now)

    def _observe(self, store: int, rtt: float, now: float) -> None:
        self.cost[store] = self.rule.ewma(self.cost[store], now - self.stamp[store], rtt, self.rule.tau)
        self.stamp[store] = now

    def _load(self, store: int, inside: int, now: float) -> float:
        self._observe(store, 0.0, now)
        return self.rule.load(self.cost[store], inside)


def at_door(rule: Any, stores: int, chance: Random, door: int) -> Balancer:
    """Return `rule` in use at door number `door`, the first of which is 0.

    A rule is a function of `(seen, chance)`, one of `(seen, turn)`, or has a method `at_door(stores, chance, door)`,
    as PeakEwma. The turns of door d begin at store d. Raises TypeError for anything else.
    """
    if hasattr(rule, "at_door"):
        return rule.at_door(stores, chance, door)
    if not callable(rule):
        raise TypeError(f"rule is {rule!r}: give a function, such as least_connections, or PeakEwma()")
    names = list(inspect.signature(rule).parameters)
    if len(names) > 1 and names[1] == "turn":
        return ByTurn(rule, door % stores)
    return ByChance(rule, chance)
