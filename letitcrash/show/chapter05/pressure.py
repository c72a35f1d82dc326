"""Tills that want things from the store room: by cast, by call, or by calls that are asked again when they time out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from letitcrash.gen_server import CALL_TIMEOUT, CallFailed, GenServer, call, cast
from letitcrash.show import charts
from letitcrash.show.chapter05.bills import left
from letitcrash.show.figure import Figure
from letitcrash.world import World, hours

TILLS = 6
FETCH = 2.0  # seconds that the store room needs for one wish, on average
SPAN = hours(1)
EVERY = 10.0  # seconds between two looks at the mailbox
WAYS = ("cast", "call", "call again")


class StoreRoom(GenServer):
    """One clerk who fetches what is wished for. `fetched` has the second of each wish, and of its end."""

    async def init(self, fetched):
        """Nothing has been wished for."""
        self.fetched, self.chance = fetched, self.me.random("store room")

    async def fetch(self, wished):
        """Fetch one thing."""
        await self.me.sleep(self.chance.expovariate(1 / FETCH))
        self.fetched.append((wished, self.me.now))

    async def handle_cast(self, wished):
        """Nobody waits for it."""
        await self.fetch(wished)

    async def handle_call(self, wished, caller):
        """Somebody waits for it, or did."""
        await self.fetch(wished)
        return "here"


async def till(me, way, pause, got):
    """Sell, wish for something, again and again; `got` has how long it took."""
    chance = me.random()
    while True:
        await me.sleep(chance.expovariate(1 / pause))
        wished = me.now
        if way == "cast":
            cast(me, "store room", wished)
            continue
        if way == "call":
            await call(me, "store room", wished, timeout=None)
        if way == "call again":
            await call_again(me, wished)
        got.append(me.now - wished)


async def call_again(me, wished):
    """Call with the time-out that every call has, and when it runs out, call again."""
    while True:
        try:
            return await call(me, "store room", wished, timeout=CALL_TIMEOUT)
        except CallFailed:
            continue


@dataclass(frozen=True)
class Hour:
    """One run: the mailbox every ten seconds, how much was `fetched`, and the `times` from wish to thing, in seconds.

    The fetching is in them. After a call they are those of tills that got it, after a cast those of all wishes that
    were fetched.
    """

    mailbox: tuple[int, ...]
    fetched: int
    times: tuple[float, ...]

    @property
    def mean_time(self) -> float:
        """Seconds from wish to thing, on average."""
        return sum(self.times) / len(self.times)


@cache
def hour(way: str, load: float, seed: int = 2, span: float = SPAN) -> Hour:
    """So many seconds of six tills that would want `load` times what the store room can do, if they never waited."""
    world, fetched, got, mailbox = World(seed=seed, keep=0), [], [], []
    world.start(StoreRoom, fetched, name="store room")
    for number in range(TILLS):
        world.spawn(till, way, TILLS * FETCH / load, got, name=f"till {number + 1}")
    while world.now < span:
        world.run(until=world.now + EVERY)
        mailbox.append(left(world, "store room"))
    times = [end - wished for wished, end in fetched] if way == "cast" else got
    return Hour(tuple(mailbox), len(fetched), tuple(times))


def cast_theory(load: float) -> float:
    """Seconds that a cast takes on average, M/M/1. Raises ValueError from load 1 on, where there is no average."""
    if not 0 <= load < 1:
        raise ValueError(f"load={load!r}: from 1 on the mailbox grows for ever, and the mean has no end")
    return FETCH / (1 - load)


def call_theory(load: float) -> float:
    """Seconds that a call takes on average, when six tills call: a closed network, by mean value analysis.

    Who calls finds what a network with one till less has on average (Reiser and Lavenberg 1980).
    """
    pause, number = TILLS * FETCH / load, 0.0
    for tills in range(1, TILLS + 1):
        takes = FETCH * (1 + number)
        number = tills * takes / (pause + takes)
    return takes


def mailbox(ways: Sequence[str], load: float, *, top: float = 100) -> Figure:
    """The length of the mailbox over the hour, a line for each way to ask."""
    runs = {way: hour(way, load) for way in ways}
    said = (
        f"{way}: {max(run.mailbox)} at most, {run.mailbox[-1]} at the end, {run.mean_time:.1f} s from wish to thing, "
        "on average"
        for way, run in runs.items()
    )
    t = [(number + 1) * EVERY / 60 for number in range(len(next(iter(runs.values())).mailbox))]
    curves = {way: run.mailbox for way, run in runs.items()}
    return charts.lines(t, curves, x_title="minutes", y_title="wishes in the mailbox", reading="; ".join(said) + ".",
                        x_range=(0, SPAN / 60), y_range=(0, top))  # fmt: skip


def over_load(loads: Sequence[float], *, top: float = 60) -> Figure:
    """The mean time from wish to thing over the load, measured and by formula, for casts and for calls."""
    far = [load for load in loads if load < 1]
    beyond = [None] * (len(loads) - len(far))
    curves = {
        "cast": [hour("cast", load).mean_time for load in loads],
        "cast, M/M/1": [*map(cast_theory, far), *beyond],
        "call": [hour("call", load).mean_time for load in loads],
        "call, theory": [call_theory(load) for load in loads],
    }
    last = loads[-1]
    reading = (
        f"At load {last:g} a cast takes {curves['cast'][-1]:.0f} s on average in the first hour, and longer in the "
        f"second; a call takes {curves['call'][-1]:.1f} s."
    )
    return charts.lines(loads, curves, x_title="load", y_title="seconds from wish to thing", reading=reading,
                        x_range=(loads[0], last), y_range=(0, top))  # fmt: skip


def useful(runs: Mapping[str, Hour]) -> Figure:
    """Two bars for each way to ask: what the store room fetched in the hour, and what reached somebody who waited."""
    values = {}
    for name, run in runs.items():
        values |= {f"{name}: fetched": run.fetched, f"{name}: in time": len(run.times)}
    said = (
        f"{name}: {run.fetched} fetched, {len(run.times)} reached somebody who waited, "
        f"{run.mailbox[-1]} in the mailbox at the end"
        for name, run in runs.items()
    )
    return charts.bars(values, title="wishes an hour", reading="; ".join(said) + ".", value_range=(0, 2000))
