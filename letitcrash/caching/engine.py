"""The engine: shelves with prices, and the office that knows them, as a loop over the next event.

Prices are numbers here, and a price's value is its version. `on_news` sees a shelf with names.
"""

from collections import deque
from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from inspect import iscoroutine
from math import inf
from typing import Any

from letitcrash.caching import events as ev
from letitcrash.caching.answers import FAILED, MISS, STALE, Answers
from letitcrash.caching.news import Beat, Changed, Connected, Gap
from letitcrash.caching.rules import Entry, outcome
from letitcrash.trace import Trace

CHANGE, BEAT, GAP, HEAL, DONE, GIVE_UP, PACE = range(7)
NOTHING = -1  # the version of a price that is not on the shelf


class Fetch:
    """A question on its way to the office: for which shelf and price, and the customers who wait for it."""

    __slots__ = ("callers", "is_over", "price", "shelf")

    def __init__(self, shelf: int, price: int, callers: list[int]):
        self.shelf, self.price, self.callers, self.is_over = shelf, price, callers, False


class Shelf:
    """One shelf. `ends` is by price the second until which the entry lives, `version` what it says."""

    def __init__(self, run: "Run", number: int):
        self._run, self.number, self.last = run, number, 0
        self.heard = 0  # the newest news that came here, whatever `last` says
        self.ends, self.version = [0.0] * run.prices, [NOTHING] * run.prices
        self.fetching: dict[int, Fetch] = {}
        self.to_refresh: deque[int] = deque()

    @property
    def now(self) -> float:
        """The second that it is."""
        return self._run.now

    def drop(self, doc: str) -> int:
        """Remove the entry of `doc`, as in NewsShelf."""
        price = self._run.number_of.get(doc)
        if price is None:
            raise ValueError(f"there is no document {doc!r}: news has the name in its `doc`")
        if self.version[price] == NOTHING:
            return 0
        self.ends[price], self.version[price] = 0.0, NOTHING
        self._run.note(ev.Invalidated, self.number + 1, doc, self.heard)
        return 1

    def flush(self) -> int:
        """Remove all entries, as in NewsShelf."""
        number = len(self.version) - self.version.count(NOTHING)
        self.ends[:], self.version[:] = [0.0] * len(self.ends), [NOTHING] * len(self.version)
        self._run.note(ev.Flushed, self.number + 1, number)
        return number

    async def since(self, number: int) -> list[Changed]:
        """Ask the office for the news after `number`, as in NewsShelf. It answers at once, from its log."""
        return self._run.news_after(self, number)


class Run:
    """Shelves and office while they run. `run_shelves` changes the settings before it calls `run`."""

    def __init__(self, shelves: int, names: Sequence[str], ttl: float):
        self.names, self.prices, self.ttl = names, len(names), ttl
        self.number_of = {name: price for price, name in enumerate(names)}
        self.shelves = [Shelf(self, number) for number in range(shelves)]
        self.version = [0] * self.prices
        self.superseded: list[list[float]] = [[] for _ in names]  # by price, the second at which each version got old
        self.log: list[int] = []
        self.agenda: list[tuple[float, int, int, Any]] = []  # a heap of (when, in which order, what, of whom)
        self.planned, self.now, self.line_is_up = 0, 0.0, True
        self.line: deque[Fetch] = deque()
        self.clerks, self.busy = 1, 0
        self.takes: Callable[[], float] = lambda: 0.0
        self.on_news: Callable | None = None
        self.is_guarded, self.grace, self.patience, self.beat, self.pace = True, 0.0, inf, 0.0, 0.0
        self.fetches, self.catch_ups, self.inside = [], [], [(0.0, 0)]
        self.trace: Trace | None = None

    def note(self, kind: type, *fields: Any) -> None:
        """Record an event of this second, if the run keeps a trace."""
        if self.trace is not None:
            self.trace.record((kind, self.now, *fields))

    def plan(self, at: float, what: int, whom: Any = None) -> None:
        """Let something happen at second `at`, after all that is planned for that second."""
        self.planned += 1
        heappush(self.agenda, (at, self.planned, what, whom))

    def run(self, asked: list[float], shelf_of: list[int], price_of: list[int], until: float) -> Answers:
        """Answer all questions, and let happen what is due until second `until`."""
        questions = len(asked)
        self.asked = asked
        self.outcome, self.waited, self.age = ["hit"] * questions, [0.0] * questions, [0.0] * questions
        agenda, version, superseded, age = self.agenda, self.version, self.superseded, self.age
        ends, has = [shelf.ends for shelf in self.shelves], [shelf.version for shelf in self.shelves]
        is_traced = self.trace is not None
        if is_traced:
            self._note_beginning()
        if self.beat:
            self.plan(self.beat, BEAT, 1)
        for question, (at, shelf, price) in enumerate(zip(asked, shelf_of, price_of, strict=True)):
            while agenda and agenda[0][0] <= at:
                self._happen()
            if is_traced:
                self._note_look(at, question, self.shelves[shelf], price)
            if at < ends[shelf][price]:
                held = has[shelf][price]
                if held != version[price]:
                    age[question] = at - superseded[price][held]
            else:
                self.now = at
                self._look(question, self.shelves[shelf], price)
        while agenda and (agenda[0][0] <= until or self.busy):
            self._happen(until)
        columns = (asked, shelf_of, price_of, self.outcome, self.waited, self.age)
        return Answers(*columns, self.fetches, self.catch_ups, self.inside, max(until, self.now), self.trace)

    def news_after(self, shelf: Shelf, number: int) -> list[Changed]:
        """The news after `number`; the office counts the question."""
        if type(number) is not int or number < 0:
            raise ValueError(f"since({number!r}): give the number of the newest news that is known, 0 or more")
        self.catch_ups.append(self.now)
        news = [Changed(each + 1, self.names[self.log[each]]) for each in range(number, len(self.log))]
        shelf.heard = len(self.log)
        self.note(ev.CaughtUp, shelf.number + 1, number, len(news))
        return news

    def _happen(self, until: float = inf) -> None:
        at, _, what, whom = heappop(self.agenda)
        if at > until and what not in (DONE, GIVE_UP):  # the day is over, and those inside get their answer
            return
        self.now = at
        if what == CHANGE:
            self._change(whom)
        elif what == BEAT:
            self.plan((whom + 1) * self.beat, BEAT, whom + 1)
            self._tell(Beat(len(self.log)))
        elif what == GAP:
            self.line_is_up = False
            self.note(ev.NewsStopped)
        elif what == HEAL:
            self._heal(whom)
        elif what == DONE:
            self._done(whom)
        elif what == GIVE_UP:
            if not whom.is_over:
                self._end(whom, FAILED)
        else:
            self._refresh_next(self.shelves[whom])

    def _look(self, question: int, shelf: Shelf, price: int) -> None:
        """A customer asks for a price that is not there, or too old."""
        held, on_its_way = shelf.version[price], shelf.fetching.get(price)
        if self.grace and held != NOTHING and self.now < shelf.ends[price] + self.grace:
            self.outcome[question] = STALE
            if held != self.version[price]:
                self.age[question] = self.now - self.superseded[price][held]
            if on_its_way is None:
                self._fetch(shelf, price, [])
            return
        self.outcome[question] = MISS
        if on_its_way is not None and self.is_guarded:
            on_its_way.callers.append(question)
        else:
            self._fetch(shelf, price, [question])

    def _fetch(self, shelf: Shelf, price: int, callers: list[int]) -> None:
        fetch = Fetch(shelf.number, price, callers)
        shelf.fetching[price] = fetch
        self.fetches.append(self.now)
        self.note(ev.FetchStarted, shelf.number + 1, self.names[price])
        self.line.append(fetch)
        if self.patience < inf:
            self.plan(self.now + self.patience, GIVE_UP, fetch)
        self._serve()
        self._count()

    def _serve(self) -> None:
        """Put the first of the line to a free clerk."""
        while self.line and self.busy < self.clerks:
            self.busy += 1
            self.plan(self.now + self.takes(), DONE, self.line.popleft())

    def _done(self, fetch: Fetch) -> None:
        """A clerk says the price as it is now. A shelf that has given up does not hear it."""
        self.busy -= 1
        if not fetch.is_over:
            shelf = self.shelves[fetch.shelf]
            shelf.ends[fetch.price] = self.now + self.ttl
            shelf.version[fetch.price] = self.version[fetch.price]
            self._end(fetch, MISS)
        self._serve()
        self._count()

    def _end(self, fetch: Fetch, fate: str) -> None:
        fetch.is_over = True
        fetching = self.shelves[fetch.shelf].fetching
        if fetching.get(fetch.price) is fetch:
            del fetching[fetch.price]
        kind, last = (ev.FetchFailed, "timeout") if fate == FAILED else (ev.Fetched, len(self.log))
        self.note(kind, fetch.shelf + 1, self.names[fetch.price], last)
        for question in fetch.callers:
            self.outcome[question] = fate
            self.waited[question] = self.now - self.asked[question]

    def _count(self) -> None:
        self.inside.append((self.now, len(self.line) + self.busy))

    def _change(self, price: int) -> None:
        self.superseded[price].append(self.now)
        self.version[price] += 1
        self.log.append(price)
        self.note(ev.PriceChanged, self.names[price], len(self.log))
        self._tell(Changed(len(self.log), self.names[price]))

    def _tell(self, news: Any) -> None:
        """Give the news to all shelves, if the line is there."""
        if self.line_is_up and self.on_news is not None:
            for shelf in self.shelves:
                self._act_on(shelf, news)

    def _act_on(self, shelf: Shelf, news: Any) -> None:
        shelf.heard = max(shelf.heard, getattr(news, "number", 0))
        action = self.on_news(shelf, news)
        if not iscoroutine(action):
            return
        try:
            action.send(None)
        except StopIteration:
            return
        action.close()
        raise TypeError("on_news has awaited something: here it can await shelf.since(number) and nothing else")

    def _heal(self, gap: Gap) -> None:
        self.line_is_up = True
        self.note(ev.NewsResumed, gap.silent)
        if gap.silent:
            return
        self._tell(Connected())
        if self.pace:
            for shelf in self.shelves:
                if not shelf.to_refresh:
                    self.plan(self.now, PACE, shelf.number)
                shelf.to_refresh.extend(price for price, held in enumerate(shelf.version) if held != NOTHING)

    def _refresh_next(self, shelf: Shelf) -> None:
        """Fetch one price anew that is on the shelf, and the next one a moment later."""
        price = shelf.to_refresh.popleft()
        if shelf.version[price] != NOTHING and price not in shelf.fetching:
            self._fetch(shelf, price, [])
        if shelf.to_refresh:
            self.plan(self.now + 1.0 / self.pace, PACE, shelf.number)

    def _note_beginning(self) -> None:
        self.note(ev.ShelvesOpened, len(self.shelves), None if self.ttl == inf else self.ttl)
        for shelf in self.shelves:
            for name, ends, held in zip(self.names, shelf.ends, shelf.version, strict=True):
                if held != NOTHING:
                    self.note(ev.Prewarmed, shelf.number + 1, name, ends - self.ttl if self.ttl < inf else 0.0)

    def _note_look(self, at: float, question: int, shelf: Shelf, price: int) -> None:
        self.now = at
        held = None if shelf.version[price] == NOTHING else Entry(None, shelf.ends[price], 0.0, "")
        self.note(ev.Looked, question + 1, shelf.number + 1, self.names[price], outcome(held, at, self.grace))
