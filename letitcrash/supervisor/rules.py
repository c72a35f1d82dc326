"""The decisions of a supervisor as functions: which child comes back, and when it is too often (supervisor.erl)."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from letitcrash.process import is_clean

Strategy = Literal["one_for_one", "one_for_all", "rest_for_one", "simple_one_for_one"]
Restart = Literal["permanent", "transient", "temporary"]
AutoShutdown = Literal["never", "any_significant", "all_significant"]


def restart_window(restarts: Iterable[int], now: float, period: int) -> tuple[int, ...]:
    """Return the restarts that count when there is one more at second `now`: whole seconds, newest first.

    OTP reads its clock in whole seconds and keeps what is at most `period` of them old (add_restart/1). So two
    crashes `d` seconds apart share a window for sure when d <= period, and never when d >= period + 1.

    >>> restart_window([4, 3, 1], now=6.9, period=2)
    (6, 4)
    """
    second = math.floor(now)
    return (second, *(earlier for earlier in restarts if earlier >= second - period))


def gives_up(window: Iterable[int], intensity: int) -> bool:
    """Tell whether these are more restarts than `intensity` allows.

    >>> gives_up((6, 4), intensity=2), gives_up((6, 4), intensity=1)
    (False, True)
    """
    return len(tuple(window)) > intensity


def should_restart(restart: Restart, reason: Any) -> bool:
    """Tell whether a child of this restart type comes back after it exited with `reason` (do_restart/3).

    >>> [should_restart(restart, "normal") for restart in ("permanent", "transient", "temporary")]
    [True, False, False]
    >>> [should_restart(restart, "killed") for restart in ("permanent", "transient", "temporary")]
    [True, True, False]
    """
    return restart == "permanent" or (restart == "transient" and not is_clean(reason))


def to_restart(strategy: Strategy, children: list, failed: Any) -> list:
    """Return the children to restart when `failed` exits, in start order; the others are stopped first, in reverse.

    >>> to_restart("rest_for_one", ["db", "cache", "web"], failed="cache")
    ['cache', 'web']
    """
    if strategy == "one_for_all":
        return list(children)
    if strategy == "rest_for_one":
        return list(children[children.index(failed) :])
    return [failed]


def shuts_down(auto_shutdown: AutoShutdown, significant: bool, others_running: int) -> bool:
    """Tell whether a child that left by itself for good takes its supervisor along (do_auto_shutdown/2).

    `others_running`: significant children that are still there.

    >>> shuts_down("any_significant", True, 2), shuts_down("all_significant", True, 2), shuts_down("never", True, 0)
    (True, False, False)
    """
    if not significant or auto_shutdown == "never":
        return False
    return auto_shutdown == "any_significant" or others_running == 0


@dataclass(frozen=True)
class Rules:
    """The rules that a supervisor goes by. Replace one by your own: `Rules(to_restart=mine)`."""

    restart_window: Callable = restart_window
    should_restart: Callable = should_restart
    to_restart: Callable = to_restart
