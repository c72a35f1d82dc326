"""The engine: one store, its lines and its tills, from the first customer to the last.

Chapter 1 builds this store from SimPy's processes and resources. Here is the same store as a loop over the next
event: customers come from a sorted list, everything else from one heap. The book's pictures run on it; a test
holds it to SimPy and to Kiefer and Wolfowitz's recursion, wait by wait.
"""

from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush
from math import inf

from letitcrash.queueing import checks
from letitcrash.queueing.day import BALKED, RENEGED, SERVED, Day
from letitcrash.queueing.events import (
    Arrived,
    Balked,
    Finished,
    Joined,
    Reneged,
    Started,
    StoreOpened,
    TillClosed,
    TillOpened,
)
from letitcrash.queueing.openings import Floor
from letitcrash.trace import Trace

# Events of one instant happen in this order; an arrival at that instant comes last.
FINISH, REVIEW, RENEGE = range(3)


class Store:
    """The store while it runs. Customers and tills are counted from 0 here, from 1 in columns and trace."""

    def __init__(self, arrived: list[float], served: list[float], tills: int, line: str, closes: float):
        self.arrived, self.served, self.tills, self.line, self.closes = arrived, served, tills, line, closes
        self.waited = [0.0] * len(arrived)
        self.till = [0] * len(arrived)
        self.fate = [SERVED] * len(arrived)
        self.shared = line == "shared"
        self.lines = [deque()] * tills if self.shared else [deque() for _ in range(tills)]
        self.serving: list[int | None] = [None] * tills
        self.idle = list(range(tills))  # a heap: of the tills that are free, a shared line takes the first
        self.agenda: list[tuple[float, int, int]] = []  # a heap of (when, what, whom)
        self.open, self.opened, self.staffed, self.ended = 0, [], 0.0, closes
        self.on_duty_since: list[float | None] = [None] * tills
        self.room, self.patience = inf, None  # from here on: settings that `run_store` may change before it calls `run`
        self.choose: Callable[[], int] = self._shortest
        self.opening: Callable[[Floor], int] | None = None
        self.review, self.record = inf, None

    def run(self, trace: Trace | None) -> Day:
        """Let every customer come, and all of them leave."""
        agenda, happen, arrive = self.agenda, (self._finish, self._look, self._renege), self._arrive
        if trace is not None:
            self.record = trace.record
            self.record((StoreOpened, 0.0, self.tills, self.line))
        self._open(0.0, self._wanted(0.0))
        if self.opening:
            heappush(agenda, (self.review, REVIEW, 0))
        for customer, at in enumerate(self.arrived):
            while agenda and agenda[0][0] <= at:
                now, what, whom = heappop(agenda)
                happen[what](now, whom)
            arrive(at, customer)
        while agenda:
            now, what, whom = heappop(agenda)
            happen[what](now, whom)
        self._open(self.ended, 0)
        columns = self.arrived, self.waited, self.served, self.till, self.fate
        return Day(*columns, self.tills, self.line, self.ended, self.opened, self.staffed, trace)

    def _arrive(self, at: float, customer: int) -> None:
        if self.record:
            self.record((Arrived, at, customer + 1))
        if self.shared:
            till = self.idle[0] if self.idle and self.idle[0] < self.open else None
            line, free = 0, till is not None
        else:
            till = self.choose()
            line, free = till + 1, self.serving[till] is None
        if not free and self.room < inf and self._waiting() >= self.room:
            self.fate[customer] = BALKED
            self.ended = max(self.ended, at)
            if self.record:
                self.record((Balked, at, customer + 1))
            return
        if self.record:
            self.record((Joined, at, customer + 1, line))
        if free:
            if self.shared:
                heappop(self.idle)
            self._start(at, customer, till)
            return
        self.lines[till or 0].append(customer)
        if self.patience and self.patience[customer] < inf:
            heappush(self.agenda, (at + self.patience[customer], RENEGE, customer))

    def _start(self, at: float, customer: int, till: int) -> None:
        self.waited[customer] = at - self.arrived[customer]
        self.till[customer] = till + 1
        self.serving[till] = customer
        heappush(self.agenda, (at + self.served[customer], FINISH, till))
        if self.record:
            self.record((Started, at, customer + 1, till + 1))

    def _finish(self, at: float, till: int) -> None:
        self.ended = max(self.ended, at)
        if self.record:
            self.record((Finished, at, self.serving[till] + 1, till + 1))
        line = self.lines[till]
        if line and (till < self.open or not self.shared):
            self._start(at, line.popleft(), till)
            return
        self.serving[till] = None
        if self.shared:
            heappush(self.idle, till)
        if till >= self.open:
            self._off_duty(at, till)

    def _renege(self, at: float, customer: int) -> None:
        if self.till[customer]:
            return
        till = next(till for till, line in enumerate(self.lines) if customer in line)
        self.lines[till].remove(customer)
        self.waited[customer] = at - self.arrived[customer]
        self.fate[customer] = RENEGED
        self.ended = max(self.ended, at)
        if self.record:
            self.record((Reneged, at, customer + 1, 0 if self.shared else till + 1))

    def _look(self, at: float, _: int) -> None:
        """The manager looks up, and opens or closes tills."""
        last = self.arrived[-1] if self.arrived else 0.0
        if at < max(self.closes, last) or self._busy():
            self._open(at, self._wanted(at))
            heappush(self.agenda, (at + self.review, REVIEW, 0))

    def _wanted(self, at: float) -> int:
        if self.opening is None:
            return self.tills
        wanted = self.opening(Floor(at, self.tills, self.open, self._busy(), self._waiting()))
        return min(self.tills, checks.whole(f"the number of tills that the opening rule wants at {at:g} s", wanted, 1))

    def _open(self, at: float, wanted: int) -> None:
        """From now on `wanted` tills are open: the first ones. A till that closes serves out the customer it has."""
        if wanted == self.open:
            return
        for till in range(self.open, wanted):
            if self.on_duty_since[till] is None:
                self.on_duty_since[till] = at
            if self.record:
                self.record((TillOpened, at, till + 1))
        for till in reversed(range(wanted, self.open)):
            if self.record:
                self.record((TillClosed, at, till + 1))
            if self.serving[till] is None:
                self._off_duty(at, till)
        self.open = wanted
        self.opened.append((at, wanted))
        while self.shared and self.lines[0] and self.idle and self.idle[0] < wanted:
            self._start(at, self.lines[0].popleft(), heappop(self.idle))

    def _off_duty(self, at: float, till: int) -> None:
        self.staffed += at - self.on_duty_since[till]
        self.on_duty_since[till] = None

    def _shortest(self) -> int:
        """The open till with the fewest people, the one at the till counted; the first of several."""
        people = [len(self.lines[till]) + (self.serving[till] is not None) for till in range(self.open)]
        return people.index(min(people))

    def _busy(self) -> int:
        return self.tills - self.serving.count(None)

    def _waiting(self) -> int:
        return len(self.lines[0]) if self.shared else sum(map(len, self.lines))
