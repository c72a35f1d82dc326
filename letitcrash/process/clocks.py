"""The clocks of a node: messages sent later, time-outs, and the event that gives processes their turn."""

from heapq import heappush
from math import inf as INFINITY
from typing import Any

from letitcrash.process import events as ev
from letitcrash.process.mail import READY, SLEEPING, WAITING, check_seconds
from letitcrash.process.me import Process
from letitcrash.process.terms import BadArgument, Pid, Ref

NORMAL_PRIORITY = 1  # SimPy's


class Wakeup:
    """The event that drains the run queue: SimPy takes its callbacks away, `kick` gives them back."""

    __slots__ = ("callbacks",)
    _ok = True


class Deadline:
    """A time-out in SimPy's heap. It is never taken out: when its epoch is over it does nothing."""

    __slots__ = ("callbacks", "epoch", "process")
    _ok = True


class Timer:
    """A message that will be sent later: one object in SimPy's heap."""

    __slots__ = ("callbacks", "due", "message", "number", "sender", "to")
    _ok = True

    def __repr__(self) -> str:
        return f"#{self.number}"


class Clocks:
    """The part of a node that puts objects into SimPy's heap."""

    def __init__(self):
        self._wakeup, self._on_wakeup = Wakeup(), (self._drain,)
        self._on_deadline, self._on_timer = (self._deadline,), (self._fire,)

    def kick(self) -> None:
        """Let the run queue be drained in this instant."""
        self.active = True
        self._wakeup.callbacks = self._on_wakeup
        self.env.schedule(self._wakeup)

    def _at(self, seconds: float, event: Any) -> None:
        """What env.schedule(event, delay=seconds) does, in half the time."""
        env = self.env
        heappush(env._queue, (env._now + seconds, NORMAL_PRIORITY, next(env._eid), event))

    def wake_after(self, seconds: float, process: Process) -> None:
        """Wake `process` in `seconds`, unless its epoch is over by then."""
        deadline = Deadline()
        deadline.callbacks = self._on_deadline
        deadline.epoch = process._epoch
        deadline.process = process
        self._at(seconds, deadline)

    def _deadline(self, deadline: Deadline) -> None:
        process = deadline.process
        if process._epoch != deadline.epoch:
            return
        state = process._state
        if state is WAITING or state is READY:
            process._timed_out = True
        if state is WAITING or state is SLEEPING:
            self._run_soon(process)

    def _run_soon(self, process: Process) -> None:
        """Give a process its turn when all clocks of this instant have rung.

        The last of them drains the run queue itself: a second event for that would cost as much again.
        """
        process._state = READY
        self.run_queue.append(process)
        if not self.active:
            env = self.env
            if env._queue and env._queue[0][0] == env._now:
                self.kick()
            else:
                self._drain(None)

    def set_timer(self, seconds: float, sender: Pid | None, to: Any, message: Any) -> Timer:
        """Send `message` to `to` in `seconds`."""
        if type(to) is not Pid and not isinstance(to, (str, Ref)):
            self.reject_address(to)
        if type(seconds) is not float or not 0.0 <= seconds < INFINITY:
            check_seconds(seconds)
        timer = Timer()
        timer.callbacks = self._on_timer
        timer.to = to
        timer.message = message
        timer.sender = sender
        env = self.env
        timer.due = due = env._now + seconds
        if due != INFINITY:
            heappush(env._queue, (due, NORMAL_PRIORITY, next(env._eid), timer))
        if self.record is not None:
            timer.number = next(self._refs)
            self.record((ev.TimerSet, self.env.now, sender, to, message, timer.due, timer))
        return timer

    def _fire(self, timer: Timer) -> None:
        to, timer.to = timer.to, None
        process = to._process if type(to) is Pid else None
        if process is None:
            if to is not None:
                self.send(timer.sender, to, timer.message, known=False)
            return
        process._mailbox.append(timer.message)
        if self.record is not None:
            self.record((ev.Sent, self.env.now, timer.sender, to, timer.message))
        if process._state is WAITING:
            self._run_soon(process)

    def cancel_timer(self, timer: Timer, by: Pid | None = None) -> float | None:
        """Take the timer back: the seconds that were left, or None when it had fired or was cancelled before."""
        if type(timer) is not Timer:
            raise BadArgument(f"only what send_after returned can be cancelled; got {timer!r}")
        if timer.to is None:
            return None
        timer.to = timer.message = None
        self.note(ev.TimerCancelled, by, timer)
        return timer.due - self.env.now
