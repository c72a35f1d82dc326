"""Arrivals and times as the caller gives them, objects that draw or plain lists, made into lists that are checked."""

from collections.abc import Callable, Iterable, Sequence, Sized
from math import inf
from numbers import Real
from random import Random

from letitcrash.queueing import checks
from letitcrash.queueing.arrivals import Arrivals, Recorded
from letitcrash.queueing.services import Service
from letitcrash.world import stream


def arrivals_of(
    arrivals: Arrivals | Sequence[float], until: float | None, customers: int | None, seed: int
) -> tuple[list[float], float]:
    """The arrival times, and the moment at which the doors close (0: with the last customer).

    From the stream "arrivals" of `seed`. Raises TypeError or ValueError for what is no arrivals, or for a day without
    an end.
    """
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


def times_of(
    name: str, times: Service | Sequence[float] | float, customers: int, seed: int, finite: bool = True
) -> list[float]:
    """One time per customer, drawn from the stream `name` of `seed`, or as given: a number is the same for all."""
    if isinstance(times, Real):
        times = [times] * customers
    elif hasattr(times, "times"):
        times = times.times(stream(seed, name), customers)
    if not isinstance(times, Sized):
        raise TypeError(f"{name} is {times!r}: give Exponential(120) or another service, a number or a list of seconds")
    if len(times) != customers:
        raise ValueError(f"{len(times)} {name} times for {customers} customers: give one for each")
    return checks.seconds(f"{name} time", times, finite)


def next_time(name: str, times: Service | float, chance: Random) -> Callable[[], float]:
    """Return a function that draws one time after another from `chance`; a number is the same each time."""
    if isinstance(times, Real):
        seconds = checks.number(name, times)
        return lambda: seconds
    if not hasattr(times, "times"):
        raise TypeError(f"{name} is {times!r}: give Exponential(0.2) or another service, or seconds")
    return lambda: times.times(chance, 1)[0]
