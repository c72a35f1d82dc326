"""Several stores and a man at the door: rules that choose a store from what the door knows, and what comes of them."""

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

__all__ = [
    "Outliers",
    "RetryBudget",
    "Snapshot",
    "admit",
    "at_random",
    "least_connections",
    "open_stores",
    "peak_ewma",
    "peak_load",
    "round_robin",
    "throttle",
    "two_choices",
]
