"""Limits for a check: a budget of time, and the reader's Stop, which ends the whole check and not one case."""

import contextlib
import signal
import time
from typing import Any

from letitcrash.classroom.drive import Endless

SECONDS = 8.0
"""The time that an answer has for all its cases; usual are some hundredths of a second."""


class Limits:
    """Inside `with Limits() as limits`, `limits.over()` says whether the time is up or the reader pressed Stop.

    Where the kernel has signals, an alarm also ends a wait that no step of the answer's own ends. In a browser there is
    none, and steps look at the clock.
    """

    def __init__(self, seconds: float = SECONDS):
        self.seconds, self.stopped = seconds, False
        self._until = time.monotonic() + seconds
        self._before: list[tuple[int, Any]] = []

    def over(self) -> bool:
        """Say if nothing more should be asked."""
        return self.stopped or self.late

    @property
    def late(self) -> bool:
        """True once the time is up."""
        return time.monotonic() > self._until

    def __enter__(self) -> "Limits":
        self._until = time.monotonic() + self.seconds
        with contextlib.suppress(ValueError, AttributeError, OSError):  # another thread than the main one; no signals
            self._before.append((signal.SIGINT, signal.signal(signal.SIGINT, self._stop)))
            self._before.append((signal.SIGALRM, signal.signal(signal.SIGALRM, self._ring)))
            signal.setitimer(signal.ITIMER_REAL, self.seconds, 1.0)
        return self

    def __exit__(self, *exception: Any) -> None:
        with contextlib.suppress(ValueError, AttributeError, OSError):
            signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in reversed(self._before):
            with contextlib.suppress(ValueError, TypeError):
                signal.signal(number, handler)
        self._before.clear()

    def _stop(self, number: int, frame: Any) -> None:
        self.stopped = True
        raise KeyboardInterrupt

    def _ring(self, number: int, frame: Any) -> None:
        raise Endless
