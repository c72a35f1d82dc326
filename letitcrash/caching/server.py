"""A shelf as a process: one fetch for all who ask for a key, news from the office, and an answer for everybody."""

import inspect
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
    """Word from a child process that has fetched: the office's answer."""

    child: Pid
    value: Any
    number: int


class ShelfServer(GenServer):
    """All of a shelf but its two decisions, `ask` and `fetched`: `Shelf` has them, and a reader's own class may.

    Its children fetch, and the office sends it news. `waiting` has for each key with a fetch on its way those who wait.
    """

    def __init_subclass__(cls, **kwargs: Any):
        super().__init_subclass__(**kwargs)
        for name in ("ask", "fetched"):
            if inspect.iscoroutinefunction(getattr(cls, name)):
                raise TypeError(f"{cls.__name__}.{name} must be a plain `def`: a shelf that waits answers nobody")

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
        cache: Callable[..., Any] = Cache,
    ):
        """Fill the shelf, and have the office send its news."""
        self.office, self.number, self.grace, self.patience = office, number, grace, patience
        self.act, self.origin = on_news, origin
        self.cache = cache(ttl) if room is None else cache(ttl, room)
        self.documents: dict[str, str] = {}  # by key, the document that its entry was made from
        self.waiting: dict[str, list[Ref]] = {}  # by key, those who wait for the fetch that is on its way
        self.children: dict[Pid, tuple[str, Ref]] = {}  # the processes on their way: for which key, and their monitor
        self.must_know: dict[str, int] = {}  # by key, the news that a fetch on its way must be younger than
        self.prewarming: set[str] = set()
        for key, (value, got) in (stock or {}).items():
            self.store(key, value, got)
            self.me.node.note(ev.Prewarmed, number + 1, key, got)
        self.last = self.heard = await call(self.me, office, "subscribe")

    # Questions

    def ask(self, key: str, caller: Ref) -> Any:
        """Return the value of `key`, or NoReply() and have `caller` wait for the fetch that brings it."""
        raise NotImplementedError(f"{type(self).__name__} has no ask, and was asked for {key!r}")

    def fetched(self, key: str, result: Any) -> None:
        """Store what the office said of `key`, unless it is Failed, and tell all who wait."""
        raise NotImplementedError(f"{type(self).__name__} has no fetched, and {key!r} has come")

    async def handle_call(self, request: Ask, caller: Ref) -> Any:
        """Answer a customer, now or later; with an old value, if one is given out for a while."""
        match request:
            case Ask(key, customer):
                found = self.outcome(key)
                self.me.node.note(ev.Looked, customer, self.number + 1, key, found)
                if found != "stale":
                    return self.ask(key, caller)
                if key not in self.waiting:
                    self.waiting[key] = []
                    self.fetch(key)
                return self.cache.peek(key).value

    def outcome(self, key: str) -> str:
        """Return "hit", "stale" or "miss", as the rule of that name, for the entry of `key`."""
        if self.grace:
            return outcome(self.cache.peek(key), self.me.now, self.grace)
        return "miss" if self.cache.get(key, self.me.now) is None else "hit"

    def store(self, key: str, value: Any, got: float | None = None) -> None:
        """Put a value on the shelf, got now unless `got` says when; another one may have to go."""
        doc = self.documents[key] = self.origin(key)
        evicted = self.cache.put(key, value, self.me.now if got is None else got, doc)
        if evicted is not None:
            self.documents.pop(evicted, None)
            self.me.node.note(ev.Evicted, self.number + 1, evicted)

    def fetch(self, key: str) -> None:
        """Send a child process to the office. Its answer, or its death, comes to `fetched`."""
        self.me.node.note(ev.FetchStarted, self.number + 1, key)
        settings = (self.me.pid, self.office, key, self.patience)
        child, ref = self.me.spawn_monitor(_fetch, *settings, label=f"fetch {key}")
        self.children[child] = key, ref

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
            case _Back(child, value, number):
                key, ref = self.children.pop(child)
                self.me.demonitor(ref, flush=True)
                if number < self.must_know.get(key, 0):  # younger news came meanwhile, so the value may be old
                    self.fetch(key)
                    return
                self.me.node.note(ev.Fetched, self.number + 1, key, number)
                self.count_as_prewarmed(key)
                self.must_know.pop(key, None)
                self.fetched(key, value)
            case Down(pid=child, reason=reason) if child in self.children:
                key, _ = self.children.pop(child)
                self.prewarming.discard(key)
                self.me.node.note(ev.FetchFailed, self.number + 1, key, str(reason))
                self.must_know.pop(key, None)
                self.fetched(key, Failed(reason))
            case Changed() | Beat() | Connected():
                self.heard = max(self.heard, getattr(message, "number", 0))
                await self.act(self, message)

    def count_as_prewarmed(self, key: str) -> None:
        """Note that a key is there which nobody has asked for, if it was fetched for that."""
        if key in self.prewarming and not self.waiting[key]:
            self.me.node.note(ev.Prewarmed, self.number + 1, key, self.me.now)
        self.prewarming.discard(key)

    @property
    def now(self) -> float:
        """The second that it is."""
        return self.me.now

    def drop(self, doc: str) -> int:
        """Remove all that was made from the document `doc`, and return the number of entries removed."""
        for key in self.waiting:
            if self.origin(key) == doc:
                self.must_know[key] = self.heard
        for key in [key for key, origin in self.documents.items() if origin == doc]:
            del self.documents[key]
            self.me.node.note(ev.Invalidated, self.number + 1, key, self.heard)
        return self.cache.drop(doc)

    def flush(self) -> int:
        """Remove everything, and return the number of entries removed."""
        self.must_know = dict.fromkeys(self.waiting, self.heard)
        entries = self.cache.flush()
        self.documents.clear()
        self.me.node.note(ev.Flushed, self.number + 1, entries)
        return entries

    async def since(self, number: int) -> list[Changed]:
        """Ask the office for all news after `number`, in order."""
        news = await call(self.me, self.office, Since(number))
        self.heard = max([self.heard, *(each.number for each in news)])
        self.me.node.note(ev.CaughtUp, self.number + 1, number, len(news))
        return news


class Shelf(ShelfServer):
    """Shelf number `number` (from 0), which keeps values for `ttl` seconds and asks the process `office` for others.

    It answers an `Ask` at once or when the value is there, with one fetch on its way for each key. A fetch is a child
    process; when the office has not answered it within `patience` seconds, or it dies, all who wait are told `Failed`
    and the next who asks sends again. With `grace`, an entry that is too old by so many seconds is still given out,
    while a fetch brings the new one. `on_news(shelf, news)` acts on what the office says. `origin` gives the document
    of a key, by default the key itself; `stock` has values that are there at the start, each with the second at which
    it was got.
    """

    def ask(self, key: str, caller: Ref) -> Any:
        """Return the value of `key`, or NoReply() and have `caller` wait for the fetch that brings it."""
        entry = self.cache.get(key, self.me.now)
        if entry is not None:
            return entry.value
        if key in self.waiting:
            self.waiting[key].append(caller)
        else:
            self.waiting[key] = [caller]
            self.fetch(key)
        return NoReply()

    def fetched(self, key: str, result: Any) -> None:
        """Store what the office said of `key`, unless it is Failed, and tell all who wait."""
        if not isinstance(result, Failed):
            self.store(key, result)
        for caller in self.waiting.pop(key):
            reply(self.me, caller, result)


async def _fetch(me: Process, shelf: Pid, office: Pid | str, key: str, patience: float | None) -> None:
    """Ask the office and tell the shelf; die of an office that does not answer."""
    try:
        value, number = await call(me, office, Price(key), timeout=patience)
    except CallFailed as failed:
        raise Exit(failed.cause) from None
    me.send(shelf, _Back(me.pid, value, number))
