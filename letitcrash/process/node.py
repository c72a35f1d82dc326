"""Node: the home of processes. One re-used event per instant drains a first-in-first-out queue of processes to run."""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import count, islice, repeat
from types import FunctionType
from typing import Any

from letitcrash.clock import Clock
from letitcrash.process import events as ev
from letitcrash.process.addresses import ONLY_NODE, Origin, WorldKey
from letitcrash.process.awaits import sound
from letitcrash.process.bodies import check_body
from letitcrash.process.budget import counted
from letitcrash.process.distribution import Distribution
from letitcrash.process.exit_rule import exit_signal
from letitcrash.process.exit_signals import ExitSignals
from letitcrash.process.mail import AGAIN, DEAD, READY, REDUCTIONS, RUNNING, SUSPENDED, WAITING
from letitcrash.process.me import Process, new_process
from letitcrash.process.network import Network
from letitcrash.process.power import Power
from letitcrash.process.registry import Registry
from letitcrash.process.terms import KILLED, NORMAL, BadArgument, Pid, reason_of
from letitcrash.process.timers import Timers
from letitcrash.process.traced import TracedProcess

STEPS_PER_INSTANT = 1_000_000  # about two seconds of a real processor
PROCESS_LIMIT = 262_144  # Erlang's own default


class TimeStandsStill(RuntimeError):
    """Processes kept each other busy without end inside one instant; the message names the busiest."""


class Node(Timers, Registry, ExitSignals, Distribution, Power):
    """Processes, their names and their `clock`.

    `record` takes trace rows (None: no trace), `random(name, keep)` gives a stream of chance, `exit_signal` is the rule
    of what a signal does; it may be a reader's own. `lines_per_step`, when given, stops a body that runs so many lines
    of Python without waiting; counting them makes everything slower.
    """

    def __init__(
        self,
        clock: Clock,
        name: str = ONLY_NODE,
        record: Callable | None = None,
        random: Callable[[str, bool], Any] | None = None,
        exit_signal: Callable = exit_signal,
        steps_per_instant: int = STEPS_PER_INSTANT,
        lines_per_step: int | None = None,
        world: WorldKey | None = None,
        network: Network | None = None,
        is_hidden: bool = False,
        report: Callable | None = None,
    ):
        self.clock = clock
        self.name = name
        self.record = record
        self._kind = Process if record is None else TracedProcess
        self.random = random
        self.origin = Origin(world or WorldKey(), name)
        self.steps_per_instant = steps_per_instant
        self.lines_per_step = lines_per_step
        self.report = report
        self.refs = count(1)  # the numbers of references
        self._begin_numbers()
        self._steps: Iterator = iter(())  # those that may still be taken
        self._since = -1.0  # the instant in which they were given
        self._steps_given = self._turns_given = 0  # in that instant: steps, and how often somebody gave way
        Timers.__init__(self)
        Registry.__init__(self)
        ExitSignals.__init__(self, exit_signal)
        Power.__init__(self)
        Distribution.__init__(self, network, is_hidden)

    def _begin_numbers(self) -> None:
        self._numbers = count(1)

    def _forget_processes(self) -> None:
        for part in (self.addresses, self._names, self.run_queue, self._under_way, *self.half_ties()):
            part.clear()
        self.ready = self._idle

    def note(self, kind: type, *fields: Any) -> None:
        """Record an event of this kind, now."""
        if self.record is not None:
            self.record((kind, self.clock.now, *fields))

    # Life

    def spawn(
        self,
        body: Callable,
        args: tuple = (),
        kwargs: dict | None = None,
        name: str | None = None,
        parent: Pid | None = None,
        linked: bool = False,
        label: str | None = None,
        first_step: Callable | None = None,
    ) -> Process:
        """Start a process. Its body begins in this instant, after the processes that wait for their turn already.

        `label` is what its pid is written with; without it, its name or that of its body. It is registered at once,
        unless a `first_step` does that (see `start.py`).
        """
        is_known = type(body) is FunctionType and id(body.__code__) in sound
        code = body.__name__ if is_known else check_body(body)
        content = (body, args, kwargs)
        if name is not None:
            self.check_name(name)
            if first_step is not None:
                content = (first_step, (name, *content), None)
        if len(self.addresses) >= PROCESS_LIMIT and len(self.processes) >= PROCESS_LIMIT:
            raise BadArgument(
                f"{PROCESS_LIMIT} processes live on node {self.name}: Erlang's limit too; who spawns them?"
            )
        process = new_process(self._kind, self, next(self._numbers), label or name or code, content, parent)
        pid = process.pid
        self.addresses[pid] = process
        self.ready.append(process)
        if self.record is not None:
            self.record((ev.Spawned, self.clock.now, pid, name, code, parent, linked))
        if name is not None and first_step is None:
            self._names[name] = process
            process._name = name
        if linked:
            self.addresses[parent]._links[pid] = process._links[parent] = True
            if self.record is not None:
                self.record((ev.Linked, self.clock.now, parent, pid))
        return process

    def chance(self, name: str, keep: bool = True) -> Any:
        """The stream of chance called `name`, which in a world of several nodes is this node's own."""
        return self.random(name if len(self.network.nodes) == 1 else f"{self.origin.prefix}/{name}", keep)

    def _drain(self, _: Any) -> None:
        if self.is_frozen:
            return  # somebody outside has spawned; `thaw` drains the queue
        queue = self.ready = self.run_queue
        try:
            while queue:
                for _ in self._steps:
                    process = queue.popleft()
                    resume = process._resume
                    if resume is None:
                        if process._state is DEAD:
                            self._pending_self_exit.clear()  # it was to fall, and left by itself before
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
                        self.end(process, self.exit_reason(error) if self._pending_self_exit else reason_of(error))
                    else:
                        if token is process:
                            process._state = WAITING
                        elif token is not SUSPENDED:
                            self._look_at(process, token)
                    if not queue:
                        return
                if self.clock.must_pause():
                    return
                self._allow_more_steps()
        except KeyboardInterrupt:  # it may come between two lines of this method, where somebody has half a turn
            queued = set(queue)
            queue.extendleft(one for one in self.processes.values() if one._state is READY and one not in queued)
            raise
        finally:
            self.ready = self._idle
            if queue:  # left in the middle, by an exception or for a pause
                self.kick(self.clock.present())

    def _allow_more_steps(self) -> None:
        """Give as many steps again, unless all that an instant may have were taken in this one.

        So an instant has between `steps_per_instant` and twice as many, and a step costs no look at the clock.
        """
        if self._since != self.clock.now:
            self._since, self._steps_given, self._turns_given = self.clock.now, 0, 0
        elif self._steps_given >= self.steps_per_instant:
            self._since = -1.0  # the next run has as many: somebody may have ended the busy ones
            raise TimeStandsStill(self._why_time_stands_still())
        steps = min(self.steps_per_instant, self.clock.steps_per_look)
        self._steps = repeat(None, steps)
        self._steps_given += steps

    def charge(self, steps: int) -> None:
        """Take so many more steps off those that this instant may have, for work that one step does not pay."""
        deque(islice(self._steps, steps), 0)

    def _look_at(self, process: Process, token: Any) -> None:
        """A body gave way after many messages, taken or looked for in vain; or it awaits what is foreign."""
        if token is AGAIN:
            self._turns_given += 1
            if self._turns_given * REDUCTIONS > self.steps_per_instant:
                self._allow_more_steps()
        elif not self._pending_self_exit:  # a process with one falls at whatever it awaits
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
        busy = (describe_with_parent(process) for process in list(self.run_queue)[:1000] if process._state is not DEAD)
        names = ", ".join(dict.fromkeys(busy)) or "one process"
        return (
            f"{self.steps_per_instant} steps were taken at second {self.clock.now:g} and time did not move. "
            f"Still busy: {names[:300]}. Something goes round without waiting: a restart that fails at once under a "
            "large intensity, two processes that answer each other for ever, a loop without me.sleep()."
        )


def describe_with_parent(process: Process) -> str:
    """A process and who started it: in a storm of restarts that is who goes on."""
    return f"{process.pid!r}, started by {process.parent!r}" if process.parent else repr(process.pid)
