"""Several stores and a man at the door: rules that choose a store from what the door knows, and what comes of them."""

from letitcrash.balancing.admission import InLine
from letitcrash.balancing.balancers import PeakEwma
from letitcrash.balancing.days import Days, Visits
from letitcrash.balancing.faults import Dark, Slow
from letitcrash.balancing.outliers import Outliers
from letitcrash.balancing.retry_budget import RetryBudget
from letitcrash.balancing.rules import (
    Snapshot,
    admit,
    at_random,
    least_connections,
    open_stores,
    peak_ewma,
    peak_load,
    round_robin,
    throttle,
    two_choices,
)
from letitcrash.balancing.server import Back, Board, Directions, Door, Store, Visit
from letitcrash.balancing.stores import run_stores
from letitcrash.balancing.street import stores_as_processes

__all__ = [
    "Back",
    "Board",
    "Dark",
    "Days",
    "Directions",
    "Door",
    "InLine",
    "Outliers",
    "PeakEwma",
    "RetryBudget",
    "Slow",
    "Snapshot",
    "Store",
    "Visit",
    "Visits",
    "admit",
    "at_random",
    "least_connections",
    "open_stores",
    "peak_ewma",
    "peak_load",
    "round_robin",
    "run_stores",
    "stores_as_processes",
    "throttle",
    "two_choices",
]
