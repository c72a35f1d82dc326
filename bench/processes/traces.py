"""The digest of a trace, for each event: beside T, and beside `json.dumps` of each event by itself."""

import hashlib
import json
from functools import cache

from bench.harness import Claim, Race
from bench.processes.calls import Shelf
from bench.processes.yardsticks import T, world
from letitcrash.gen_server import call
from letitcrash.trace import Trace, as_dict


@cache
def recorded(size: int) -> Trace:
    """A trace of `size` events or some more: calls with a time-out, six events each."""

    async def buys(me):
        shelf = await Shelf.start(me)
        while len(here.trace) < size:
            for _ in range(size // 10):
                await call(me, shelf, "count", 5.0)

    here = world(keep=None)
    here.ask(buys)
    return Trace(list(here.trace)[:size])


def digest(size: int) -> None:
    """The digest."""
    recorded(size).digest()


def one_by_one(size: int) -> None:
    """The digest of the same lines, each written as if it were the only one."""
    found = hashlib.sha256()
    for event in recorded(size):
        found.update(f"{json.dumps(as_dict(event), allow_nan=False)}\n".encode())


def races() -> list[Race]:
    """The digest."""
    return [
        Race(
            "us per event",
            {"digest": (10_000, digest), "one by one": (10_000, one_by_one), **T},
            [
                Claim("digest of a trace, in T", "digest", "T", at_most=7.5),
                Claim("digest of a trace, against an event at a time", "digest", "one by one", at_most=0.5),
            ],
            ("simpy",),
        )
    ]
