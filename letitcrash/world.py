"""World: a clock, its chance, its memory and its processes."""

import hashlib
import numbers
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from letitcrash.clock import Clock
from letitcrash.process import BadArgument, Node, Pid, Ref
from letitcrash.process import events as ev
from letitcrash.process.addresses import ONLY_NODE, WorldKey
from letitcrash.process.application import start_application, stop_application
from letitcrash.process.info import ProcessInfo, process_info
from letitcrash.process.mail import check_seconds
from letitcrash.process.network import Network, Nodes
from letitcrash.process.question import Question
from letitcrash.process.registry import is_name_and_node
from letitcrash.process.reports import CrashReport, log_crash, once_per_line
from letitcrash.process.settings import check_setting, checked_names, seated
from letitcrash.process.wires import Wire
from letitcrash.real_time import RealTime
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


class World:
    """One run: `clock` gives its seconds, `trace` its memory, `random(name)` its chance, `node` its processes.

    `nodes` are the names of its nodes; those that are not `hidden` are connected with each other unless `connected` is
    false. `world.nodes[name]` is a node, `world.node` the first one.
    `keep` is how many of the newest events to hold: None for all, 0 for none (and the fastest run). `parts` puts a
    reader's own in place of the library's, by name: `{"exit_signal": rule}` is the rule of what an exit signal does.
    `clock` is virtual time, which is also a `simpy.Environment`, or `RealTime(speed=...)`.
    `steps_per_instant` and `lines_per_step` stop what would go round for ever (see `letitcrash.process.Node`).
    `report` is called with a `CrashReport` when a process crashes that nobody is linked to or watches, once for each
    line that crashes; without one it goes to Python's log. A world that keeps no trace reports nothing, nor does one
    with `report=None`.
    """

    def __init__(
        self,
        seed: int = 0,
        keep: int | None = None,
        parts: Mapping[str, Callable] = MappingProxyType({}),
        nodes: Iterable[str] = (ONLY_NODE,),
        hidden: Iterable[str] = (),
        connected: bool = True,
        report: Callable[[CrashReport], None] | None = log_crash,
        clock: Clock | None = None,
        **budgets: int | None,
    ):
        rule = seated(parts)["exit_signal"]
        if report is not None and not callable(report):
            raise BadArgument(f"report of a world is a function that takes a CrashReport, or None; got {report!r}")
        for setting, value in {"seed": seed, "keep": keep, **budgets}.items():
            check_setting(setting, value)
        if clock is not None and not isinstance(clock, Clock):
            raise BadArgument(f"the clock of a world is a Clock or a RealTime; got {clock!r}")
        self.seed = seed
        self.clock = clock or Clock()
        self.trace = Trace(keep=keep)
        self._streams: dict[str, random.Random] = {}
        self._running = False
        record = None if keep == 0 else self.trace.note
        report = once_per_line(report) if report and record else None
        names, hidden = checked_names("nodes", nodes), checked_names("hidden", hidden)
        if not names or not set(hidden) <= set(names):
            raise BadArgument(f"a world has one node or more, hidden ones among them; got {names!r}, hidden {hidden!r}")
        self._network, key = Network(lambda *row: self.node.note(*row)), WorldKey()
        for name in names:
            Node(
                self.clock, name, record, self.random, rule, report=report, world=key, network=self._network,
                is_hidden=name in hidden, **budgets,
            )  # fmt: skip
        self.node = self.nodes[names[0]]
        if len(names) > 1:
            for node in self.nodes.values():
                node.note(ev.NodeStarted, node.name, node.incarnation)
            if connected:
                self._network.connect_all(name for name in names if name not in hidden)

    @property
    def nodes(self) -> Nodes:
        """The nodes by name."""
        return self._network.nodes

    def wire(self, here: str, there: str) -> Wire:
        """The wire between two nodes, with `cut` and `heal`."""
        return self._network.wire(here, there)

    @property
    def now(self) -> float:
        """Virtual seconds since the run began."""
        return self.clock.now

    def random(self, name: str, keep: bool = True) -> random.Random:
        """The stream of chance called `name`; one more stream never disturbs the others.

        The same name gives the same stream again, unless the world is not to `keep` it.
        """
        if name not in self._streams:
            new = stream(self.seed, name)
            if not keep:
                return new
            self._streams[name] = new
        return self._streams[name]

    def record(self, event: Event) -> None:
        """Add `event` to the trace."""
        self.trace.record(event)

    def run(self, until: float | None = None) -> None:
        """Run to second `until` (what is due then is still to come), or to the end of all that is planned."""
        with self._run_of_its_own(until):
            self.clock.run(until)

    async def run_async(self, until: float | None = None) -> None:
        """`run` in an event loop that runs already. Needs a clock that can wait, `World(clock=RealTime())`.

        With `until=math.inf` the world waits for what the loop's other tasks send to its processes.
        """
        with self._run_of_its_own(until):
            await self._real_time().run_async(until)

    @contextmanager
    def _run_of_its_own(self, until: float | None = None) -> Iterator[None]:
        if until is not None and not isinstance(until, numbers.Real):
            raise BadArgument(f"a run ends at a second, which is a number; got {until!r}")
        if until is not None and not until > self.now:
            raise ValueError(f"it is second {self.now:g} now: the world can run on, but not until {until!r}")
        self._must_stand_still()
        self._running = True
        try:
            yield
        finally:
            self._running = False

    def _must_stand_still(self) -> None:
        if self._running:
            raise RuntimeError("the world runs already: a body cannot run it, it waits (await me.sleep(1))")

    def _real_time(self) -> RealTime:
        if not isinstance(self.clock, RealTime):
            raise BadArgument("only a world in real time waits for an event loop: World(clock=RealTime())")
        return self.clock

    def spawn(
        self,
        body: Callable,
        *args: Any,
        name: str | None = None,
        label: str | None = None,
        node: str | None = None,
        **kwargs: Any,
    ) -> Pid:
        """Start a process whose body is `async def body(me, *args, **kwargs)`; its pid is written with `label`.

        `name` registers it. It lives on the first node, or on `node`.
        """
        return self._up(node).spawn(body, args, kwargs, name=name, label=label).pid

    def send(self, to: Any, message: Any) -> None:
        """Send from the street: no process is the sender, and no wire is between. A name is one of the first node."""
        home = self._home(to)
        home.when_awake(lambda _: home.send(None, to, message))

    def exit(self, to: Any, reason: Any = "kill") -> None:
        """Send an exit signal from the street; "kill" cannot be trapped."""
        home = self._home(to)
        home.when_awake(lambda _: home.exit(None, to, reason))

    def _up(self, name: str | None) -> Node:
        node = self.node if name is None else self.nodes[name]
        node.must_be_up()
        return node

    def _home(self, address: Any) -> Node:
        if is_name_and_node(address):
            return self.nodes.get(address[1], self.node)
        if type(address) in (Pid, Ref):
            self.node.is_elsewhere(address)  # refuses those of another world
            return self.nodes.get(address.node, self.node)
        return self.node

    def at(self, second: float, action: Callable, *args: Any) -> None:
        """Call `action(*args)` at virtual `second`, before the processes of that instant have their turn.

        >>> world = World()
        >>> world.at(2.5, world.random, "eggs")
        """
        if not callable(action):
            raise BadArgument(f"at takes a second and what to call then; got {action!r}")
        if not check_seconds(second, "the second of an action") >= self.now:
            raise ValueError(f"second {second!r} is over: it is {self.now:g} now")
        self.clock.call_at(second, lambda _: action(*args))

    def ask(self, question: Callable, *args: Any, node: str | None = None, **kwargs: Any) -> Any:
        """Run `await question(me, *args)` in a process of its own until it answers; what it raises is raised here.

        The clock moves on as far as the answer takes: `world.ask(which_children, supervisor)`. Raises TimeoutError,
        which says who waits for whom, when no answer will come (the rule is in `letitcrash.process.question`).
        """
        with self._asking(question, args, kwargs, node) as asked:
            self.clock.run(look=asked.look)
        return asked.answer()

    async def ask_async(self, question: Callable, *args: Any, node: str | None = None, **kwargs: Any) -> Any:
        """`ask` in an event loop that runs already, with a clock that can wait (see `run_async`)."""
        clock = self._real_time()
        with self._asking(question, args, kwargs, node) as asked:
            await clock.run_async(look=asked.look)
        return asked.answer()

    @contextmanager
    def _asking(self, question: Callable, args: tuple, kwargs: dict, node: str | None) -> Iterator[Question]:
        with self._run_of_its_own():
            asked = Question(self._up(node), question, args, kwargs, self.nodes)
            try:
                yield asked
            finally:
                asked.close()

    def start(self, tree: Any, *args: Any, node: str | None = None, **kwargs: Any) -> Pid:
        """Start a tree (a Supervisor, a GenServer class, a body) and run until it is up: the pid of its top.

        It belongs to nobody but the world, as an OTP application does; StartFailed says which child failed, and why.
        """
        return self.ask(start_application, tree, *args, node=node, **kwargs)

    def stop(self, top: Pid) -> Any:
        """Shut down a tree that `start` started, and run until it is down: the reason its top left with."""
        return self.ask(stop_application, top, node=self._home(top).name)

    def processes(self) -> list[ProcessInfo]:
        """All that is known of each live process, node by node, oldest first."""
        return [process_info(process) for node in self.nodes.values() for process in node.processes.values()]

    def whereis(self, name: Any) -> Pid | None:
        """The pid of that name on the first node, or of `(name, node)`; None when nobody has it."""
        home = self.nodes[name[1]] if is_name_and_node(name) else self.node
        return home.whereis(name)

    def is_alive(self, pid: Pid) -> bool:
        """Tell whether the process is alive now."""
        return self._home(pid).process_of(pid) is not None
