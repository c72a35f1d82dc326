"""News from the office about changed prices, and three ways in which a shelf can act on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

from letitcrash.caching.rules import missed
from letitcrash.queueing import checks


class Changed(NamedTuple):
    """News `number`: the document `doc` has changed. The office numbers its news from 1."""

    number: int
    doc: str


class Beat(NamedTuple):
    """A sign of life from the office: `number` is the newest news."""

    number: int


class Connected(NamedTuple):
    """The line to the office is there again, after a gap in which news may have been lost."""


class NewsShelf(Protocol):
    """A shelf as `on_news` sees it. `last` is the number of the newest news that the shelf knows; it starts at 0.

    `now` is the second that it is. `on_news` may set attributes of its own, which stay there for the next news.
    """

    last: int
    now: float

    def drop(self, doc: str) -> int:
        """Remove all that was made from the document `doc`, and return the number of entries removed."""
        ...

    def flush(self) -> int:
        """Remove everything, and return the number of entries removed."""
        ...

    async def since(self, number: int) -> list[Changed]:
        """Ask the office for all news after `number`, in order."""
        ...


async def drop_changed(shelf: NewsShelf, news: Any) -> None:
    """Drop what has changed, and look neither at numbers nor at beats nor at gaps."""
    match news:
        case Changed(number, doc):
            shelf.last = number
            shelf.drop(doc)


async def flush_when_connected(shelf: NewsShelf, news: Any) -> None:
    """Drop what has changed, and everything after a gap of the line, as Kazoo's `channel_reconnect_flush`."""
    match news:
        case Changed(number, doc):
            shelf.last = number
            shelf.drop(doc)
        case Connected():
            shelf.flush()


async def on_news(shelf: NewsShelf, news: Any) -> None:
    """Drop what has changed, and ask for what was missed when the numbers show a gap or the line was away."""
    match news:
        case Changed(number, doc) if not missed(shelf.last, number):
            shelf.last = max(shelf.last, number)
            shelf.drop(doc)
        case Beat(number) if not missed(shelf.last, number + 1):
            pass
        case Changed() | Beat() | Connected():
            for number, doc in await shelf.since(shelf.last):
                shelf.last = max(shelf.last, number)
                shelf.drop(doc)


@dataclass(frozen=True, slots=True)
class Gap:
    """No news comes through from second `since` to second `until`. After a `silent` gap nobody says `Connected`."""

    since: float
    until: float
    silent: bool = False

    def __post_init__(self):
        checks.number("since", self.since)
        checks.number("until", self.until)
        if not self.since < self.until:
            raise ValueError(f"a gap from {self.since:g} s to {self.until:g} s: it must end after it begins")


HICCUPS = (Gap(1200.0, 1245.0), Gap(2400.0, 2420.0), Gap(3000.0, 3003.0, silent=True))
"""The gaps of ticket 0915: two that the log shows, and Thursday's."""


def checked_gaps(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return `gaps` in order. Raises TypeError or ValueError for what is no gap, and for gaps that overlap."""
    gaps = tuple(gaps)
    for gap in gaps:
        if not isinstance(gap, Gap):
            raise TypeError(f"{gap!r} is no gap: give Gap(since, until)")
    gaps = tuple(sorted(gaps, key=lambda gap: gap.since))
    for gap, after in pairwise(gaps):
        if after.since <= gap.until:
            raise ValueError(f"{after} begins before {gap} has ended")
    return gaps
