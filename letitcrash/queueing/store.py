"""run_store: a day in a store, from arrivals, service times and a number of tills."""

from collections.abc import Callable, Iterable, Sequence, Sized
from itertools import count
from math import inf
from numbers import Real
from random import Random

from letitcrash.queueing import checks
from letitcrash.queueing.arrivals import Arrivals, Recorded
from letitcrash.queueing.day import Day
from letitcrash.queueing.engine import Store
from letitcrash.queueing.openings import Floor
from letitcrash.queueing.services import Service
from letitcrash.trace import Trace
from letitcrash.world import stream

LINES = ("shared", "per till")
JOINS = ("shortest", "random", "round robin")


def run_store(
    arrivals: Arrivals | Sequence[float],
    service: Service | Sequence[float] | float,
    tills: int = 2,
    *,
    line: str = "shared",
    join: str = "shortest",
    until: float | None = None,
    customers: int | None = None,
    seed: int = 0,
    patience: Service | Sequence[float] | float | None = None,
    room: int | None = None,
    opening: Callable[[Floor], int] | None = None,
    review: float = 60.0,
    trace: bool = False,
) -> Day:
    """Run one store for a day and give back what happened to every customer.

    The doors are open for `until` seconds or to `customers` customers; those inside are served to the last one.
    `line` is "shared" (one line, all tills) or "per till" (each customer chooses one by `join`: "shortest", "random",
    "round robin", and stays in it). `patience` is how long a customer waits before giving up; `room` how many can
    wait at all, a customer who finds that many waiting balks (0: nobody waits, as on a telephone trunk). `opening`
    says every `review` seconds how many of the `tills` are open, at least 1; without it all are, always.

    Arrivals, services and patience can each be an object that draws them or a plain list, one entry per customer, so
    that `run_store(day.arrived, day.served, tills=3)` is the same day with other tills. Arrivals, services, patience
    and choices draw from streams of their own: the same seed means the same customers whatever the tills do.
    Raises ValueError or TypeError for a value that no store can have, in words that name it.
    """
    checks.whole("tills", tills, least=1)
    _one_of("line", line, LINES)
    _one_of("join", join, JOINS)
    arrived, closes = _arrivals(arrivals, until, customers, seed)
    store = Store(arrived, _times("service", service, len(arrived), seed), tills, line, closes)
    if patience is not None:
        store.patience = _times("patience", patience, len(arrived), seed, finite=False)
    if room is not None:
        store.room = checks.whole("room", room)
    if join == "random":
        store.choose = _at_random(store, stream(seed, "lines"))
    elif join == "round robin":
        store.choose = _in_turn(store)
    if opening is not None:
        if not callable(opening):
            raise TypeError(f"opening is {opening!r}: it must be a rule, such as Watching(); for tills, say tills=")
        store.opening, store.review = opening, checks.number("review", review, more=True)
    return store.run(Trace() if trace else None)


def _arrivals(
    arrivals: Arrivals | Sequence[float], until: float | None, customers: int | None, seed: int
) -> tuple[list[float], float]:
    """The arrival times, and the moment at which the doors close (0: with the last customer)."""
    if hasattr(arrivals, "cv2"):
        raise TypeError(f"{arrivals!r} says how long a customer takes: arrivals come first, then the service")
    if not hasattr(arrivals, "times"):
        if not isinstance(arrivals, Iterable):
            raise TypeError(f"arrivals are {arrivals!r}: give Poisson({arrivals!r}) or a list of moments in seconds")
        arrivals = Recorded(arrivals)
    closes = getattr(arrivals, "closes", inf) if until is None else checks.number("until", until, more=True)
    if customers is None and closes == inf:
        raise ValueError("this day has no end: say until=hours(8), or customers=10_000")
    most = inf if customers is None else checks.whole("customers", customers)
    times = arrivals.times(stream(seed, "arrivals"), inf if until is None else until, most)
    return checks.moments("arrival", times), closes if customers is None else 0.0


def _times(
    name: str, times: Service | Sequence[float] | float, customers: int, seed: int, finite: bool = True
) -> list[float]:
    """One time per customer, drawn from the stream `name`, or as given."""
    if isinstance(times, Real):
        times = [times] * customers
    elif hasattr(times, "times"):
        times = times.times(stream(seed, name), customers)
    if not isinstance(times, Sized):
        raise TypeError(f"{name} is {times!r}: give Exponential(120) or another service, a number or a list of seconds")
    if len(times) != customers:
        raise ValueError(f"{len(times)} {name} times for {customers} customers: give one for each")
    return checks.seconds(f"{name} time", times, finite)


def _one_of(name: str, value: str, right: tuple[str, ...]) -> None:
    if value not in right:
        raise ValueError(f"{name} is {value!r}: it must be one of {', '.join(map(repr, right))}")


def _at_random(store: Store, chance: Random) -> Callable[[], int]:
    return lambda: int(store.open * chance.random())


def _in_turn(store: Store) -> Callable[[], int]:
    turn = count()
    return lambda: next(turn) % store.open
