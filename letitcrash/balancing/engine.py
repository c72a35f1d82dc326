"""The engine: several stores and the doors in front of them, as a loop over the next event.

Each store has one line for its tills. A customer whose patience ends goes away, and the slip with their order stays in
line: clerks work on it as on any other. (So it is with computers: a request whose asker has given up is answered.)
Columns are plain lists of numbers, which Python's garbage collector does not look through.
"""

from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush
from math import inf
from random import Random
from typing import Any

from letitcrash.balancing import events as ev
from letitcrash.balancing.admission import InLine, asked
from letitcrash.balancing.days import NOWHERE, Days, Visits
from letitcrash.balancing.faults import Dark, Fault, Slow, edges, faults_at
from letitcrash.balancing.knowledge import Knowledge
from letitcrash.queueing.day import BALKED, RENEGED, SERVED
from letitcrash.queueing.events import Arrived, Balked, Finished, Joined, Reneged, Started
from letitcrash.trace import Trace

# Events of one instant happen in this order; a first arrival at that instant comes last.
LIGHT, FINISH, SORRY, LEAVE, CHECK, PAINT, RETURN = range(7)


class Stores:
    """The stores while they run. `run_stores` changes the settings before it calls `run`."""

    def __init__(
        self, arrived: list[float], work: list[float], tills: tuple[int, ...], doors: list[Knowledge], closes: float
    ):
        self.arrived, self.work, self.tills, self.doors, self.closes = arrived, work, tills, doors, closes
        self.inside = [0] * len(tills)
        self.idle = [list(range(1, number + 1)) for number in tills]  # heaps: the first free till takes the customer
        self.lines: list = [deque() for _ in tills]
        self.agenda: list[tuple[float, int, int]] = []  # a heap of (when, what, whom)
        self.undecided, self.ended = len(arrived), closes
        self.boards: list[tuple[float, tuple[int, ...]]] = []
        # one entry per customer
        self.waited, self.fate = [0.0] * len(arrived), [""] * len(arrived)
        self.tries, self.current = [0] * len(arrived), [NOWHERE] * len(arrived)
        # one entry per visit
        self.visits = Visits([], [], [], [], [], [], [])
        self.door_of: list[int] = []
        # settings
        self.board = self.check = self.backoff = 0.0
        self.room, self.retries = inf, 0
        self.patience: list[float] | None = None
        self.work_again: Callable[[], float] | None = None
        self.admit: Callable | None = None
        self.budget: Any = None
        self.dark: list[list[Dark]] = [[] for _ in tills]
        self.slow: list[list[Slow]] = [[] for _ in tills]
        self.door_chance = self.pause_chance = Random(0)
        self.note: Callable | None = None
        self.first_till = [sum(tills[:store]) for store in range(len(tills))]  # one less than its number in the trace

    def add(self, fault: Fault) -> None:
        """Let `fault` happen in this run."""
        (self.dark if isinstance(fault, Dark) else self.slow)[fault.store].append(fault)

    def run(self, trace: Trace | None) -> Days:
        """Let every customer come, until each is served or has given up for good."""
        agenda, come = self.agenda, self._come
        happen = (
            *(self._light, self._finish, self._refuse, self._leave),
            *(self._look_at_lamps, self._paint, self._return),
        )
        if trace is not None:
            self._keep(trace)
        if self.board:
            self._paint(0.0, 0)
        if self.check:
            self._look_at_lamps(0.0, 0)
        for customer, at in enumerate(self.arrived):
            while agenda and agenda[0][0] <= at:
                now, what, whom = heappop(agenda)
                happen[what](now, whom)
            if self.budget is not None:
                self.budget.deposit(at)
            if self.note:
                self.note(Arrived, at, customer + 1)
            come(at, customer)
        while agenda:
            now, what, whom = heappop(agenda)
            happen[what](now, whom)
        return self._days(trace)

    def _come(self, at: float, customer: int) -> None:
        """A customer stands at a door: for the first time, or again."""
        number = int(self.door_chance.random() * len(self.doors)) if len(self.doors) > 1 else 0
        door, visits = self.doors[number], self.visits
        visit = len(visits.customer)
        store, seen = door.choose(at)
        if self.note:
            self.note(ev.Directed, at, customer + 1, 0 if store is None else store + 1, seen.inside)
        if store is None:
            store = NOWHERE
        self.current[customer] = visit
        self.tries[customer] += 1
        visits.customer.append(customer)
        visits.came.append(at)
        visits.store.append(store)
        visits.waited.append(0.0)
        again = self.tries[customer] > 1 and self.work_again is not None
        visits.served.append(self.work_again() if again else self.work[customer])
        visits.till.append(0)
        visits.fate.append("")
        self.door_of.append(number)
        if store == NOWHERE:
            self._turn_away(at, visit, "shut")
            return
        door.inside[store] += 1
        if self.dark[store] and (dark := faults_at(self.dark[store], at)):
            if dark[0].sorry:
                heappush(self.agenda, (at + dark[0].sorry, SORRY, visit))
            else:
                self._refuse(at, visit)
            return
        self._join(at, visit, store)

    def _join(self, at: float, visit: int, store: int) -> None:
        line, idle = self.lines[store], self.idle[store]
        if not idle and len(line) >= self.room:
            self._refuse(at, visit, "full")
            return
        self.inside[store] += 1
        if self.note:
            self.note(Joined, at, self.visits.customer[visit] + 1, store + 1)
        if self.patience is not None:
            patience = self.patience[self.visits.customer[visit]]
            if patience < inf:
                heappush(self.agenda, (at + patience, LEAVE, visit))
        if self.admit is not None:
            customer = self.visits.customer[visit]
            line.append(InLine(at, customer, self.tries[customer] - 1, visit))
            self._ask_who_stays(at, store)
            self._start_next(at, store)
        elif idle:
            self._start(at, visit, store)
        else:
            line.append(visit)

    def _start(self, at: float, visit: int, store: int) -> None:
        visits = self.visits
        visits.waited[visit] = at - visits.came[visit]
        visits.till[visit] = heappop(self.idle[store])
        if self.slow[store]:
            for slow in faults_at(self.slow[store], at):
                visits.served[visit] *= slow.factor
        heappush(self.agenda, (at + visits.served[visit], FINISH, visit))
        if self.note:
            self._note_till(ev.SlipStarted if visits.fate[visit] else Started, at, visit)

    def _start_next(self, at: float, store: int) -> None:
        """Put the first of the line to a free till; when no customer is left to be served, the slips stay."""
        line, idle = self.lines[store], self.idle[store]
        while line and idle and self.undecided:
            if self.admit is None:
                self._start(at, line.popleft(), store)
            else:
                self._start(at, line.pop(0).visit, store)

    def _finish(self, at: float, visit: int) -> None:
        visits = self.visits
        store = visits.store[visit]
        heappush(self.idle[store], visits.till[visit])
        self._gone(visit, store)
        if at > self.ended:
            self.ended = at
        if self.note:
            self._note_till(ev.SlipFinished if visits.fate[visit] else Finished, at, visit)
        if not visits.fate[visit]:
            self._end(at, visit, SERVED)
        if self.admit is not None:
            self._ask_who_stays(at, store)
        if self.lines[store]:
            self._start_next(at, store)

    def _refuse(self, at: float, visit: int, why: str = "dark") -> None:
        """The customer is told sorry at the door of a store and has not been inside."""
        self.doors[self.door_of[visit]].inside[self.visits.store[visit]] -= 1
        self._turn_away(at, visit, why)

    def _turn_away(self, at: float, visit: int, why: str) -> None:
        if self.note:
            self.note(ev.Refused, at, self.visits.customer[visit] + 1, self.visits.store[visit] + 1, why)
        self._end(at, visit, BALKED)

    def _leave(self, at: float, visit: int) -> None:
        """The customer's patience is over; the slip stays."""
        if not self.visits.fate[visit]:
            self._end(at, visit, RENEGED)

    def _gone(self, visit: int, store: int) -> None:
        self.inside[store] -= 1
        self.doors[self.door_of[visit]].inside[store] -= 1

    def _ask_who_stays(self, at: float, store: int) -> None:
        line = self.lines[store]
        if not line:
            return
        stay, away = asked(self.admit, line, at)
        self.lines[store] = stay
        for each in away:
            self._gone(each.visit, store)
            self.visits.waited[each.visit] = at - each.came
            if not self.visits.fate[each.visit]:
                self._turn_away(at, each.visit, "sent away")

    def _end(self, at: float, visit: int, fate: str) -> None:
        """A visit is over for its customer, who may come again."""
        visits = self.visits
        customer, store = visits.customer[visit], visits.store[visit]
        visits.fate[visit] = fate
        if at > self.ended:
            self.ended = at
        if store != NOWHERE and self.doors[self.door_of[visit]].listens:
            self.doors[self.door_of[visit]].heard(store, fate == SERVED, at - visits.came[visit], at)
        if fate == SERVED:
            self.waited[customer] = visits.came[visit] + visits.waited[visit] - self.arrived[customer]
        elif self.tries[customer] <= self.retries and (self.budget is None or self.budget.try_withdraw(at)):
            pause = self.backoff * 2 ** (self.tries[customer] - 1) * self.pause_chance.random() if self.backoff else 0.0
            heappush(self.agenda, (at + pause, RETURN, customer))
            if self.note and fate == RENEGED:
                self.note(ev.WentOut, at, customer + 1, store + 1)
            return
        else:
            self.waited[customer] = at - self.arrived[customer]
            if self.note:
                self.note(*((Balked, at, customer + 1) if fate == BALKED else (Reneged, at, customer + 1, store + 1)))
        self.fate[customer] = fate
        self.undecided -= 1

    def _return(self, at: float, customer: int) -> None:
        if self.note:
            self.note(ev.CameBack, at, customer + 1)
        self._come(at, customer)

    def _look_at_lamps(self, at: float, number: int) -> None:
        lamps = tuple([not faults_at(dark, at) for dark in self.dark])
        for door in self.doors:
            door.lamps = lamps
        if self.undecided:
            heappush(self.agenda, ((number + 1) * self.check, CHECK, number + 1))

    def _paint(self, at: float, number: int) -> None:
        counts = tuple(self.inside)
        self.boards.append((at, counts))
        if self.note:
            self.note(ev.BoardPainted, at, counts)
        for door in self.doors:
            door.paint(counts, at)
        if self.undecided:
            heappush(self.agenda, ((number + 1) * self.board, PAINT, number + 1))

    def _days(self, trace: Trace | None) -> Days:
        visits, last = self.visits, self.current
        for line in self.lines:  # slips that nobody will come back for
            for slip in line:
                visit = slip if self.admit is None else slip.visit
                visits.waited[visit] = self.ended - visits.came[visit]
        return Days(
            self.arrived,
            self.waited,
            [visits.served[visit] for visit in last],
            [visits.store[visit] for visit in last],
            [visits.till[visit] if visits.fate[visit] == SERVED else 0 for visit in last],
            *(self.fate, self.tries, visits, self.tills, self.ended, self.boards, trace),
        )

    def _keep(self, trace: Trace) -> None:
        """From now on note what happens; the lamps of dark stores are only events for that."""
        self.note = lambda *row: trace.record(row)
        self.note(ev.StoresOpened, 0.0, self.tills)
        for door in self.doors:
            door.note = self.note
        for store, faults in enumerate(self.dark):
            for moment in edges(faults):
                heappush(self.agenda, (moment, LIGHT, store))

    def _light(self, at: float, store: int) -> None:
        if self.undecided:
            self.note(ev.LightsOut if faults_at(self.dark[store], at) else ev.LightsOn, at, store + 1)

    def _note_till(self, kind: type, at: float, visit: int) -> None:
        visits = self.visits
        till = self.first_till[visits.store[visit]] + visits.till[visit]
        self.note(kind, at, visits.customer[visit] + 1, till)
