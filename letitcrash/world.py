"""World: the virtual clock, its chance, its memory and its processes."""

import hashlib
import math
import random
from collections.abc import Callable
from typing import Any

import simpy
from simpy.events import NORMAL, URGENT

from letitcrash.process import BadArgument, Node, Pid, exit_signal
from letitcrash.process.application import start_application, stop_application
from letitcrash.process.info import ProcessInfo, process_info
from letitcrash.process.mail import check_seconds
from letitcrash.trace import Event, Trace


def minutes(count: float) -> float:
    """Minutes in seconds, the unit of virtual time."""
    return 60.0 * count


def hours(count: float) -> float:
    """Hours in seconds, the unit of virtual time."""
    return 3600.0 * count


def stream(seed: int, name: str) -> random.Random:
    """The stream of chance called `name` under `seed`: the same on every Python, under every hash seed."""
    key = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return random.Random(int.from_bytes(key[:8], "big"))


LEAST = {"seed": -math.inf, "keep": 0}  # 1 for a budget: with 0 steps or lines nobody would ever begin
MAY_BE_NONE = {"keep", "lines_per_step"}


def _check(setting: str, value: Any) -> None:
    """Raise BadArgument: a seed that is no number gives other chance on other days, a budget of -1 ends every run."""
    if value is None and setting in MAY_BE_NONE:
        return
    least = LEAST.get(setting, 1)
    if not isinstance(value, int) or value < least:
        rule = "a whole number" + (f", {least} or more" if least > -math.inf else "")
        raise BadArgument(f"{setting} of a world is {rule}; got {value!r}")


class World:
    """One run: `env` is SimPy's clock in seconds, `trace` its memory, `random(name)` its chance, `node` its processes.

    `keep` is how many of the newest events to hold: None for all, 0 for none (and the fastest run). `exit_signal` says
    what an exit signal does to whom it reaches: the library's rule, or that of a reader who has done lab 3.
    `steps_per_instant` and `lines_per_step` stop what would go round for ever (see `letitcrash.process.Node`).
    """

    def __init__(
        self, seed: int = 0, keep: int | None = None, exit_signal: Callable = exit_signal, **budgets: int | None
    ):
        if not callable(exit_signal):
            raise BadArgument(f"exit_signal of a world is a function, as lab 3 writes it; got {exit_signal!r}")
        for setting, value in {"seed": seed, "keep": keep, **budgets}.items():
            _check(setting, value)
        self.seed = seed
        self.env = simpy.Environment()
        self.trace = Trace(keep=keep)
        self._streams: dict[str, random.Random] = {}
        self._running = False
        record = None if keep == 0 else self.trace.note
        self.node = Node(self.env, record=record, random=self.random, exit_signal=exit_signal, **budgets)

    @property
    def now(self) -> float:
        """Virtual seconds since the run began."""
        return self.env.now

    def random(self, name: str) -> random.Random:
        """The stream of chance called `name`; one more stream never disturbs the others."""
        if name not in self._streams:
            self._streams[name] = stream(self.seed, name)
        return self._streams[name]

    def record(self, event: Event) -> None:
        """Add `event` to the trace."""
        self.trace.record(event)

    def run(self, until: float | None = None) -> None:
        """Run to virtual second `until` (what is due then is still to come), or to the end of all that is planned."""
        if until is not None and not until > self.now:
            raise ValueError(f"it is second {self.now:g} now: the world can run on, but not until {until!r}")
        self._run(until if until is None else self._moment(until, URGENT))

    def _run(self, end: simpy.Event | None) -> None:
        self._must_stand_still()
        self._running = True
        try:
            self.env.run(until=end)
        except BaseException:
            if end is not None:
                end.callbacks = []  # the next run has an end of its own
            raise
        finally:
            self._running = False

    def _moment(self, second: float, priority: int = NORMAL) -> simpy.Event:
        event = simpy.Event(self.env)
        event._ok, event._value = True, None
        self.env.schedule(event, priority, second - self.now)
        return event

    def _must_stand_still(self) -> None:
        if self._running:
            raise RuntimeError("the world runs already: a body cannot run it, it waits (await me.sleep(1))")

    def spawn(
        self, body: Callable, *args: Any, name: str | None = None, label: str | None = None, **kwargs: Any
    ) -> Pid:
        """Start a process whose body is `async def body(me, *args, **kwargs)`; its pid is written with `label`.

        `name` registers it.
        """
        return self.node.spawn(body, args, kwargs, name=name, label=label).pid

    def send(self, to: Pid | str, message: Any) -> None:
        """Send from the street: no process is the sender."""
        self.node.send(None, to, message)

    def exit(self, to: Pid | str, reason: Any = "kill") -> None:
        """Send an exit signal from the street; "kill" cannot be trapped."""
        self.node.exit(None, to, reason)

    def at(self, second: float, action: Callable, *args: Any) -> None:
        """Call `action(*args)` at virtual `second`, before the processes of that instant have their turn.

        >>> world = World()
        >>> world.at(2.5, world.random, "eggs")
        """
        if not callable(action):
            raise BadArgument(f"at takes a second and what to call then; got {action!r}")
        if not check_seconds(second, "the second of an action") >= self.now:
            raise ValueError(f"second {second!r} is over: it is {self.now:g} now")
        self._moment(second).callbacks.append(lambda _: action(*args))

    def ask(self, question: Callable, *args: Any, **kwargs: Any) -> Any:
        """Run `await question(me, *args)` in a process of its own until it answers; what it raises is raised here.

        The clock moves on as far as the answer takes: `world.ask(which_children, supervisor)`.
        """
        self._must_stand_still()
        answer: list = []

        async def passer_by(me):
            try:
                answer.append((await question(me, *args, **kwargs), None))
            except Exception as error:
                answer.append((None, error))
            finally:
                done.succeed()

        done = simpy.Event(self.env)
        pid = self.spawn(passer_by, label="passer-by")
        try:
            self._run(done)
        except RuntimeError as error:
            if type(error) is not RuntimeError or done.triggered:  # SimPy's, when nothing is planned any more
                raise
            raise TimeoutError(f"{question.__name__}: no answer will ever come; all wait and no timer is set") from None
        if not answer:
            raise RuntimeError(f"{question.__name__}: {pid!r}, who asked, was ended before an answer came")
        value, error = answer[0]
        if error is not None:
            raise error
        return value

    def start(self, tree: Any, *args: Any, **kwargs: Any) -> Pid:
        """Start a tree (a Supervisor, a GenServer class, a body) and run until it is up: the pid of its top.

        It belongs to nobody but the world, as an OTP application does; StartFailed says which child failed, and why.
        """
        return self.ask(start_application, tree, *args, **kwargs)

    def stop(self, top: Pid) -> Any:
        """Shut down a tree that `start` started, and run until it is down: the reason its top left with."""
        return self.ask(stop_application, top)

    def processes(self) -> list[ProcessInfo]:
        """What is known of each live process, oldest first."""
        return [process_info(process) for process in self.node.processes.values()]

    def whereis(self, name: str) -> Pid | None:
        """The pid of that name, or None."""
        return self.node.whereis(name)

    def is_alive(self, pid: Pid) -> bool:
        """Whether the process is alive now."""
        return self.node.process_of(pid) is not None
