"""Clock: virtual time, and the one module that knows SimPy's insides.

A clock is an agenda: calls, and the seconds at which they are to be made. The runtime plans with `call_at`; SimPy's own
processes run on the same agenda, since a `Clock` is a `simpy.Environment`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from heapq import heapify, heappop, heappush
from itertools import count, repeat
from math import inf as INFINITY
from typing import Any, NoReturn

import simpy
from simpy.core import EmptySchedule, StopSimulation
from simpy.events import NORMAL, URGENT, Event

EARLIER = 1 << 60  # a call of SimPy's urgent priority has a number lower by this, so it precedes its instant's others
FEW = 100  # cancelled calls that may stay in the agenda: to take out fewer is not worth a look at all of it

CALLS_PER_LOOK = 1_000


class Clock(simpy.Environment):
    """Virtual seconds since the run began: `now` leaps from one planned call to the next.

    Calls of one instant are made in the order in which they were planned. A cancelled call moves no clock.
    """

    now = 0  # a plain attribute where SimPy has a property, because every step of every process reads it
    steps_per_look = INFINITY  # how many steps processes may take before they ask whether they `must_pause`

    def __init__(self):
        super().__init__()
        self._agenda: list[tuple] = []  # a heap of (second, number, what to call, its argument)
        self._numbers = count()
        self._cancelled: set[int] = set()  # numbers of calls that are still in the agenda
        self._ends: dict[object, int] = {}  # the planned calls that end this run

    # The agenda

    def call_at(self, second: float, call: Callable[[Any], Any], argument: Any = None) -> int:
        """Plan `call(argument)` for `second`; return the number by which `cancel` knows it."""
        if not second >= self.now:
            self._refuse(second)
        number = next(self._numbers)
        heappush(self._agenda, (second, number, call, argument))
        return number

    def cancel(self, number: int) -> None:
        """Take back a call that is still to be made."""
        agenda, cancelled = self._agenda, self._cancelled
        cancelled.add(number)
        if len(cancelled) > FEW and 2 * len(cancelled) > len(agenda):
            agenda[:] = [entry for entry in agenda if entry[1] not in cancelled]
            heapify(agenda)
            cancelled.clear()

    def is_instant_over(self) -> bool:
        """Tell whether nothing more is planned for this instant."""
        agenda = self._agenda
        return not agenda or agenda[0][0] != self.now

    def peek(self) -> float:
        """Return the second of the next call, or infinity."""
        agenda, cancelled = self._agenda, self._cancelled
        while agenda and agenda[0][1] in cancelled:
            cancelled.remove(heappop(agenda)[1])
        return agenda[0][0] if agenda else INFINITY

    @property
    def held(self) -> int:
        """The number of calls in the agenda, together with the cancelled ones that were not taken out yet."""
        return len(self._agenda)

    def planned(self) -> Iterator[Any]:
        """Give the arguments of the calls that are to be made, in no order."""
        return (argument for _, number, _, argument in self._agenda if number not in self._cancelled)

    # The run

    def run(self, until: Any = None, look: Callable[[], Any] | None = None) -> Any:
        """Make every call before second `until`, or all there are; `stop` ends the run earlier.

        As in SimPy, `until` may also be an event, whose value is then returned. `look` is called after each
        `CALLS_PER_LOOK` calls, and may raise.
        """
        if isinstance(until, Event):
            return super().run(until)
        with self.ending_at(until):
            while self._agenda:
                self._make_calls(repeat(None, CALLS_PER_LOOK) if look else repeat(None))
                if look:
                    look()

    @contextmanager
    def ending_at(self, until: float | None) -> Iterator[None]:
        """Let what is done inside end at second `until`, or when `stop` is called."""
        self._ends = {}
        if until is not None and until != INFINITY:
            self._end_at(until, URGENT)
        try:
            yield
        except StopSimulation:
            pass
        finally:
            for number in self._ends.values():  # left over where the run ended in another way
                self.cancel(number)
            self._ends = {}

    def stop(self) -> None:
        """End the run when the calls that are already planned for this instant have been made."""
        self._end_at(self.now, NORMAL)

    def step(self) -> None:
        """Make one call."""
        if self.peek() == INFINITY:
            raise EmptySchedule
        self.now, _, call, argument = heappop(self._agenda)
        call(argument)

    def present(self) -> float:
        """Return the second at which something that was broken off goes on."""
        return self.now

    def must_pause(self) -> bool:
        """Tell whether processes that are busy have to stop here, and go on at `present`. On virtual time never."""
        return False

    def _make_calls(self, turns: Iterator) -> None:
        agenda, cancelled = self._agenda, self._cancelled
        for _ in turns:
            if not agenda:
                return
            second, number, call, argument = heappop(agenda)
            if cancelled and number in cancelled:
                cancelled.remove(number)
            else:
                self.now = second
                call(argument)

    def _end_at(self, second: float, priority: int) -> None:
        end = object()
        self._ends[end] = self._plan(second, priority, self._end, end)

    def _end(self, end: object) -> None:
        del self._ends[end]
        raise StopSimulation(None)

    # SimPy's side

    def schedule(self, event: Event, priority: int = NORMAL, delay: float = 0) -> None:
        """Plan an event of SimPy's."""
        self._plan(self.now + delay, priority, self._process, event)

    def _plan(self, second: float, priority: int, call: Callable[[Any], Any], argument: Any) -> int:
        if not second >= self.now:
            self._refuse(second)
        number = next(self._numbers) + (priority - NORMAL) * EARLIER
        heappush(self._agenda, (second, number, call, argument))
        return number

    def _process(self, event: Event) -> None:
        callbacks, event.callbacks = event.callbacks, None
        for position, callback in enumerate(callbacks):
            try:
                callback(event)
            except StopSimulation:  # SimPy's run has what it waited for; the other callbacks are for the next run
                event.callbacks = callbacks[position + 1 :]
                self.schedule(event, URGENT - 1)
                raise
        if not event._ok and not hasattr(event, "_defused"):
            error = type(event._value)(*event._value.args)
            error.__cause__ = event._value
            raise error

    def _refuse(self, second: float) -> NoReturn:
        raise ValueError(
            f"a clock does not go back: it is second {self.now:g} now, and nothing can be planned for {second!r}"
        )
