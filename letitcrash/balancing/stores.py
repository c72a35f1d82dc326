"""run_stores: a day in several stores with a man at the door, from arrivals, service times, tills and a rule."""

from collections.abc import Callable, Iterable, Sequence
from numbers import Real
from typing import Any

from letitcrash.balancing.balancers import at_door
from letitcrash.balancing.days import Days
from letitcrash.balancing.engine import Stores
from letitcrash.balancing.faults import Dark, Fault, Slow
from letitcrash.balancing.knowledge import Knowledge
from letitcrash.queueing import checks
from letitcrash.queueing.arrivals import Arrivals
from letitcrash.queueing.inputs import arrivals_of, times_of
from letitcrash.queueing.services import Service
from letitcrash.trace import Trace
from letitcrash.world import stream


def run_stores(
    arrivals: Arrivals | Sequence[float],
    service: Service | Sequence[float] | float,
    stores: int = 2,
    tills: int | Sequence[int] = 1,
    *,
    rule: Any,
    board: float = 0.0,
    doors: int = 1,
    check: float | None = None,
    outliers: Callable[[int], Any] | None = None,
    faults: Iterable[Fault] = (),
    patience: Service | Sequence[float] | float | None = None,
    retries: int = 0,
    backoff: float = 0.0,
    budget: Callable[[], Any] | None = None,
    room: int | None = None,
    admit: Callable[[list, float], tuple[list, list]] | None = None,
    until: float | None = None,
    customers: int | None = None,
    seed: int = 0,
    trace: bool = False,
) -> Days:
    """Run several stores for a day and give back what happened to every customer.

    Each store has `tills` tills (a number for all, or one for each store) and one line for them. Customers come to one
    of `doors` doors, each by chance, where `rule` chooses a store from a Snapshot: a function of `(seen, chance)` as
    `least_connections`, one of `(seen, turn)` as `round_robin`, or an object such as `PeakEwma()`. Stores count from 0.

    A door knows how many customers it has sent to each store and not had back; with `board`, the true counts instead,
    as they were painted at the last multiple of `board` seconds. As far as it knows all stores are open; with `check`,
    those whose lamp was lit at the last multiple of `check` seconds; with `outliers` (`Outliers`, called with the
    number of stores, once for each door) those that have not said sorry too often. Where it knows of none, it says so.

    `faults` are `Dark` and `Slow`. `room` is how many can wait in one store. A customer who is told sorry, is sent away
    by `admit` or has not been served within `patience` seconds comes again at once, up to `retries` times; with
    `backoff`, after `backoff * 2**k` seconds times a number of chance, k being 0 the first time. `budget`
    (`RetryBudget`, called without arguments) may forbid that. The slip of a customer who leaves stays in line with the
    order, and a till will work on it. `admit(line, now)` is asked whenever somebody joins a line and whenever a till
    falls free there: it returns the customers who stay, in the order of service, and those who are sent away; each has
    `.came`, `.customer` and `.earlier`, the number of earlier tries.

    The doors are open for `until` seconds or to `customers` customers; those inside are served to the last one. Chance
    is drawn from streams of its own for each use, so that with the same `seed` the customers are those of `run_store`
    whatever the rule; a customer who comes again has a new time of service, unless `service` is a list or a number.
    Raises ValueError or TypeError for a value that no store can have, in words that name it.
    """
    stores = checks.whole("stores", stores, least=1)
    doors = checks.whole("doors", doors, least=1)
    arrived, closes = arrivals_of(arrivals, until, customers, seed)
    balancers = [at_door(rule, stores, stream(seed, f"door {door + 1}"), door) for door in range(doors)]
    at_doors = [Knowledge(stores, balancer, outliers and outliers(stores)) for balancer in balancers]
    town = Stores(arrived, times_of("service", service, len(arrived), seed), tills_of(tills, stores), at_doors, closes)
    if hasattr(service, "times"):
        chance = stream(seed, "service again")
        town.work_again = lambda: service.times(chance, 1)[0]
    town.board = checks.number("board", board)
    town.check = 0.0 if check is None else checks.number("check", check, more=True)
    town.retries = checks.whole("retries", retries)
    town.backoff = checks.number("backoff", backoff)
    town.budget = budget and budget()
    town.door_chance, town.pause_chance = stream(seed, "doors"), stream(seed, "backoff")
    for fault in faults:
        if not isinstance(fault, Dark | Slow):
            raise TypeError(f"{fault!r} is no fault: give Dark(store, since, until) or Slow(store, factor)")
        if fault.store >= stores:
            raise ValueError(f"{fault} is about store {fault.store}: there are {stores}, the first of which is 0")
        town.add(fault)
    if patience is not None:
        town.patience = times_of("patience", patience, len(arrived), seed, finite=False)
    if room is not None:
        town.room = checks.whole("room", room)
    if admit is not None:
        if not callable(admit):
            raise TypeError(f"admit is {admit!r}: it must be a function of a line and the second")
        town.admit, town.lines = admit, [[] for _ in range(stores)]
    return town.run(Trace() if trace else None)


def tills_of(tills: int | Sequence[int], stores: int) -> tuple[int, ...]:
    """Return the number of tills of each store, from one number for all or one for each, or raise an error."""
    if isinstance(tills, Real):
        return (checks.whole("tills", tills, least=1),) * stores
    tills = tuple(checks.whole(f"tills of store {store}", number, least=1) for store, number in enumerate(tills))
    if len(tills) != stores:
        raise ValueError(f"tills are {tills}: give one number for each of the {stores} stores")
    return tills
