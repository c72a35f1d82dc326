"""Days on which eggs are dropped: the customers who dropped them, and the waits of the others.

A basket is (came, work) in seconds, and a work of "eggs" is no number of seconds. A design of the store gives back
`started`: by a customer's number, from 1, the second at which a till was theirs; a customer who is not in it was never
served. The *others* are the customers who dropped nothing.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Any

from letitcrash.process.events import Exited, Received, Sent, Spawned, TimedOut
from letitcrash.queueing import Exponential, Interval, Poisson, confidence_interval, run_store
from letitcrash.queueing.events import Arrived, Finished, Joined, Reneged, Started, StoreOpened
from letitcrash.show import charts
from letitcrash.show.figure import Figure
from letitcrash.show.floor import StoreFloor, open_store
from letitcrash.show.palette import BRICK, YOLK, YOLK_SOFT
from letitcrash.trace import Event
from letitcrash.world import World

EGGS = "eggs"
Baskets = Sequence[tuple[float, Any]]
Turns = Mapping[int, float]


def to_touch() -> StoreFloor:
    """The chapter's store as one program, to watch and touch before any code is shown: seven tills, open at nine."""
    day = run_store(Poisson(150), Exponential(120), tills=7, until=2 * 3600.0, seed=2)
    title = "The same store, in one program. Let it run, then drop the eggs."
    return open_store(day, title=title, opens=9, begins=1200.0, lost=300.0)


def dropped(baskets: Iterable[tuple[float, float]], per_hour: int, hours: int = 8) -> list[tuple[float, Any]]:
    """The same baskets, but so many customers an hour, evenly over the day, have eggs for work.

    >>> dropped([(0, 60), (1700, 90), (1900, 30)], per_hour=1, hours=1)
    [(0, 60), (1700, 90), (1900, 'eggs')]
    """
    some = list(baskets)
    came = [at for at, _ in some]
    for drop in range(per_hour * hours):
        number = bisect_left(came, (drop + 0.5) * 3600 / per_hour)
        if number < len(some):
            some[number] = (came[number], EGGS)
    return some


def one_carton(baskets: Iterable[tuple[float, float]], at: float) -> list[tuple[float, Any]]:
    """The same baskets, but the first customer who comes at second `at` or after has eggs for work.

    >>> one_carton([(0, 60), (1700, 90)], at=1000)
    [(0, 60), (1700, 'eggs')]
    """
    some = list(baskets)
    number = bisect_left([came for came, _ in some], at)
    return [*some[:number], (some[number][0], EGGS), *some[number + 1 :]]


def others(baskets: Baskets, started: Turns) -> list[tuple[float, float]]:
    """Each of the others: the second at which they came, the minutes that they waited (inf: for ever)."""
    return [
        (came, (started[number] - came) / 60 if number in started else inf)
        for number, (came, work) in enumerate(baskets, start=1)
        if work != EGGS
    ]


def p99(waits: Iterable[float]) -> float:
    """The wait that 99 in 100 do not exceed; inf when more than one in 100 is never served.

    >>> p99(range(1, 101))
    99
    """
    ordered = sorted(waits)
    return ordered[max(0, -(-99 * len(ordered) // 100) - 1)]


def worst(baskets: Baskets, started: Turns) -> float:
    """The minutes that 99 in 100 of the others wait at most."""
    return p99(wait for _, wait in others(baskets, started))


def closed(baskets: Baskets, todo: Mapping[int, tuple[float, Any]], started: Turns) -> str:
    """The state of a store that has crashed, in words."""
    now = max(started.values())
    inside = sum(came <= now for came, _ in todo.values())
    return (
        f"{now / 60:.0f} minutes after opening the store is closed: {len(baskets) - len(todo)} served, "
        f"{inside} inside, {len(todo) - inside} still to come."
    )


def day(baskets: Baskets, started: Turns, *, top: float = 40, more: str = "") -> Figure:
    """The wait in line of each of the others, over the day; crosses where somebody drops eggs.

    A customer who is never served is drawn at `top`, the end of the axis in minutes.
    """
    waits = others(baskets, started)
    end = max(came for came, _ in baskets)
    shown = waits[:: max(1, len(waits) // 300)]
    never = sum(wait == inf for _, wait in waits)
    drops = [came / 3600 for came, work in baskets if work == EGGS]
    highest = p99(wait for _, wait in waits)
    reading = (
        f"{len(drops)} customers drop eggs. Of the others, 99 in 100 wait {highest:.1f} minutes at most"
        if highest < inf
        else f"{len(drops)} customers drop eggs. Of the {len(waits)} others, {never} are never served"
    )
    line = {"type": "scatter", "mode": "lines", "name": "minutes in line", "x": [came / 3600 for came, _ in shown],
            "y": [min(wait, top) for _, wait in shown], "line": {"color": YOLK}, "fill": "tozeroy",
            "fillcolor": YOLK_SOFT}  # fmt: skip
    marks = {"type": "scatter", "mode": "markers", "name": "eggs", "x": drops, "y": [0] * len(drops),
             "marker": {"color": BRICK, "symbol": "x", "size": 9}, "cliponaxis": False}  # fmt: skip
    layout = charts.axes("hours since opening", "minutes in line", (0, round(end / 3600)), (0, top))
    return Figure([line, marks], layout, reading=f"{reading}{more}.")


def around(baskets: Baskets, started: Turns) -> tuple[list[float], list[float]]:
    """The waits of the others in two spans of twenty minutes: well before the first eggs, and around them.

    The first span ends twenty minutes before the eggs, when nobody is inside who will still be there. The second goes
    from ten minutes before the eggs, for a store that closes hurts everybody inside, to ten minutes after.
    """
    crash = next(came for came, work in baskets if work == EGGS)
    waits = others(baskets, started)
    spans = ((crash - 2400, crash - 1200), (crash - 600, crash + 600))
    return tuple([wait for came, wait in waits if begin <= came < end] for begin, end in spans)


def before_and_after(mornings: Sequence[tuple[Baskets, Turns]], batch: int) -> tuple[Interval, Interval]:
    """The p99 of the others before and around the eggs, in minutes: an interval each, from batches of mornings."""
    pairs = [around(*morning) for morning in mornings]
    batches = [pairs[at : at + batch] for at in range(0, len(pairs), batch)]
    return tuple(
        confidence_interval([p99(wait for pair in some for wait in pair[side]) for some in batches]) for side in (0, 1)
    )


def isolation(measured: Mapping[str, tuple[Interval, Interval]], *, top: float) -> Figure:
    """A pair of bars for each design: the p99 of the others well before the eggs, and around them."""
    bars = {f"{name}, {when}": span for name, pair in measured.items() for when, span in zip(WHEN, pair, strict=True)}
    values = {name: span.mean for name, span in bars.items()}
    spread = {name: (max(0, span.low), span.high) for name, span in bars.items()}
    reading = "; ".join(
        f"{name}: {before.mean:.1f} minutes before, {after.mean:.1f} with eggs"
        for name, (before, after) in measured.items()
    )
    title = "minutes, 99 in 100 others"
    return charts.bars(
        values, title=title, reading=f"{reading[0].upper()}{reading[1:]}.", spread=spread, value_range=(0, top)
    )


WHEN = ("before", "with eggs")


def orders(done: Mapping[int, float], large: int = 0) -> Figure:
    """A bar for each order of one clerk, as long as it takes until it is done, in minutes."""
    small = [at for number, at in done.items() if number != large]
    values = {("large order" if number == large else f"order {number}"): done[number] for number in sorted(done)}
    reading = (
        f"The large order is done after {done[large]:.0f} minutes, "
        f"the small ones after {sum(small) / len(small):.0f} on average."
    )
    return charts.bars(values, title="minutes until the order is done", reading=reading, value_range=(0, 40))


def seen(world: World) -> list[Event]:
    """The trace of a world of processes with the store's events in it: customers who join, are at a till, leave.

    Read from the messages: a `Customer` to the line joins, one that a till takes is there, and the till's next `Free`
    says that they have gone.
    """
    tills = {event.pid: int(event.name.split()[1]) for event in world.trace.of(Spawned) if _is_till(event.name)}
    found: list[Event] = [StoreOpened(0.0, len(set(tills.values())), "shared")]
    there: dict[Any, int] = {}
    given_up = set()
    for event in world.trace:
        found.append(event)
        word = type(getattr(event, "message", None)).__name__
        if isinstance(event, Sent) and word == "Customer" and event.receiver not in tills:
            customer = event.message.number
            found += [Arrived(event.at, customer), Joined(event.at, customer, 0)]
        elif isinstance(event, Received) and word == "Customer" and event.pid in tills:
            there[event.pid] = event.message.number
            found.append(Started(event.at, there[event.pid], tills[event.pid]))
        elif isinstance(event, TimedOut):
            given_up.add(event.pid)
        elif isinstance(event, Sent) and word == "Free" and event.sender in there:
            left, gone = there.pop(event.sender), event.sender in given_up
            given_up.discard(event.sender)
            found.append(Reneged(event.at, left, 0) if gone else Finished(event.at, left, tills[event.sender]))
        elif isinstance(event, Exited) and event.pid in there:
            found.append(Reneged(event.at, there.pop(event.pid), 0))
    return found


def _is_till(name: str | None) -> bool:
    return name is not None and name.startswith("till ")
