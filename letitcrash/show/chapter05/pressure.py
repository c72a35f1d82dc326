"""Tills that want things from the store room: by cast, by call, or by calls that are asked again when they time out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean

from letitcrash.gen_server import CALL_TIMEOUT, CallFailed, GenServer, call, cast
from letitcrash.queueing import Interval, after_warm_up, closed_network_time, confidence_interval, mm1
from letitcrash.show import charts
from letitcrash.show.chapter05.payments import left
from letitcrash.show.figure import Figure
from letitcrash.world import World, hours

TILLS = 6
FETCH = 2.0  # seconds that the store room needs for one wish, on average
SPAN = hours(1)
SEEDS = range(50, 58)  # eight hours a load, as in chapter 1
EVERY = 10.0  # seconds between two looks at the mailbox
WAYS = ("cast", "call", "call again")


class StoreRoom(GenServer):
    """One clerk who fetches things. `fetched` has the second of each wish, and of its end."""

    async def init(self, fetched):
        """Begin without a wish."""
        self.fetched, self.chance = fetched, self.me.random("store room")

    async def fetch(self, wished):
        """Fetch one thing."""
        await self.me.sleep(self.chance.expovariate(1 / FETCH))
        self.fetched.append((wished, self.me.now))

    async def handle_cast(self, wished):
        """Fetch a thing for which nobody waits."""
        await self.fetch(wished)

    async def handle_call(self, wished, caller):
        """Fetch a thing for which a till waits, or did."""
        await self.fetch(wished)
        return "here"


async def till(me, way, pause, got):
    """Sell, then want something, again and again; `got` has the seconds that each took."""
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
    """Call with the time-out of every call, and when it runs out, call again."""
    while True:
        try:
            return await call(me, "store room", wished, timeout=CALL_TIMEOUT)
        except CallFailed:
            continue


@dataclass(frozen=True)
class Hour:
    """One run: the mailbox every ten seconds, the number `fetched`, and the `times` from wish to thing, in seconds.

    The fetching is in them. After a call they are those of tills that got it, after a cast those of all wishes that
    were fetched.
    """

    mailbox: tuple[int, ...]
    fetched: int
    times: tuple[float, ...]

    @property
    def mean_time(self) -> float:
        """Seconds from wish to thing, on average."""
        return fmean(self.times)

    @property
    def steady_time(self) -> float:
        """The mean without the first tenth, which found the mailbox emptier than the rest."""
        return fmean(after_warm_up(self.times))


@cache
def hour(way: str, load: float, seed: int = 2, span: float = SPAN) -> Hour:
    """Run six tills that would want `load` times what the store room can do, if they never waited."""
    world, fetched, got, mailbox = World(seed=seed, keep=0), [], [], []
    world.start(StoreRoom, fetched, name="store room")
    for number in range(TILLS):
        world.spawn(till, way, TILLS * FETCH / load, got, name=f"till {number + 1}")
    while world.now < span:
        world.run(until=world.now + EVERY)
        mailbox.append(left(world, "store room"))
    times = [end - wished for wished, end in fetched] if way == "cast" else got
    return Hour(tuple(mailbox), len(fetched), tuple(times))


def over_seeds(way: str, load: float, measure: Callable[[Hour], float] = lambda run: run.steady_time) -> Interval:
    """The interval over eight independent hours: of the seconds from wish to thing, or another `measure` of an hour."""
    return confidence_interval([measure(hour(way, load, seed)) for seed in SEEDS])


def cast_theory(load: float) -> float:
    """Seconds that a cast takes on average, M/M/1. Raises ValueError from load 1 on, where there is no average."""
    if not 0 <= load < 1:
        raise ValueError(f"load={load!r}: from 1 on the mailbox grows for ever, and the mean has no end")
    return mm1(load, FETCH).time


def call_theory(load: float) -> float:
    """Seconds that a call takes on average, when six tills call: a closed network."""
    return closed_network_time(TILLS, FETCH, TILLS * FETCH / load)


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


def over_load(loads: Sequence[float], *, at: tuple[float, float] = (0.8, 1.2), top: float = 40) -> Figure:
    """The mean time from wish to thing over the load: casts and calls, by formula as lines, measured with intervals.

    Casts are measured below load 1, where they have a mean. The reading gives casts and calls `at` a load each.
    """
    hundredths = [number / 100 for number in range(round(loads[0] * 100), round(loads[-1] * 100) + 1)]
    far = [load for load in hundredths if load < 1]
    curves = {
        "cast, M/M/1": [*map(cast_theory, far), *[None] * (len(hundredths) - len(far))],
        "call, theory": [*map(call_theory, hundredths)],
    }
    casts = {load: over_seeds("cast", load) for load in loads if load < 1}
    calls = {load: over_seeds("call", load) for load in loads}
    cast, call = at
    things = over_seeds("call", call, lambda run: run.fetched)
    reading = (
        f"At load {cast:g} a cast takes {casts[cast].low:.1f} to {casts[cast].high:.1f} s, by formula "
        f"{cast_theory(cast):g}; at {call:g} a call takes {calls[call].low:.1f} to {calls[call].high:.1f} s, by theory "
        f"{call_theory(call):.2f}, and the tills get {things.low:,.0f} to {things.high:,.0f} things an hour."
    )
    figure = charts.lines(hundredths, curves, x_title="load", y_title="seconds from wish to thing", reading=reading,
                          x_range=(loads[0] - 0.02, loads[-1] + 0.02), y_range=(0, top))  # fmt: skip
    seen = (charts.measured(casts, name="cast, measured"),
            charts.measured(calls, name="call, measured", symbol="circle-open"))  # fmt: skip
    return Figure([*figure.data, *seen], figure.layout, reading=reading)


def useful(runs: Mapping[str, Hour]) -> Figure:
    """Two bars for each way to ask: the things fetched in the hour, and those that reached a till that still waited."""
    values = {}
    for name, run in runs.items():
        values |= {f"{name}: fetched": run.fetched, f"{name}: in time": len(run.times)}
    said = (
        f"{name}: {run.fetched} fetched, {len(run.times)} reached a till that still waited, "
        f"{run.mailbox[-1]} in the mailbox at the end"
        for name, run in runs.items()
    )
    return charts.bars(values, title="wishes an hour", reading="; ".join(said) + ".", value_range=(0, 2000))
