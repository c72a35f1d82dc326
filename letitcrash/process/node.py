"""Node: where processes live. One re-used event per instant drains a first-in-first-out queue of processes to run."""

import inspect
from collections import deque
from collections.abc import Callable, Iterator
from inspect import CO_COROUTINE
from itertools import count, islice, repeat
from types import FunctionType
from typing import Any

from letitcrash.process import events as ev
from letitcrash.process.budget import counted
from letitcrash.process.clocks import Clocks
from letitcrash.process.death import Mortality
from letitcrash.process.mail import AGAIN, DEAD, READY, REDUCTIONS, RUNNING, SUSPENDED, WAITING
from letitcrash.process.me import Process, TracedProcess, born
from letitcrash.process.names import Names
from letitcrash.process.signals import exit_signal
from letitcrash.process.terms import KILLED, NORMAL, BadArgument, Pid, reason_of

STEPS_PER_INSTANT = 1_000_000  # about two seconds of a real processor
PROCESS_LIMIT = 262_144  # Erlang's own default


class TimeStandsStill(RuntimeError):
    """Processes kept each other busy without end inside one instant; the message names the busiest."""


class Node(Clocks, Names, Mortality):
    """Processes, their names and their clock `env` (a simpy.Environment).

    `record` takes trace rows (None: no trace), `random(name)` gives a stream of chance, `exit_signal` is the rule of
    what a signal does; it may be a reader's own. `lines_per_step`, when given, stops a body that runs so many lines of
    Python without waiting; counting them makes everything slower.
    """

    def __init__(
        self,
        env: Any,
        name: str = "0",
        record: Callable | None = None,
        random: Callable[[str], Any] | None = None,
        exit_signal: Callable = exit_signal,
        steps_per_instant: int = STEPS_PER_INSTANT,
        lines_per_step: int | None = None,
    ):
        self.env = env
        self.name = name
        self.record = record
        self._kind = Process if record is None else TracedProcess
        self.random = random
        self.steps_per_instant = steps_per_instant
        self.lines_per_step = lines_per_step
        self.processes: dict[Pid, Process] = {}  # all that live, oldest first
        self._numbers = count(1)
        self.refs = count(1)  # the numbers of references
        self._steps: Iterator = iter(())  # those that may still be taken
        self._since, self._turns_given = -1.0, 0  # when they were given; how often somebody gave way since
        Clocks.__init__(self)
        Names.__init__(self)
        Mortality.__init__(self, exit_signal)

    def note(self, kind: type, *fields: Any) -> None:
        """Record an event of this kind, now."""
        if self.record is not None:
            self.record((kind, self.env._now, *fields))

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
        process = born(self._kind, self, next(self._numbers), label, (body, args, kwargs), parent)
        pid = process.pid
        self.processes[pid] = process
        self.ready.append(process)
        if self.record is not None:
            self.record((ev.Spawned, self.env._now, pid, name, code, process.parent, linked))
        if name is not None:
            self._names[name] = process
            process._name = name
        if linked:
            parent._links[process] = process._links[parent] = True
            if self.record is not None:
                self.record((ev.Linked, self.env._now, parent.pid, pid))
        return process

    def _drain(self, _: Any) -> None:
        queue = self.ready = self.run_queue
        try:
            while queue:
                for _ in self._steps:
                    process = queue.popleft()
                    resume = process._resume
                    if resume is None:
                        if process._state is DEAD:
                            self._doomed.clear()  # it was to fall, and left by itself before
                            if queue:
                                continue
                            return
                        resume = process.begin()
                    process._state = RUNNING
                    try:
                        token = resume(None)
                    except StopIteration:
                        self.end(process, NORMAL)
                    except KeyboardInterrupt:
                        self.end(process, KILLED)
                        raise
                    except BaseException as error:  # GeneratorExit: a signal has ended it in its own step
                        self.end(process, self._why(error) if self._doomed else reason_of(error))
                    else:
                        if token is process:
                            process._state = WAITING
                        elif token is not SUSPENDED:
                            self._look_at(process, token)
                    if not queue:
                        return
                self._allow_more_steps()
        except KeyboardInterrupt:  # it may come between two lines of this method, where somebody has half a turn
            queued = set(queue)
            queue.extendleft(one for one in self.processes.values() if one._state is READY and one not in queued)
            raise
        finally:
            self.ready = self._idle
            if queue:  # left in the middle by an exception: the next run goes on
                self.kick()

    def _allow_more_steps(self) -> None:
        """Give as many steps again, unless all the last ones were taken in this very instant.

        So an instant has between `steps_per_instant` and twice as many, and a step costs no look at the clock.
        """
        if self._since == self.env._now:
            self._since = -1.0  # the next run has as many: somebody may have ended the busy ones
            raise TimeStandsStill(self._why_time_stands_still())
        self._since, self._steps, self._turns_given = self.env._now, repeat(None, self.steps_per_instant), 0

    def charge(self, steps: int) -> None:
        """Take so many more steps off those that this instant may have, for work that one step does not pay."""
        deque(islice(self._steps, steps), 0)

    def _look_at(self, process: Process, token: Any) -> None:
        """A body gave way after many messages, taken or looked for in vain; or it awaits what is foreign."""
        if token is AGAIN:
            self._turns_given += 1
            if self._turns_given * REDUCTIONS > self.steps_per_instant:
                self._allow_more_steps()
        elif not self._doomed:  # who is to fall falls at whatever it awaits
            self._reject(process, token)

    def _reject(self, process: Process, token: Any) -> None:
        """Let the next step of the process, which is the next of all, raise what is wrong with what it awaits."""
        what = f"what belongs to {token.pid!r}" if isinstance(token, Process) else repr(token)
        error = TypeError(
            f"{process.pid!r} awaits {what}: a body may await only what its own `me` gives it, such as me.sleep()"
        )
        resume = process._resume

        def raises(_: None) -> Any:
            process._resume = resume
            token = process._body.throw(error)
            if token is not process and token is not SUSPENDED and token is not AGAIN:
                raise error
            return token

        limit = self.lines_per_step
        process._resume, process._state = counted(raises, limit, process.pid) if limit else raises, READY
        self.run_queue.appendleft(process)

    def _why_time_stands_still(self) -> str:
        busy = (_born(process) for process in list(self.run_queue)[:1000] if process._state is not DEAD)
        names = ", ".join(dict.fromkeys(busy)) or "one process"
        return (
            f"{self.steps_per_instant} steps were taken at second {self.env._now:g} and time did not move. Still busy: "
            f"{names[:300]}. Something goes round without waiting: a restart that fails at once under a large "
            "intensity, two processes that answer each other for ever, a loop without me.sleep()."
        )


def _born(process: Process) -> str:
    """A process and who started it: in a storm of restarts that is who goes on."""
    return f"{process.pid!r}, started by {process.parent!r}" if process.parent else repr(process.pid)


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
