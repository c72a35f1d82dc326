"""Formulas for a line, in the long run and on average: Erlang, Pollaczek and Khinchine.

Times are in whatever unit `service` is in: seconds in, seconds out; with the default of 1, in mean service times.
`load` is the share of the time that each till is busy; `offered` is in erlangs, tills' worth of work: load * tills.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log

from letitcrash.queueing import checks

EXAMPLE_SECONDS = 180.0  # a service time to make "customers an hour" of a growth that has no unit


class Overload(ValueError):
    """More work comes than the tills can do, so there is no long run to speak of; the message says what happens."""


@dataclass(frozen=True, slots=True)
class Steady:
    """The long run of a queue: chance of waiting, mean wait, mean time from door to door, mean numbers of customers.

    `waiting` stand in line, `present` are in the store; both follow from Little's law.
    """

    load: float
    tills: int
    chance_to_wait: float
    wait: float
    time: float
    waiting: float
    present: float


def erlang_b(offered: float, servers: int) -> float:
    """The share of calls that find all `servers` lines busy and are lost, of `offered` erlangs.

    Erlang 1917, by the recursion B(k) = A B(k-1) / (k + A B(k-1)). It holds for any distribution of holding times.

    >>> round(erlang_b(10, 15), 6)
    0.036497
    """
    checks.number("offered", offered)
    blocked = 1.0
    for server in range(1, checks.whole("servers", servers) + 1):
        blocked = offered * blocked / (server + offered * blocked)
    return blocked


def erlang_c(offered: float, servers: int) -> float:
    """The share of customers who have to wait, where those who find all `servers` busy do (Erlang 1917, from B).

    >>> round(erlang_c(8, 10), 4)
    0.4092
    """
    _steady(offered, servers)
    blocked = erlang_b(offered, servers)
    return blocked / (1.0 - offered / servers * (1.0 - blocked))


def erlangs_for(blocking: float, servers: int) -> float:
    """The erlangs that `servers` lines carry when a share `blocking` of the calls is lost: erlang_b turned round.

    >>> round(erlangs_for(.01, 20), 2)
    12.03
    """
    checks.share("blocking", blocking)
    low, high = 0.0, servers / (1.0 - blocking)
    checks.whole("servers", servers, least=1)
    while (middle := (low + high) / 2.0) not in (low, high):
        low, high = (middle, high) if erlang_b(middle, servers) < blocking else (low, middle)
    return low


def mmc(load: float, servers: int, service: float = 1.0) -> Steady:
    """One shared line, `servers` tills, Poisson arrivals, exponential service: M/M/c (Erlang 1917, Little 1961).

    >>> round(mmc(.9, 10).time, 4)
    1.6687
    """
    checks.number("load", load)
    _steady(load * servers, servers, service)
    waits = erlang_c(load * servers, servers)
    return _result(load, servers, service, waits, waits * service / (servers * (1.0 - load)))


def mm1(load: float, service: float = 1.0) -> Steady:
    """One till, Poisson arrivals, exponential service: M/M/1.

    >>> round(mm1(.8).time, 9), round(mm1(.95).time, 9)
    (5.0, 20.0)
    """
    return mmc(load, 1, service)


def mg1(load: float, cv2: float, service: float = 1.0) -> Steady:
    """One till, Poisson arrivals, service of any kind with variability `cv2`: M/G/1 (Pollaczek 1930, Khinchine 1932).

    >>> [round(mg1(.8, cv2).time, 9) for cv2 in (0, 1, 4)]
    [3.0, 5.0, 11.0]
    """
    checks.number("cv2", cv2)
    _steady(load, 1, service)
    return _result(load, 1, service, load, load * (1.0 + cv2) / (2.0 * (1.0 - load)) * service)


def dm1(load: float, service: float = 1.0) -> Steady:
    """One till, arrivals as regular as a clock, exponential service: D/M/1 (Kleinrock,
    "Queueing Systems" I, G/M/1).

    >>> round(dm1(.8).time, 4)
    2.6927
    """
    _steady(load, 1, service)
    waits = _fixed_point(lambda sigma: exp(-(1.0 - sigma) / load)) if load else 0.0
    return _result(load, 1, service, waits, waits / (1.0 - waits) * service)


def service_level(offered: float, servers: int, service: float, within: float) -> float:
    """The share of customers who wait at most `within`: 1 - C exp(-(c - A) within / service), M/M/c (Erlang 1917).

    >>> round(service_level(10, servers=13, service=180, within=20), 3)
    0.796
    """
    _steady(offered, servers, service)
    waits = erlang_c(offered, servers)
    return 1.0 - waits * exp(-(servers - offered) * checks.number("within", within) / service)


def quantile_wait(offered: float, servers: int, service: float, share: float = 0.95) -> float:
    """The wait that a share `share` of the customers does not exceed: `service_level` turned round.

    >>> round(quantile_wait(.8, 1, service=1), 2)
    13.86
    """
    checks.share("share", share)
    _steady(offered, servers, service)
    waits = erlang_c(offered, servers)
    return 0.0 if waits <= 1.0 - share else log(waits / (1.0 - share)) * service / (servers - offered)


def servers_for_blocking(offered: float, blocking: float) -> int:
    """The fewest lines that lose at most a share `blocking` of `offered` erlangs.

    >>> servers_for_blocking(12, .01)
    20
    """
    checks.share("blocking", blocking)
    checks.number("offered", offered)
    return _fewest(0, lambda servers: erlang_b(offered, servers) <= blocking)


def servers_for_service_level(offered: float, service: float, within: float, share: float) -> int:
    """The fewest servers with which a share `share` of the customers waits at most `within`.

    >>> servers_for_service_level(10, service=180, within=20, share=.8)
    14
    """
    checks.share("share", share)
    least = int(checks.number("offered", offered)) + 1
    return _fewest(least, lambda servers: service_level(offered, servers, service, within) >= share)


def growth(offered: float, servers: int, service: float) -> float:
    """The customers an hour by which the line grows when `offered` erlangs are more than `servers` (service in s).

    >>> growth(offered=5.5, servers=5, service=180)
    10.0
    """
    checks.number("service", service, more=True)
    return max(0.0, checks.number("offered", offered) - checks.whole("servers", servers)) * 3600.0 / service


def _result(load: float, tills: int, service: float, waits: float, wait: float) -> Steady:
    rate = load * tills / service
    return Steady(load, tills, waits, wait, wait + service, rate * wait, rate * (wait + service))


def _steady(offered: float, servers: int, service: float = 1.0) -> None:
    """Refuse a queue that has no long run, and say what happens instead."""
    checks.number("offered load", offered)
    checks.whole("number of servers", servers, least=1)
    checks.number("service", service, more=True)
    if offered < servers:
        return
    refusal = f"{offered:g} erlangs of work for {servers} till{'s' * (servers != 1)} (load {offered / servers:g}): "
    if offered == servers:
        raise Overload(f"{refusal}no long-run mean exists; chance alone makes the line grow, with the root of time")
    each = EXAMPLE_SECONDS if service == 1.0 else service
    raise Overload(
        f"{refusal}no long-run mean exists; the line grows for ever, by {offered - servers:g} per mean "
        f"service time (at {each:g} s each, by {growth(offered, servers, each):g} an hour)"
    )


def _fewest(least: int, enough: Callable[[int], bool]) -> int:
    servers = least
    while not enough(servers):
        servers += 1
    return servers


def _fixed_point(f: Callable[[float], float]) -> float:
    """The smallest x in [0, 1) with f(x) = x, for an increasing f: iterated up from 0 until it stands still."""
    x = 0.0
    while (better := f(x)) > x:
        x = better
    return x
