"""run_shelves: an hour of questions at several shelves, with prices that change, from a time to live and `on_news`."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from math import inf
from typing import Any, Literal

from letitcrash.caching.answers import Answers
from letitcrash.caching.engine import CHANGE, GAP, HEAL, Run
from letitcrash.caching.news import HICCUPS, Gap, checked_gaps, drop_changed
from letitcrash.caching.popularity import by_rank
from letitcrash.queueing import checks
from letitcrash.queueing.arrivals import SECONDS_PER_HOUR, Poisson
from letitcrash.queueing.inputs import next_time
from letitcrash.queueing.services import Exponential, Service
from letitcrash.trace import Trace
from letitcrash.world import hours, stream

CLERK = Exponential(0.2)  # seconds a clerk takes to look a price up
GUARDS = ("none", "wait", "stale")


def run_shelves(
    on_news: Callable[[Any, Any], Any] | None = drop_changed,
    *,
    shelves: int = 3,
    prices: int = 400,
    rate: float = 20.0,
    change: float = 0.1,
    popularity: float = 1.0,
    ttl: float = 900.0,
    guard: Literal["none", "wait", "stale"] = "wait",
    grace: float = inf,
    patience: float = inf,
    clerks: int = 4,
    takes: Service | float = CLERK,
    beat: float = 5.0,
    gaps: Iterable[Gap] = HICCUPS,
    planted: int | None = 19,
    paced: float = 0.0,
    cold: bool = False,
    until: float = hours(1),
    seed: int = 0,
    trace: bool = False,
) -> Answers:
    """Run shelves and their office for `until` seconds, and give back what came of every question.

    Each of `shelves` is asked `rate` questions a second for one of `prices` prices, which change `change` times a
    second in all; a price of rank k is asked for, and changes, in proportion to k**-popularity. A shelf keeps a price
    for `ttl` seconds and fetches it anew when it is asked for after that. The office has `clerks`, each of whom
    `takes` some time for a fetch. By `guard`, those who ask for a price that is on its way send for it too ("none"),
    wait for it ("wait"), or get the old one, if it is not older than `ttl + grace` ("stale"). A fetch without an
    answer after `patience` seconds has failed, and all who wait for it are told.

    At each change the office sends news, and every `beat` seconds (0: never) the newest number; `gaps` are times in
    which no news comes through. `on_news(shelf, news)` is called, and awaited if it is `async`, for each `Changed`,
    `Beat` and `Connected`; with None nobody listens. The office answers `shelf.since(number)` at once, and counts it.
    In the middle of each gap, and at no other time, the price `planted` changes, if there is a price with this number
    (the first is 0), so that no seed passes by luck. With `paced`, a shelf also fetches all that it holds anew after
    each gap that it was told of, so many prices a second.

    At the start the shelves hold all prices, with ages by chance, or nothing if it is a `cold` start. With the same
    `seed` the same questions are asked and the same prices change, whatever the shelves do. With `trace`, every event
    is kept in `.trace`. Raises ValueError or TypeError for a value that cannot be, in words that name it.
    """
    shelves, prices = checks.whole("shelves", shelves, least=1), checks.whole("prices", prices, least=1)
    ttl = checked_wait("ttl", ttl)
    if guard not in GUARDS:
        raise ValueError(f'guard is {guard!r}: it must be "none", "wait" or "stale"')
    if on_news is not None and not callable(on_news):
        raise TypeError(f"on_news is {on_news!r}: it must be a function of a shelf and a piece of news, or None")
    until = checks.number("until", until, more=True)
    rate, popularity = checks.number("rate", rate, more=True), checks.number("popularity", popularity)
    gaps = checked_gaps(gaps)

    run = Run(shelves, names_of(prices), ttl)
    run.on_news, run.is_guarded, run.clerks = on_news, guard != "none", checks.whole("clerks", clerks, least=1)
    run.grace = checked_wait("grace", grace) if guard == "stale" else 0.0
    run.patience = checked_wait("patience", patience)
    run.beat, run.pace = checks.number("beat", beat), checks.number("paced", paced)
    run.takes = next_time("takes", takes, stream(seed, "clerks"))
    if not cold:
        for ends, shelf in zip(first_ends(shelves, prices, ttl, seed), run.shelves, strict=True):
            shelf.ends[:], shelf.version[:] = ends, [0] * prices
    run.trace = Trace() if trace else None
    for gap in gaps:
        run.plan(gap.since, GAP)
        run.plan(gap.until, HEAL, gap)
    change = checks.number("change", change)
    if planted is not None and checks.whole("planted", planted) >= prices:
        planted = None
    for at, price in changes_of(prices, change, popularity, until, gaps, planted, seed):
        run.plan(at, CHANGE, price)
    return run.run(*questions_of(shelves, prices, rate, popularity, until, seed), until)


def names_of(prices: int) -> list[str]:
    """The names of the prices; the first is asked for most."""
    return [f"price {number + 1}" for number in range(prices)]


def checked_wait(name: str, seconds: float) -> float:
    """Return `seconds`, which may be infinite, or raise an error that names the bad value."""
    return inf if seconds == inf else checks.number(name, seconds)


def first_ends(shelves: int, prices: int, ttl: float, seed: int) -> list[list[float]]:
    """The ends of the entries that lie on the shelves at second 0: some got long ago, some just now."""
    chance = stream(seed, "ages")
    return [[ttl * (1.0 - chance.random()) for _ in range(prices)] for _ in range(shelves)]


def changes_of(
    prices: int, change: float, popularity: float, until: float, gaps: Sequence[Gap], planted: int | None, seed: int
) -> list[tuple[float, int]]:
    """The moments of change and the price of each, in order; `planted` changes in the middle of each gap."""
    rows = [] if planted is None else [((gap.since + gap.until) / 2.0, planted) for gap in gaps]
    if change:
        moments = Poisson(change * SECONDS_PER_HOUR).times(stream(seed, "changes"), until)
        which = _prices(prices, popularity, len(moments), seed, "changed prices")
        rows += [row for row in zip(moments, which, strict=True) if row[1] != planted or not gaps]
    return sorted(rows)


@lru_cache(maxsize=2)
def questions_of(
    shelves: int, prices: int, rate: float, popularity: float, until: float, seed: int
) -> tuple[list[float], list[int], list[int]]:
    """The moments of the questions, and the shelf and the price of each. Nobody may change these lists."""
    asked = Poisson(rate * shelves * SECONDS_PER_HOUR).times(stream(seed, "questions"), until)
    at = stream(seed, "shelves").random
    return asked, [int(at() * shelves) for _ in asked], _prices(prices, popularity, len(asked), seed, "prices")


def _prices(prices: int, popularity: float, number: int, seed: int, name: str) -> list[int]:
    draw = by_rank(prices, popularity, stream(seed, name))
    return [draw() for _ in range(number)]
