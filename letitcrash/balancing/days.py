"""Days: the result of a run of several stores, customer by customer, visit by visit and store by store."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum

from letitcrash.queueing.day import BALKED, RENEGED, SERVED, Day
from letitcrash.trace import Trace

NOWHERE = -1  # the store of a customer whom a door could send nowhere


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Visits:
    """A visit is one try of one customer. Columns have one entry per visit, in the order of coming; times in seconds.

    `customer` and `store` count from 0, `till` from 1 in its store (0: never at a till). `waited` is the time in line
    of the customer's slip, `served` the time that a till needed or would have needed. `fate`: "served" in time,
    "balked" (told sorry or sent away), or "reneged" (the customer left; a till may still have worked on the slip).
    """

    customer: list[int]
    came: list[float]
    store: list[int]
    waited: list[float]
    served: list[float]
    till: list[int]
    fate: list[str]

    def __len__(self) -> int:
        return len(self.customer)


@dataclass(frozen=True, repr=False, eq=False)
class Days(Sequence[Day]):
    """The same day in several stores: `days[0]` is the Day of the first store, `days.all` that of all customers.

    Columns have one entry per customer, in order of arrival, as those of a Day: `arrived`, `waited` (until a till
    takes the visit that succeeds, or until the customer gives up for good), `served`, `store` (the last one,
    from 0; -1 where a door knew of none that is open), `till` (from 1 in its store, 0 for those who left unserved),
    `fate` and `tries`. `visits` has a row for each try, and so have the Days of the single stores. `boards` has a row
    for each painting of the board: the second and the counts.
    """

    arrived: list[float]
    waited: list[float]
    served: list[float]
    store: list[int]
    till: list[int]
    fate: list[str]
    tries: list[int]
    visits: Visits
    tills: tuple[int, ...]
    ended: float
    boards: list[tuple[float, tuple[int, ...]]]
    _trace: Trace | None = None

    def __len__(self) -> int:
        return len(self.tills)

    def __getitem__(self, store):
        return self._days[store]

    def __repr__(self) -> str:
        stores = f"{len(self.tills)} store{'s' * (len(self.tills) != 1)}"
        wait = f", mean wait {self.all.mean_wait:.1f} s" if any(self.till) else ""
        return f"Days({stores}, {len(self.arrived)} customers, {self.lost} lost{wait})"

    @property
    def trace(self) -> Trace:
        """The events of the run, kept if it was run with trace=True."""
        if self._trace is None:
            raise ValueError("these days were run without a trace: run_stores(..., trace=True) keeps one")
        return self._trace

    @property
    def lost(self) -> int:
        """The number of customers who were served nowhere."""
        return len(self.fate) - self.fate.count(SERVED)

    @property
    def refusals(self) -> int:
        """The number of visits that ended with a sorry: dark, full, sent away, or no store open."""
        return self.visits.fate.count(BALKED)

    @cached_property
    def all(self) -> Day:
        """The day of all customers, each with all their tries."""
        opened, staffed = [(0.0, sum(self.tills))], sum(self.tills) * self.ended
        columns = self.arrived, self.waited, self.served, self.till, self.fate
        return Day(*columns, sum(self.tills), "shared", self.ended, opened, staffed, self._trace)

    @cached_property
    def sent(self) -> list[int]:
        """The number of visits to each store."""
        return [self.visits.store.count(store) for store in range(len(self.tills))]

    @cached_property
    def served_at(self) -> list[float]:
        """The moments at which customers left a till served, in time, in order."""
        rows = zip(self.arrived, self.waited, self.served, self.fate, strict=True)
        return sorted([at + wait + work for at, wait, work, fate in rows if fate == SERVED])

    def served_per_second(self, since: float, until: float) -> float:
        """The customers served in time from second `since` to `until`, for each second of it."""
        self._check_window(since, until)
        return sum(since <= at < until for at in self.served_at) / (until - since)

    def served_share(self, since: float, until: float) -> float:
        """The share of those who first came from second `since` to `until` that was served at some time."""
        self._check_window(since, until)
        fates = [fate for at, fate in zip(self.arrived, self.fate, strict=True) if since <= at < until]
        if not fates:
            raise ValueError(f"nobody came from {since:g} to {until:g} s, so there is no share")
        return fates.count(SERVED) / len(fates)

    @property
    def wasted(self) -> float:
        """The share of the tills' work that was done for customers who had left."""
        rows = list(zip(self.visits.served, self.visits.till, self.visits.fate, strict=True))
        worked = fsum(work for work, till, _ in rows if till)
        if not worked:
            raise ValueError("no till has worked, so nothing was wasted")
        return fsum(work for work, till, fate in rows if till and fate == RENEGED) / worked

    @cached_property
    def _days(self) -> list[Day]:
        rows = [[] for _ in self.tills]
        for visit, store in enumerate(self.visits.store):
            if store != NOWHERE:
                rows[store].append(visit)
        columns = (self.visits.came, self.visits.waited, self.visits.served, self.visits.till, self.visits.fate)
        return [
            Day(
                *[[column[visit] for visit in own] for column in columns],
                *(tills, "shared", self.ended, [(0.0, tills)], tills * self.ended),
            )
            for tills, own in zip(self.tills, rows, strict=True)
        ]

    def _check_window(self, since: float, until: float) -> None:
        if not 0 <= since < until:
            raise ValueError(f"from {since:g} to {until:g} s: give two seconds, the earlier one first")
