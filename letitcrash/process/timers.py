"""The part of a node that waits for its clock: messages sent later, time-outs, and the turns of processes."""

from collections import deque
from math import inf as INFINITY
from typing import Any

from letitcrash.process import events as ev
from letitcrash.process.mail import READY, RUNG, RUNNING, SLEEPING, WAITING, Timer
from letitcrash.process.me import Process
from letitcrash.process.terms import BadArgument, Pid


class Idle:
    """Stand-in for the run queue between runs: its `append` schedules one drain first, so that no sender need check."""

    __slots__ = ("node",)

    def __init__(self, node: "Timers"):
        self.node = node

    def append(self, process: Process) -> None:
        """Schedule the drain of the run queue in this instant, and put the process into it."""
        self.node.kick()
        self.node.ready.append(process)


class Timers:
    """The part of a node that plans calls: time-outs, messages sent later, and the draining of its run queue."""

    def __init__(self):
        self.run_queue: deque[Process] = deque()  # the processes whose turn it is
        self.ready = self._idle = Idle(self)  # the way into it: itself, or Idle between runs
        self._on_alarm, self.on_timer = self._ring, self._fire  # bound once, for all of the clock's calls

    def kick(self, second: float | None = None) -> None:
        """Schedule the drain of the run queue, in this instant if no other `second` is given."""
        self.ready = self.run_queue
        self.clock.call_at(self.clock.now if second is None else second, self._drain)

    def wake_after(self, seconds: float, process: Process) -> None:
        """Set the alarm of `process`, whose step this is, to `seconds` from now; the dead have none."""
        if seconds != INFINITY and process._state is RUNNING:
            clock = self.clock
            process._alarm = clock.call_at(clock.now + seconds, self._on_alarm, process)

    def drop_alarm(self, process: Process) -> None:
        """Take back the alarm of a process, unless it has rung."""
        if process._alarm is not RUNG:
            self.clock.cancel(process._alarm)
        process._alarm = None

    def _ring(self, process: Process) -> None:
        if self.is_frozen:
            self.hold(self._ring, process)
            return
        process._alarm = RUNG
        if process._state is WAITING or process._state is SLEEPING:
            self._rouse(process)

    def _rouse(self, process: Process) -> None:
        """Give a process its turn when all that is planned for this instant has happened.

        The last call of an instant drains the run queue itself: a second call for that would cost as much again.
        """
        process._state = READY
        self.run_queue.append(process)
        if self.ready is self._idle:
            if self.clock.is_instant_over():
                self._drain(None)
            else:
                self.kick()

    def _fire(self, timer: Timer) -> None:
        """Send the timer's message."""
        if self.is_frozen:
            self.hold(self._fire, timer)
            return
        to, timer.to = timer.to, None
        process = self.addresses.get(to) if type(to) is Pid else None
        if process is None:
            if timer.sender.origin is self.origin:  # else this node has crashed since
                self.send(timer.sender, to, timer.message, known=False)
            return
        process._mailbox.append(timer.message)
        if self.record is not None:
            self.record((ev.Sent, self.clock.now, timer.sender, to, timer.message))
        if process._state is WAITING:
            self._rouse(process)

    def bring(self, sender: Pid | None, process: Process, message: Any) -> None:
        """Put a message into a mailbox as the last thing that a call of the clock does, as `_fire` does.

        `_fire` has it written out: a call of this would make a timer a twentieth dearer.
        """
        process._mailbox.append(message)
        if self.record is not None:
            self.record((ev.Sent, self.clock.now, sender, process.pid, message))
        if process._state is WAITING:
            self._rouse(process)

    def cancel_timer(self, timer: Timer, by: Pid | None = None) -> float | None:
        """Take the timer back: the seconds left, or None: it had fired or was cancelled, or its pid is dead."""
        if type(timer) is not Timer:
            raise BadArgument(f"only what send_after returned can be cancelled; got {timer!r}")
        to = timer.to
        if to is None or (type(to) is Pid and to not in self.addresses and not self.is_elsewhere(to)):
            return None
        timer.to = timer.message = None
        if timer.call is not None:
            self.clock.cancel(timer.call)
        self.note(ev.TimerCancelled, by, timer)
        return timer.due - self.clock.now
