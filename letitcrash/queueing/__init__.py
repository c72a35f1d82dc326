"""Queues: arrivals, service times, tills, the waits that come of them, and the formulas for all of it."""

from letitcrash.queueing.arrivals import Bursts, Hourly, Poisson, Recorded, Rush
from letitcrash.queueing.closed import closed_network_time
from letitcrash.queueing.day import Day, quantile
from letitcrash.queueing.events import (
    Arrived,
    Balked,
    Finished,
    Joined,
    Reneged,
    Started,
    StoreOpened,
    TillClosed,
    TillOpened,
)
from letitcrash.queueing.formulas import (
    Overload,
    Steady,
    dm1,
    erlang_b,
    erlang_c,
    erlangs_for,
    growth,
    mg1,
    mm1,
    mmc,
    quantile_wait,
    servers_for_blocking,
    servers_for_service_level,
    service_level,
)
from letitcrash.queueing.measure import Interval, after_warm_up, batch_means, confidence_interval
from letitcrash.queueing.openings import Floor, Timetable, Watching
from letitcrash.queueing.recursion import waiting_times
from letitcrash.queueing.services import (
    Deterministic,
    Empirical,
    Exponential,
    Gamma,
    HyperExponential,
    service_of,
)
from letitcrash.queueing.store import run_store

__all__ = [
    "Arrived",
    "Balked",
    "Bursts",
    "Day",
    "Deterministic",
    "Empirical",
    "Exponential",
    "Finished",
    "Floor",
    "Gamma",
    "Hourly",
    "HyperExponential",
    "Interval",
    "Joined",
    "Overload",
    "Poisson",
    "Recorded",
    "Reneged",
    "Rush",
    "Started",
    "Steady",
    "StoreOpened",
    "TillClosed",
    "TillOpened",
    "Timetable",
    "Watching",
    "after_warm_up",
    "batch_means",
    "closed_network_time",
    "confidence_interval",
    "dm1",
    "erlang_b",
    "erlang_c",
    "erlangs_for",
    "growth",
    "mg1",
    "mm1",
    "mmc",
    "quantile",
    "quantile_wait",
    "run_store",
    "servers_for_blocking",
    "servers_for_service_level",
    "service_level",
    "service_of",
    "waiting_times",
]
