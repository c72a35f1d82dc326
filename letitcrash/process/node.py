"""Node: where processes live. One re-used event per instant drains a first-in-first-out queue of processes to run."""

import inspect
from collections import deque
from collections.abc import Callable
from heapq import heappush
from inspect import CO_COROUTINE
from itertools import count
from math import inf as INFINITY
from types import FunctionType
from typing import Any

from letitcrash.process import events as ev
from letitcrash.process.death import Mortality
from letitcrash.process.mail import AGAIN, DEAD, FAIRNESS, READY, RUNNING, SLEEPING, SUSPENDED, WAITING, check_seconds
from letitcrash.process.me import Process
from letitcrash.process.names import Names
from letitcrash.process.terms import KILLED, NORMAL, BadArgument, Pid, Ref, reason_of

STEPS_PER_INSTANT = 1_000_000  # about two seconds of a real processor
PROCESS_LIMIT = 262_144  # Erlang's own default
NORMAL_PRIORITY = 1  # SimPy's


class TimeStandsStill(RuntimeError):
    """Processes kept each other busy without end inside one instant; the message names the busiest."""


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


class Node(Names, Mortality):
    """Processes, their names and their clock `env` (a simpy.Environment).

    `record` takes trace rows (None: no trace), `random(name)` gives a stream of chance. `lines_per_step`, when given,
    stops a body that runs so many lines of Python without waiting; counting them makes everything slower.
    """

    def __init__(
        self,
        env: Any,
        name: str = "0",
        record: Callable | None = None,
        random: Callable[[str], Any] | None = None,
        steps_per_instant: int = STEPS_PER_INSTANT,
        lines_per_step: int | None = None,
    ):
        self.env = env
        self.name = name
        self.record = record
        self.random = random
        self.steps_per_instant = steps_per_instant
        self.lines_per_step = lines_per_step
        self.run_queue: deque[Process] = deque()
        self.active = False  # the run queue is being drained, or will be in this instant
        self.processes: dict[Pid, Process] = {}  # all that live, oldest first
        self._numbers = count(1)
        self._refs = count(1)
        self._wakeup, self._on_wakeup = Wakeup(), (self._drain,)
        self._on_deadline, self._on_timer = (self._deadline,), (self._fire,)
        self._instant, self._steps_left = -1.0, 0
        Names.__init__(self)
        Mortality.__init__(self)

    def note(self, kind: type, *fields: Any) -> None:
        """Record an event of this kind, now."""
        if self.record is not None:
            self.record((kind, self.env.now, *fields))

    def next_ref(self) -> int:
        """The number of the next reference."""
        return next(self._refs)

    # Life

    def spawn(
        self,
        body: Callable,
        args: tuple = (),
        kwargs: dict | None = None,
        name: str | None = None,
        parent: Process | None = None,
        linked: bool = False,
        label: str | None = None,
    ) -> Process:
        """Start a process. Its body begins in this instant, after the processes that wait for their turn already.

        `label` is what its pid is written with; without it, its name or that of its body.
        """
        is_plain = type(body) is FunctionType and body.__code__.co_flags & CO_COROUTINE
        code = body.__name__ if is_plain else check_body(body)
        label = label or name or code
        if name is not None:
            self.check_name(name)
        if len(self.processes) >= PROCESS_LIMIT:
            raise BadArgument(
                f"{PROCESS_LIMIT} processes live on node {self.name}: Erlang's limit too; who spawns them?"
            )
        process = Process(self, next(self._numbers), body, args, parent and parent.pid, label)
        if kwargs:
            process._kwargs = kwargs
        pid = process.pid
        self.processes[pid] = process
        self.run_queue.append(process)
        if not self.active:
            self.kick()
        if self.record is not None:
            self.record((ev.Spawned, self.env.now, pid, name, code, process.parent, linked))
        if name is not None:
            self._names[name] = process
            process._name = name
        if linked:
            self.tie(parent, process)
        return process

    def kick(self) -> None:
        """Let the run queue be drained in this instant."""
        self.active = True
        self._wakeup.callbacks = self._on_wakeup
        self.env.schedule(self._wakeup)

    def _drain(self, _: Any) -> None:
        queue, next_one, doomed = self.run_queue, self.run_queue.popleft, self._doomed
        self.active = True
        now = self.env._now
        if now != self._instant:
            self._instant, self._steps_left = now, self.steps_per_instant
        left = self._steps_left
        try:
            while queue:
                process = next_one()
                resume = process._resume
                if resume is None and process._state is DEAD:
                    continue
                process._state = RUNNING
                try:
                    token = (resume or process.begin())(None)
                    if token is not SUSPENDED:
                        left -= FAIRNESS
                        if token is not AGAIN:
                            self._reject(process, token)
                except StopIteration:
                    self.end(process, NORMAL)
                except KeyboardInterrupt:
                    self.end(process, KILLED)
                    raise
                except BaseException as error:  # GeneratorExit: it ended itself with exit(me.pid, ...)
                    self.end(process, process._doom[0] if process._doom else reason_of(error))
                if doomed:
                    self.reap()
                left -= 1
                if left <= 0:
                    raise TimeStandsStill(self._why_time_stands_still())
        finally:
            self._steps_left = left
            self.active = False
            if queue:  # left in the middle by an exception: the next run goes on
                self.kick()

    def _reject(self, process: Process, token: Any) -> None:
        error = TypeError(
            f"{process.pid!r} awaits {token!r}: a body may await only what `me` gives it, such as me.sleep()"
        )
        again = process._body.throw(error)
        if again is not SUSPENDED and again is not AGAIN:
            raise error

    def _why_time_stands_still(self) -> str:
        queue = list(self.run_queue)
        names = (
            ", ".join(dict.fromkeys(repr(process.pid) for process in queue[:1000] if process._resume)) or "one process"
        )
        return (
            f"{self.steps_per_instant} steps were taken at second {self.env.now:g} and time did not move. Still busy: "
            f"{names[:300]}. Something goes round without waiting: a restart that fails at once under a large "
            "intensity, two processes that answer each other for ever, a loop without me.sleep()."
        )

    # Time

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


def check_body(body: Any) -> str:
    """The name of a body; BadArgument when it cannot be the body of a process."""
    if inspect.isasyncgenfunction(body):
        raise BadArgument(f"{body.__qualname__} yields: a body only awaits (await me.receive(), await me.sleep(1))")
    inner = body
    while hasattr(inner, "func"):  # functools.partial
        inner = inner.func
    if inspect.iscoroutinefunction(inner) or inspect.iscoroutinefunction(getattr(inner, "__call__", None)):  # noqa: B004
        owner = getattr(inner, "__self__", None)
        if isinstance(owner, type):  # a class that lives as a process
            return getattr(owner, "process_label", owner.__name__)
        return getattr(inner, "__name__", type(inner).__name__)
    if inspect.iscoroutine(body):
        body.close()
        raise BadArgument(f"give the function, not what calling it returned: spawn({body.__name__}, ...)")
    raise BadArgument(f"the body of a process is an `async def` function whose first argument is `me`; got {body!r}")
