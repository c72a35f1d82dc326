"""run_butchers: stores with a butcher each, who serves a customer he knows in a minute and a stranger in six."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from math import log
from random import Random
from typing import Any

from letitcrash.balancing.balancers import at_door
from letitcrash.balancing.rules import Snapshot
from letitcrash.caching.popularity import by_rank
from letitcrash.caching.rings import Ring, first_point, ring, walk_within
from letitcrash.queueing import checks
from letitcrash.queueing.arrivals import Poisson
from letitcrash.queueing.day import SERVED, Day, quantile
from letitcrash.world import hours, stream


@dataclass(frozen=True)
class Home:
    """The rule that sends each customer to the store that owns them on a ring with so many `points` a store.

    With `factor`, to the next store with room where the home is full: at most `factor` times its fair share.
    """

    factor: float | None = None
    points: int = 100

    def __post_init__(self):
        checks.whole("points", self.points, least=1)
        if self.factor is not None:
            checks.number("factor", self.factor, least=1.0)


@dataclass(frozen=True, repr=False, eq=False)
class ButcherDays(Sequence[Day]):
    """A day of butchers: `days[0]` is the Day of the first store, `days.all` that of all customers.

    Columns have one entry per visit, in order of arrival, times in seconds: `arrived`, `customer` (the number of the
    regular, from 0), `store` (from 0), `known` (the butcher knew the customer), `waited` and `served`.
    """

    arrived: list[float]
    customer: list[int]
    store: list[int]
    known: list[bool]
    waited: list[float]
    served: list[float]
    stores: int
    ended: float

    def __len__(self) -> int:
        return self.stores

    def __getitem__(self, store):
        return self._days[store]

    def __repr__(self) -> str:
        stores = f"{self.stores} butcher{'s' * (self.stores != 1)}"
        share = f", {self.known_share:.0%} known, mean time {self.all.mean_time:.0f} s" if self.arrived else ""
        return f"ButcherDays({stores}, {len(self.arrived)} visits{share})"

    @cached_property
    def all(self) -> Day:
        """The day of all customers."""
        return self._day(list(range(len(self.arrived))), self.stores)

    @property
    def known_share(self) -> float:
        """The share of visits at which the butcher knew the customer."""
        if not self.known:
            raise ValueError("nobody came, so there is nothing to measure")
        return sum(self.known) / len(self.known)

    def quantile_time(self, share: float = 0.95) -> float:
        """The time from door to door that a share `share` of the visits did not exceed, in seconds."""
        return quantile(self.all.times, share)

    @cached_property
    def _days(self) -> list[Day]:
        rows = [[] for _ in range(self.stores)]
        for visit, store in enumerate(self.store):
            rows[store].append(visit)
        return [self._day(own, 1) for own in rows]

    def _day(self, visits: list[int], tills: int) -> Day:
        columns = [[column[visit] for visit in visits] for column in (self.arrived, self.waited, self.served)]
        at_till = [self.store[visit] + 1 if tills > 1 else 1 for visit in visits]
        opened, staffed = [(0.0, tills)], tills * self.ended
        return Day(*columns, at_till, [SERVED] * len(visits), tills, "per till", self.ended, opened, staffed)


def run_butchers(
    stores: int = 2,
    *,
    rule: Callable | Home,
    per_hour: float = 12.0,
    regulars: int = 60,
    memory: int = 80,
    known: float = 60.0,
    stranger: float = 360.0,
    popularity: float = 0.0,
    warm_up: int = 400,
    until: float = hours(10),
    seed: int = 0,
) -> ButcherDays:
    """Run `stores` butchers for a day and give back what happened at every visit.

    Each store brings `per_hour` customers an hour and `regulars` regulars to the town: which of them comes is chance,
    with the regular of rank k coming in proportion to k**-popularity (Zipf; 0: all equally often). `rule` chooses the
    store: a rule of chapter 6, as `least_connections`, or `Home()`. A butcher remembers the `memory` customers whom he
    served last. To serve one takes an exponential time, of mean `known` seconds or `stranger` seconds.

    Before the doors open, each butcher has seen `warm_up` customers: his own with `Home`, any by chance with another
    rule. The doors are open for `until` seconds, and those inside are served. With the same `seed` the same customers
    come at the same times whatever the rule, and are as quick or slow.
    """
    stores = checks.whole("stores", stores, least=1)
    people = checks.whole("regulars", regulars, least=1) * stores
    room = checks.whole("memory", memory, least=1)
    mean = {True: checks.number("known", known), False: checks.number("stranger", stranger)}
    arrived = Poisson(checks.number("per_hour", per_hour, more=True) * stores).times(
        stream(seed, "arrivals"), checks.number("until", until, more=True)
    )
    came = by_rank(people, checks.number("popularity", popularity), stream(seed, "customers"))
    work, choose = stream(seed, "service"), _chooser(rule, stores, people, stream(seed, "door 1"))
    memories = [OrderedDict() for _ in range(stores)]
    warm = stream(seed, "warm-up")
    for _ in range(checks.whole("warm_up", warm_up) * stores):
        customer = came()
        _meet(memories[choose.home(customer) if choose.home else int(warm.random() * stores)], customer, room)

    inside, free, leaving, days = [0] * stores, [0.0] * stores, [], ([], [], [], [], [])
    for at in arrived:
        while leaving and leaving[0][0] <= at:
            inside[heappop(leaving)[1]] -= 1
        customer = came()
        store = choose(customer, inside, at)
        knows = _meet(memories[store], customer, room)
        takes = -mean[knows] * log(1.0 - work.random())
        begins = max(at, free[store])
        free[store] = begins + takes
        inside[store] += 1
        heappush(leaving, (free[store], store))
        for column, value in zip(days, (customer, store, knows, begins - at, takes), strict=True):
            column.append(value)
    return ButcherDays(arrived, *days, stores, max([until, *free]))


def _meet(memory: OrderedDict, customer: int, room: int) -> bool:
    """Return whether the butcher knows the customer, whom he knows from now on."""
    knows = customer in memory
    memory[customer] = True
    memory.move_to_end(customer)
    if len(memory) > room:
        memory.popitem(last=False)
    return knows


class _HomeChooser:
    """`Home` for so many stores, with the place of each customer on the ring looked up once."""

    def __init__(self, rule: Home, stores: int, people: int):
        self.factor, self.number = rule.factor, {f"store {store + 1}": store for store in range(stores)}
        self.ring: Ring = ring(self.number, rule.points)
        self.points = [first_point(self.ring, f"customer {customer + 1}") for customer in range(people)]

    def home(self, customer: int) -> int:
        return self.number[self.ring.owners[self.points[customer]]]

    def __call__(self, customer: int, inside: list[int], at: float) -> int:
        if self.factor is None:
            return self.home(customer)
        counts = dict(zip(self.number, inside, strict=True))
        return self.number[walk_within(self.ring, self.points[customer], counts, self.factor)]


class _DoorChooser:
    """A rule of chapter 6, which does not look at the customer."""

    home = None

    def __init__(self, rule: Any, stores: int, chance: Random):
        self.balancer, self.open = at_door(rule, stores, chance, 0), (True,) * stores

    def __call__(self, customer: int, inside: list[int], at: float) -> int:
        store = self.balancer.choose(Snapshot(tuple(inside), self.open), at)
        if type(store) is not int or not 0 <= store < len(self.open):
            raise ValueError(f"the rule sends a customer to store {store}: there are 0 to {len(self.open) - 1}")
        return store


def _chooser(rule: Any, stores: int, people: int, chance: Random) -> _HomeChooser | _DoorChooser:
    return _HomeChooser(rule, stores, people) if isinstance(rule, Home) else _DoorChooser(rule, stores, chance)
