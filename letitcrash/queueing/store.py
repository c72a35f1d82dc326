"""run_store: a day in a store, from arrivals, service times and a number of tills."""

from collections.abc import Callable, Sequence
from itertools import count
from random import Random

from letitcrash.queueing import checks
from letitcrash.queueing.arrivals import Arrivals
from letitcrash.queueing.day import Day
from letitcrash.queueing.engine import Store
from letitcrash.queueing.inputs import arrivals_of, times_of
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
    arrived, closes = arrivals_of(arrivals, until, customers, seed)
    store = Store(arrived, times_of("service", service, len(arrived), seed), tills, line, closes)
    if patience is not None:
        store.patience = times_of("patience", patience, len(arrived), seed, finite=False)
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


def _one_of(name: str, value: str, right: tuple[str, ...]) -> None:
    if value not in right:
        raise ValueError(f"{name} is {value!r}: it must be one of {', '.join(map(repr, right))}")


def _at_random(store: Store, chance: Random) -> Callable[[], int]:
    return lambda: int(store.open * chance.random())


def _in_turn(store: Store) -> Callable[[], int]:
    turn = count()
    return lambda: next(turn) % store.open
