"""A shelf as a process: one fetch for all who ask for a key, news from the office, and an answer for everybody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from letitcrash.caching import events as ev
from letitcrash.caching.cache import Cache
from letitcrash.caching.news import Beat, Changed, Connected, on_news
from letitcrash.caching.office import Price, Since
from letitcrash.caching.rules import outcome
from letitcrash.gen_server import CallFailed, GenServer, NoReply, call, reply
from letitcrash.process import Down, Exit, Pid, Process, Ref

PATIENCE = 1.5  # seconds for a fetch (Kazoo's kz_cache: stampede waiters)


@dataclass(frozen=True, slots=True)
class Ask:
    """A question of `customer` to a shelf: the price of `key`. The answer is its value, or `Failed`."""

    key: str
    customer: int = 0


@dataclass(frozen=True, slots=True)
class Prewarm:
    """Word to a shelf: fetch these `keys` now, before anybody asks."""

    keys: tuple[str, ...]


class Failed(NamedTuple):
    """The answer of a shelf whose fetch has come to nothing; `why` is the reason, "timeout" or that of a crash."""

    why: Any


class _Back(NamedTuple):
    """Word from the child process that fetches: the office's answer."""

    key: str
    value: Any
    number: int


class Shelf(GenServer):
    """Shelf number `number` (from 0), which keeps values for `ttl` seconds and asks the process `office` for others.

    It answers an `Ask` at once or when the value is there, with one fetch on its way for each key. A fetch is a child
    process; when the office has not answered it within `patience` seconds, or it dies, all who wait are told `Failed`
    and the next who asks sends again. With `grace`, an entry that is too old by so many seconds is still given out,
    while a fetch brings the new one. `on_news(shelf, news)` acts on what the office says. `origin` gives the document
    of a key, by default the key itself; `stock` has values that are there at the start, each with the second at which
    it was got.
    """

    async def init(
        self,
        office: Pid | str,
        ttl: float = 900.0,
        room: int | None = None,
        *,
        number: int = 0,
        grace: float = 0.0,
        patience: float | None = PATIENCE,
        on_news: Callable[[Any, Any], Any] = on_news,
        origin: Callable[[str], str] = str,
        stock: Mapping[str, tuple[Any, float]] | None = None,
    ):
        """Fill the shelf, and have the office send its news."""
        self.office, self.number, self.grace, self.patience = office, number, grace, patience
        self.act, self.origin = on_news, origin
        self.cache = Cache(ttl, room)
        self.waiting: dict[str, list[Ref]] = {}  # by key, those who wait for the fetch that is on its way
        self.children: dict[Ref, str] = {}
        self.must_know: dict[str, int] = {}  # by key, the news that a fetch on its way must be younger than
        self.prewarming: set[str] = set()
        for key, (value, got) in (stock or {}).items():
            self.cache.put(key, value, got, origin(key))
            self.me.node.note(ev.Prewarmed, number + 1, key, got)
        self.last = self.heard = await call(self.me, office, "subscribe")

    # Questions

    async def handle_call(self, request: Ask, caller: Ref) -> Any:
        """Answer a customer, now or later."""
        match request:
            case Ask(key, customer):
                found = outcome(self.cache.peek(key), self.me.now, self.grace)
                self.me.node.note(ev.Looked, customer, self.number + 1, key, found)
                return self.ask(key, caller)

    def ask(self, key: str, caller: Ref) -> Any:
        """Return the value of `key`, or NoReply() and have `caller` wait for the fetch that brings it."""
        entry = self.cache.get(key, self.me.now)
        if entry is not None:
            return entry.value
        old = self.cache.peek(key)
        is_given_out = outcome(old, self.me.now, self.grace) == "stale"
        callers = [] if is_given_out else [caller]
        if key in self.waiting:
            self.waiting[key] += callers
        else:
            self.waiting[key] = callers
            self.fetch(key)
        return old.value if is_given_out else NoReply()

    def fetched(self, key: str, result: Any, number: int) -> None:
        """Store what the office said of `key`, unless it is Failed, and tell all who wait.

        `number` is the news that the office knew of. If news that came meanwhile is younger, the value may be old, and
        is fetched again.
        """
        if not isinstance(result, Failed):
            if number < self.must_know.get(key, 0):
                self.fetch(key)
                return
            evicted = self.cache.put(key, result, self.me.now, self.origin(key))
            if evicted is not None:
                self.me.node.note(ev.Evicted, self.number + 1, evicted)
        self.must_know.pop(key, None)
        for caller in self.waiting.pop(key, []):
            reply(self.me, caller, result)

    def fetch(self, key: str) -> None:
        """Send a child process to the office. Its answer, or its death, comes to `fetched`."""
        self.me.node.note(ev.FetchStarted, self.number + 1, key)
        settings = (self.me.pid, self.office, key, self.patience)
        _, ref = self.me.spawn_monitor(_fetch, *settings, label=f"fetch {key}")
        self.children[ref] = key

    async def handle_cast(self, message: Prewarm) -> None:
        """Fetch what will be asked for."""
        match message:
            case Prewarm(keys):
                for key in keys:
                    if key not in self.waiting and self.cache.get(key, self.me.now) is None:
                        self.prewarming.add(key)
                        self.waiting[key] = []
                        self.fetch(key)

    # News

    async def handle_info(self, message: Any) -> None:
        """Hear from a child that has fetched or died, or from the office."""
        match message:
            case _Back(key, value, number):
                ref = next(ref for ref, fetched in self.children.items() if fetched == key)
                del self.children[ref]
                self.me.demonitor(ref, flush=True)
                if number >= self.must_know.get(key, 0):
                    self.me.node.note(ev.Fetched, self.number + 1, key, number)
                    self.count_as_prewarmed(key)
                self.fetched(key, value, number)
            case Down(ref=ref, reason=reason):
                key = self.children.pop(ref)
                self.prewarming.discard(key)
                self.me.node.note(ev.FetchFailed, self.number + 1, key, str(reason))
                self.fetched(key, Failed(reason), 0)
            case Changed() | Beat() | Connected():
                self.heard = max(self.heard, getattr(message, "number", 0))
                await self.act(self, message)

    def count_as_prewarmed(self, key: str) -> None:
        """Note that a key is there which nobody has asked for, if it was fetched for that."""
        if key in self.prewarming and not self.waiting[key]:
            self.me.node.note(ev.Prewarmed, self.number + 1, key, self.me.now)
        self.prewarming.discard(key)

    def drop(self, doc: str) -> int:
        """Remove all that was made from the document `doc`, and return the number of entries removed."""
        for key in self.waiting:
            if self.origin(key) == doc:
                self.must_know[key] = self.heard
        for key in self.cache.made_from(doc):
            self.me.node.note(ev.Invalidated, self.number + 1, key, self.heard)
        return self.cache.drop(doc)

    def flush(self) -> int:
        """Remove everything, and return the number of entries removed."""
        self.must_know = dict.fromkeys(self.waiting, self.heard)
        entries = self.cache.flush()
        self.me.node.note(ev.Flushed, self.number + 1, entries)
        return entries

    async def since(self, number: int) -> list[Changed]:
        """Ask the office for all news after `number`, in order."""
        news = await call(self.me, self.office, Since(number))
        self.heard = max([self.heard, *(each.number for each in news)])
        self.me.node.note(ev.CaughtUp, self.number + 1, number, len(news))
        return news


async def _fetch(me: Process, shelf: Pid, office: Pid | str, key: str, patience: float | None) -> None:
    """Ask the office and tell the shelf; die of an office that does not answer."""
    try:
        value, number = await call(me, office, Price(key), timeout=patience)
    except CallFailed as failed:
        raise Exit(failed.cause) from None
    me.send(shelf, _Back(key, value, number))
