"""The store as lab 1 builds it by hand: customers and doors on plain SimPy, a measured wait, tills for a promise.

`run_store` does more, and faster; these are the parts that a reader's own can take the place of. Times in seconds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import simpy

from letitcrash.queueing.formulas import servers_for_service_level
from letitcrash.queueing.measure import confidence_interval

SECONDS_PER_HOUR = 3600.0

Log = list[tuple[float, float]]
"""One (arrived, waited) per customer who reached a till."""


def customer(env: simpy.Environment, tills: simpy.Resource, service: float, log: Log) -> Iterator[simpy.Event]:
    """One customer: come, wait for a till, be served for `service` seconds, leave the till free."""
    arrived = env.now
    with tills.request() as turn:
        yield turn
        log.append((arrived, env.now - arrived))
        yield env.timeout(service)


def doors(
    env: simpy.Environment, tills: simpy.Resource, visitors: Iterable[tuple[float, float]], log: Log
) -> Iterator[simpy.Event]:
    """Let the visitors in: each a pair, seconds after the one before and seconds needed at a till."""
    for gap, service in visitors:
        yield env.timeout(gap)
        env.process(customer(env, tills, service, log))


def measure(run: Callable[[int], Log], seeds: Sequence[int], warm_up: float) -> tuple[float, float, float]:
    """The mean wait as (low, middle, high): a 95 % interval from one day `run(seed)` per seed.

    A customer who arrived before second `warm_up` is not counted. Raises ValueError for fewer than two seeds.
    """
    days = [[waited for arrived, waited in run(seed) if arrived >= warm_up] for seed in seeds]
    interval = confidence_interval([sum(waits) / len(waits) for waits in days])
    return interval.low, interval.mean, interval.high


def staff(by_hour: Mapping[int, float], hour: int, service: float, limit: float, share: float = 0.95) -> int:
    """The fewest tills with which a share `share` of the customers of `hour` waits at most `limit` seconds.

    `by_hour` is how many come in each hour of the day, `service` the mean seconds at a till. The hour is taken as if
    it lasted for ever, as call centres do (Green, Kolesar and Soares 2001, "stationary independent period by period").
    """
    offered = by_hour[hour] * service / SECONDS_PER_HOUR
    return servers_for_service_level(offered, service, limit, share)
