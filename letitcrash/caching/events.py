"""Events of shelves and of the office that knows the prices; both can be drawn from these alone.

Shelves (`store`) and customers are numbered from 1, and so is the news. A customer's story is Looked; after a miss the
customer waits for the Fetched or FetchFailed of that store and key that comes next.
"""

from dataclasses import dataclass

from letitcrash.trace import Event


@dataclass(frozen=True, slots=True)
class ShelvesOpened(Event):
    """The first event: there are so many `shelves`, on which a price keeps for `ttl` seconds (None: for ever)."""

    shelves: int
    ttl: float | None


@dataclass(frozen=True, slots=True)
class Prewarmed(Event):
    """The price of `key` lies on the shelf of `store` before anybody asks for it; it was got at second `got`."""

    store: int
    key: str
    got: float


@dataclass(frozen=True, slots=True)
class Looked(Event):
    """`customer` asks for `key` at the shelf of `store`; `outcome` is "hit", "stale" (and given out) or "miss"."""

    customer: int
    store: int
    key: str
    outcome: str


@dataclass(frozen=True, slots=True)
class FetchStarted(Event):
    """Somebody goes from `store` to the office for the price of `key`."""

    store: int
    key: str


@dataclass(frozen=True, slots=True)
class Fetched(Event):
    """The price of `key` is on the shelf of `store`, as it was when `number` was the newest news."""

    store: int
    key: str
    number: int


@dataclass(frozen=True, slots=True)
class FetchFailed(Event):
    """The office has not told `store` the price of `key`, and all who wait for it are told so; `why` is the reason."""

    store: int
    key: str
    why: str


@dataclass(frozen=True, slots=True)
class PriceChanged(Event):
    """The price of `key` changes at the office, which makes news `number` of it."""

    key: str
    number: int


@dataclass(frozen=True, slots=True)
class Invalidated(Event):
    """`store` takes `key` from its shelf; `number` is the newest news that it knows. So for each key that it drops."""

    store: int
    key: str
    number: int


@dataclass(frozen=True, slots=True)
class Evicted(Event):
    """`key` goes from the shelf of `store` to make room: it was used the longest ago."""

    store: int
    key: str


@dataclass(frozen=True, slots=True)
class Flushed(Event):
    """`store` throws away all that is on its shelf, so many `entries`."""

    store: int
    entries: int


@dataclass(frozen=True, slots=True)
class CaughtUp(Event):
    """`store` asks the office for all news after `number`, and is told of so many `changes`."""

    store: int
    number: int
    changes: int


@dataclass(frozen=True, slots=True)
class NewsStopped(Event):
    """From now on no news comes through from the office."""


@dataclass(frozen=True, slots=True)
class NewsResumed(Event):
    """News comes through again; if the gap was `silent`, nobody is told of it."""

    silent: bool
