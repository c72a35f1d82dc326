"""Waits alone, without a clock: each customer starts when both have come, the customer and a free till.

Lindley 1952 for one till, Kiefer and Wolfowitz 1955 for several. For one shared line and tills that are always open;
fast, because nothing is simulated: only the moments at which tills fall free are carried along.
"""

from collections.abc import Sequence
from heapq import heapreplace

from letitcrash.queueing import checks


def waiting_times(arrived: Sequence[float], served: Sequence[float], tills: int = 1) -> list[float]:
    """The wait of each customer, from arrival times and service times in order of arrival.

    >>> waiting_times([0.0, 1.0, 2.0], [5.0, 5.0, 5.0], tills=2)
    [0.0, 0.0, 3.0]
    """
    if len(arrived) != len(served):
        raise ValueError(f"{len(served)} service times for {len(arrived)} customers: give one for each")
    if checks.whole("tills", tills, least=1) == 1:
        return _one_till(arrived, served)
    free, found = [0.0] * tills, []
    for at, work in zip(arrived, served, strict=True):
        start = free[0] if free[0] > at else at
        heapreplace(free, start + work)
        found.append(start - at)
    return found


def _one_till(arrived: Sequence[float], served: Sequence[float]) -> list[float]:
    free, found = 0.0, []
    for at, work in zip(arrived, served, strict=True):
        if free > at:
            found.append(free - at)
            free += work
        else:
            found.append(0.0)
            free = at + work
    return found
