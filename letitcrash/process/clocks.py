"""The clocks of a node: messages sent later, time-outs, and the event that gives processes their turn."""

from collections import deque
from heapq import heappush
from math import inf as INFINITY

from letitcrash.process import events as ev
from letitcrash.process.mail import NORMAL_PRIORITY, READY, RUNG, RUNNING, SLEEPING, WAITING, Timer
from letitcrash.process.me import Process
from letitcrash.process.terms import BadArgument, Pid


class Wakeup:
    """The event that drains the run queue: SimPy takes its callbacks away, `kick` gives them back."""

    __slots__ = ("callbacks",)
    _ok = True


class Idle:
    """The way into the run queue while nobody drains it: who comes first has it drained. So no sender need ask."""

    __slots__ = ("node",)

    def __init__(self, node: "Clocks"):
        self.node = node

    def append(self, process: Process) -> None:
        """Let the queue be drained in this instant, with this process in it."""
        self.node.kick()
        self.node.ready.append(process)


class Deadline:
    """A time-out in SimPy's heap. It is never taken out: one that nobody waits for any more does nothing."""

    __slots__ = ("callbacks", "process")
    _ok = True


class Clocks:
    """The part of a node that puts objects into SimPy's heap."""

    def __init__(self):
        self.run_queue: deque[Process] = deque()  # whose turn it is
        self.ready = self._idle = Idle(self)  # the way into it: itself, or Idle while nobody drains it
        self._wakeup, self._on_wakeup = Wakeup(), (self._drain,)
        self._on_deadline, self.on_timer = (self._deadline,), (self._fire,)

    def kick(self) -> None:
        """Let the run queue be drained in this instant."""
        self.ready = self.run_queue
        self._wakeup.callbacks = self._on_wakeup
        self.env.schedule(self._wakeup)

    def wake_after(self, seconds: float, process: Process) -> None:
        """Wake `process`, whose step this is, in `seconds`, unless it has another alarm by then, or none."""
        if seconds == INFINITY or process._state is not RUNNING:
            return
        deadline = Deadline()
        deadline.callbacks = self._on_deadline
        deadline.process = process
        process._alarm = deadline
        env = self.env
        heappush(env._queue, (env._now + seconds, NORMAL_PRIORITY, next(env._eid), deadline))

    def _deadline(self, deadline: Deadline) -> None:
        process = deadline.process
        if process._alarm is deadline:
            process._alarm = RUNG
            if process._state is WAITING or process._state is SLEEPING:
                self._rouse(process)

    def _rouse(self, process: Process) -> None:
        """Give a process its turn when all clocks of this instant have rung.

        The last of them drains the run queue itself: a second event for that would cost as much again.
        """
        process._state = READY
        self.run_queue.append(process)
        if self.ready is self._idle:
            agenda = self.env._queue
            if agenda and agenda[0][0] == self.env._now:
                self.kick()
            else:
                self._drain(None)

    def _fire(self, timer: Timer) -> None:
        to, timer.to = timer.to, None
        process = to._process if type(to) is Pid else None
        if process is None:
            if to is not None:
                self.send(timer.sender, to, timer.message, known=False)
            return
        process._mailbox.append(timer.message)
        if self.record is not None:
            self.record((ev.Sent, self.env._now, timer.sender, to, timer.message))
        if process._state is WAITING:
            process._state = READY  # _rouse(process), without the price of a call
            node = process.node
            node.run_queue.append(process)
            if node.ready is node._idle:
                env = node.env
                agenda = env._queue
                if agenda and agenda[0][0] == env._now:
                    node.kick()
                else:
                    node._drain(None)

    def cancel_timer(self, timer: Timer, by: Pid | None = None) -> float | None:
        """Take the timer back: the seconds left, or None: it had fired or was cancelled, or its pid is dead."""
        if type(timer) is not Timer:
            raise BadArgument(f"only what send_after returned can be cancelled; got {timer!r}")
        if timer.to is None or (type(timer.to) is Pid and timer.to._process is None):
            return None
        timer.to = timer.message = None
        self.note(ev.TimerCancelled, by, timer)
        return timer.due - self.env._now
