"""RealTime: the clock of a world that runs in real time, beside the sockets of an asyncio event loop."""

import asyncio
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, count
from math import inf as INFINITY
from typing import Any

from letitcrash.clock import CALLS_PER_LOOK, Clock

BREATH = 0.002  # real seconds of calls, after which the event loop looks at its sockets
STEPS_PER_LOOK = 50  # of processes, between two looks at the real clock
BOUNDS_MS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Lateness:
    """The delay of a run's instants behind their plan, in real milliseconds. `over` counts those above a bound.

    It is the tolerance of whatever was measured in that run.
    """

    instants: int
    mean_ms: float
    worst_ms: float
    over: dict[int, int]

    def __str__(self) -> str:
        over = ", ".join(f"{count} by more than {bound} ms" for bound, count in self.over.items() if count)
        return (
            f"{self.instants} instants, late by {self.mean_ms:.2f} ms on average and {self.worst_ms:.1f} ms at worst"
            + (f" ({over})" if over else "")
        )


class RealTime(Clock):
    """A clock whose seconds take time: `speed` of them a real second. `World(clock=RealTime(speed=100))`.

    `now` is the second for which the present call was planned, however late it is made, so that lateness does not add
    up and a run without anybody outside has the trace that it has on virtual time. While the clock waits, `now` is the
    real second: a callback of the event loop may use the world (`world.send`, `world.spawn`) at any time.
    Real time passes during a run only; between two runs the world stands still.
    """

    steps_per_look = STEPS_PER_LOOK

    def __init__(self, speed: float = 1.0):
        if not isinstance(speed, int | float) or not 0 < speed < INFINITY:
            raise ValueError(f"the speed of a clock is its seconds in a real second, more than 0; got {speed!r}")
        self._planned, self._waiting, self._rested = 0, False, True
        super().__init__()
        self.speed = speed
        self._zero = self._breath = 0.0  # the loop's time at second 0, and at the next look at its sockets
        self._loop: Any = None
        self._changed: Any = None  # set when a call is planned while the clock waits
        self._instants, self._late, self._worst = 0, 0.0, 0.0
        self._late_counts = [0] * (len(BOUNDS_MS) + 1)

    @property
    def now(self) -> float:
        """Seconds since the run began."""
        return min(self.present(), self.peek()) if self._waiting else self._planned

    @now.setter
    def now(self, second: float) -> None:
        self._planned = second

    @property
    def lateness(self) -> Lateness:
        """The lateness of all runs until now."""
        later = list(accumulate(reversed(self._late_counts[1:])))
        over = dict(zip(BOUNDS_MS, reversed(later), strict=True))
        mean = self._late / self._instants if self._instants else 0.0
        return Lateness(self._instants, 1000 * mean, 1000 * self._worst, over)

    def call_at(self, second: float, call: Any, argument: Any = None) -> int:
        """See `Clock.call_at`. To be called in the event loop's own thread (`loop.call_soon_threadsafe`)."""
        return super().call_at(self._arrive(second) if self._waiting else second, call, argument)

    def _plan(self, second: float, priority: int, call: Any, argument: Any) -> int:
        return super()._plan(self._arrive(second) if self._waiting else second, priority, call, argument)

    def _arrive(self, second: float) -> float:
        """End the waiting, since somebody outside plans a call: `now` stands at this moment until the clock goes on."""
        earlier, self._planned = self._planned, self.now
        self._waiting = False
        self._changed.set()
        return max(second, self._planned) if second >= earlier else second

    def run(self, until: float | None = None, look: Callable[[], Any] | None = None) -> None:
        """Run in an event loop of its own. Where one runs already, `await run_async(until)`."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            asyncio.run(self.run_async(until, look))
        else:
            raise RuntimeError("an event loop runs here already, as in a notebook: await world.run_async(...)")

    async def run_async(self, until: float | None = None, look: Callable[[], Any] | None = None) -> None:
        """Make the calls before second `until`, or all there are; with infinity, wait for more until `stop`.

        `look` is as in `Clock.run`.
        """
        self._loop, self._changed = asyncio.get_running_loop(), asyncio.Event()
        self._zero = self._loop.time() - self._planned / self.speed
        self._breath = self._loop.time() + BREATH
        calls, made_one = count(1), True
        with self.ending_at(until):
            while (second := self.peek()) < INFINITY or until == INFINITY:
                late = self._loop.time() - self._zero - second / self.speed
                if late < 0:
                    await self._wait(-late)
                elif made_one and self._loop.time() > self._breath:
                    await self._wait(0)
                    made_one = False
                else:
                    made_one = True
                    self._note_lateness(second, late)
                    self.step()
                    if look and not next(calls) % CALLS_PER_LOOK:
                        look()

    def present(self) -> float:
        """The real second, or that of the present call when the machine is ahead of it."""
        return max(self._planned, (self._loop.time() - self._zero) * self.speed)

    def must_pause(self) -> bool:
        """Tell whether the event loop has to look at its sockets before more is done; not twice without a step."""
        if self._rested:
            self._rested = False
            return False
        return self._loop.time() > self._breath

    async def _wait(self, seconds: float) -> None:
        """Let others use the event loop until so many real seconds have passed, or a call is planned."""
        self._changed.clear()
        self._waiting = True
        alarm = self._loop.call_later(seconds, self._changed.set) if 0 < seconds < INFINITY else None
        try:
            await (self._changed.wait() if seconds else asyncio.sleep(0))
        finally:
            self._waiting, self._rested = False, True
            if alarm is not None:
                alarm.cancel()
            self._breath = self._loop.time() + BREATH

    def _note_lateness(self, second: float, late: float) -> None:
        if second != self._planned:
            self._instants += 1
            self._late += late
            self._worst = max(self._worst, late)
            self._late_counts[bisect_left(BOUNDS_MS, 1000 * late)] += 1
