"""Three shelves of 400 prices with a time to live: what a question costs, and what the ring and the cache cost alone.

All variants but the processes are given the same questions, drawn beforehand. The bare loop keeps, by shelf and price,
the second until which an entry lives, and the fetches on their way; it has no office, no news, and no columns.
"""

from bisect import bisect_right
from collections import OrderedDict
from hashlib import sha256
from heapq import heappop, heappush

from bench.harness import Claim, Race
from letitcrash.caching import Cache, drop_changed, on_news, owner, ring, run_shelves, shelves_as_processes
from letitcrash.caching.shelves import questions_of

SHELVES, PRICES, RATE, TTL = 3, 400, 20.0, 60.0
RING = ring([f"store {number}" for number in range(10)])
KEYS = [f"customer {number}" for number in range(50_000)]


def seconds(questions: int) -> float:
    """So long that about so many are asked."""
    return questions / (SHELVES * RATE)


def bare_loop(questions: int) -> None:
    """The yardstick: a list of ends for each shelf, and one heap of fetches that take .2 s each."""
    ends, fetching, arriving, waits = [[0.0] * PRICES for _ in range(SHELVES)], set(), [], []
    asked = questions_of(SHELVES, PRICES, RATE, 1.0, seconds(questions), 0)
    for at, shelf, price in zip(*asked, strict=True):
        while arriving and arriving[0][0] <= at:
            got, *entry = heappop(arriving)
            fetching.discard(tuple(entry))
            ends[entry[0]][entry[1]] = got + TTL
        if at < ends[shelf][price]:
            waits.append(0.0)
            continue
        if (shelf, price) not in fetching:
            fetching.add((shelf, price))
            heappush(arriving, (at + 0.2, shelf, price))
        waits.append(0.2)
    assert len(waits) == len(asked[0]) > questions / 2


def ours(questions: int, on_news, **more) -> None:
    """The runs behind an explorable: five columns, the office with its clerks, changes and ages."""
    run = run_shelves(on_news, ttl=TTL, cold=True, gaps=(), until=seconds(questions), **more)
    assert len(run) > questions / 2 and run.share("failed") == 0


def our_shelves(questions: int) -> None:
    """The engine with a time to live alone."""
    ours(questions, None)


def our_news(questions: int) -> None:
    """The engine with news and beats, on which each shelf acts."""
    ours(questions, on_news)


def our_trace(questions: int) -> None:
    """The engine with every event kept."""
    ours(questions, on_news, trace=True)


def our_processes(questions: int) -> None:
    """A process for each customer, each shelf, each fetch and the office."""
    until = seconds(questions)
    world = shelves_as_processes(drop_changed, ttl=TTL, cold=True, gaps=(), until=until)
    world.run(until=until)


def bare_owner(keys: int) -> None:
    """The yardstick: one hash and one search."""
    points, owners = RING.points, RING.owners
    for key in KEYS[:keys]:
        at = int.from_bytes(sha256(key.encode()).digest()[:8], "big")
        assert owners[bisect_right(points, at) % len(points)]


def our_owner(keys: int) -> None:
    """The ring of the library."""
    for key in KEYS[:keys]:
        assert owner(RING, key)


def bare_cache(keys: int) -> None:
    """The yardstick: an OrderedDict of (value, end), with its least recently used entry thrown out."""
    entries = OrderedDict()
    for now, key in enumerate(KEYS[:keys]):
        entries[key] = (now, now + TTL)
        if len(entries) > 50:
            entries.popitem(last=False)
        found = entries.get(key)
        if found and now < found[1]:
            entries.move_to_end(key)


def our_cache(keys: int) -> None:
    """The cache of the library: one put and one get a key."""
    cache = Cache(TTL, room=50)
    for now, key in enumerate(KEYS[:keys]):
        cache.put(key, now, now)
        assert cache.get(key, now)


def races() -> list[Race]:
    """The engine of the shelves against a bare loop, and the ring and the cache against theirs."""
    questions = {
        "bare": (50_000, bare_loop),
        "shelves": (50_000, our_shelves),
        "news": (50_000, our_news),
        "trace": (25_000, our_trace),
        "processes": (2_000, our_processes),
    }
    keys = {
        "bare owner": (20_000, bare_owner),
        "owner": (20_000, our_owner),
        "bare cache": (20_000, bare_cache),
        "cache": (20_000, our_cache),
    }
    return [
        Race(
            "us per question",
            questions,
            [
                Claim("three shelves / bare loop", "shelves", "bare", at_most=8),
                Claim("three shelves with news / bare loop", "news", "bare", at_most=9),
                Claim("three shelves with trace / bare loop", "trace", "bare"),
                Claim("three shelves as processes / bare loop", "processes", "bare"),
            ],
        ),
        Race(
            "us per key",
            keys,
            [
                Claim("owner on a ring / hash and bisect", "owner", "bare owner", at_most=2),
                Claim("Cache / OrderedDict", "cache", "bare cache", at_most=5),
            ],
        ),
    ]
