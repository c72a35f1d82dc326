"""Process: what a body may do. Its first argument, `me`, is one of these."""

from collections import deque
from collections.abc import Callable
from types import CoroutineType
from typing import Any

from letitcrash.process import events as ev
from letitcrash.process.budget import counted
from letitcrash.process.mail import READY, REDUCTIONS, WAITING, Mail
from letitcrash.process.patterns import first_match
from letitcrash.process.signals import Connected, SpawnedPayload, SpawnPayload
from letitcrash.process.terms import BadArgument, Down, Pid, Ref


class Process(Mail):
    """A process of Erlang's kind: a coroutine, a mailbox, and nothing shared."""

    __slots__ = (
        "_body",  # the function and its arguments until it begins, then the coroutine
        "_links",  # pid of the other end -> True, in order
        "_monitors",  # ref -> the address of the process watched
        "_name",
        "_resume",  # None until it begins, and after its end
        "_trapping",
        "_watchers",  # ref of the one that watches -> what its Down is about
        "dictionary",  # what introspection should know of it
        "exit_reason",  # set at its end
        "parent",
    )

    def __repr__(self) -> str:
        return f"<process {self.pid!r}>"

    def begin(self) -> Callable:
        """Call the body; what is returned runs it to its first await, or raises what went wrong."""
        function, args, kwargs = self._body
        try:
            if kwargs:  # what a call does not have to unpack, it does not cost
                body = function(self, *args, **kwargs)
            elif args:
                body = function(self, *args)
            else:
                body = function(self)
            if type(body) is not CoroutineType:
                raise BadArgument(f"{self.pid!r}: its body returned {body!r}, not a coroutine: write it as `async def`")
        except Exception as error:
            body = _fail(error)
        self._body, resume, limit = body, body.send, self.node.lines_per_step
        if limit:
            resume = counted(resume, limit, self.pid)
        self._resume = resume
        return resume

    def send(self, to: Any, message: Any) -> None:
        """Put `message` into the mailbox of `to`: a pid, a name, an alias. Never waits; to the dead it is lost."""
        try:
            process = self.node.addresses[to]
        except (KeyError, TypeError):  # a name, the dead, another node's, or no address
            self.node.send(self.pid, to, message)
            return
        process._mailbox.append(message)  # process.accept(message), without the price of a call
        if process._state is WAITING:
            process._state = READY
            self.node.ready.append(process)

    # Other processes

    def spawn(
        self,
        body: Callable,
        *args: Any,
        name: str | None = None,
        label: str | None = None,
        node: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """Start a process whose body is `async def body(me, *args, **kwargs)`; its pid is written with `label`.

        With `node` it lives there, and its pid is to be awaited: `await me.spawn(body, node="south")`.
        """
        if node is not None:
            return self.spawn_on(node, body, *args, name=name, label=label, **kwargs)
        return self.node.spawn(body, args, kwargs, name, self.pid, False, label).pid

    def spawn_link(
        self,
        body: Callable,
        *args: Any,
        name: str | None = None,
        label: str | None = None,
        node: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """`spawn` and `link` in one: there is no instant between them."""
        if node is not None:
            return self.spawn_on(node, body, *args, name=name, label=label, link=True, **kwargs)
        return self.node.spawn(body, args, kwargs, name, self.pid, True, label).pid

    def spawn_monitor(
        self,
        body: Callable,
        *args: Any,
        name: str | None = None,
        label: str | None = None,
        node: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """`spawn` and `monitor` in one."""
        if node is not None:
            return self.spawn_on(node, body, *args, name=name, label=label, monitor=True, **kwargs)
        pid = self.node.spawn(body, args, kwargs, name, self.pid, False, label).pid
        return pid, self.monitor(pid)

    async def spawn_on(
        self,
        node: str,
        body: Callable,
        *args: Any,
        name: str | None = None,
        label: str | None = None,
        link: bool = False,
        monitor: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Start a process on `node` and wait for its pid; with `monitor` its pid and the reference.

        Where that node cannot be reached the pid leads nowhere, as in OTP: its link and its monitor say noconnection.
        """
        here = self.node
        if node == here.name:
            pid = here.spawn(body, args, kwargs, name, self.pid, link, label).pid
            return (pid, self.monitor(pid)) if monitor else pid
        ref = self.make_ref()
        here.spawn_elsewhere(self, node, SpawnPayload(ref, body, args, kwargs, name, label, link, monitor))
        answer = await self.receive(lambda message: type(message) is SpawnedPayload and message.ref is ref)
        if answer.error is not None:
            raise answer.error
        return (answer.pid, ref) if monitor else answer.pid

    def exit(self, to: Any, reason: Any) -> None:
        """Send an exit signal, as Erlang's exit(Pid, Reason). To stop oneself: `raise Exit(reason)`."""
        self.node.exit(self, to, reason)

    def is_alive(self, pid: Pid) -> bool:
        """Tell whether the process, which lives on this node, is alive now."""
        process = self.node.process_of(pid)
        if process is None and self.node.is_elsewhere(pid):
            raise BadArgument(f"{pid!r} lives on node {pid.node}: only there is known whether it is alive; monitor it")
        return process is not None

    @property
    def trap_exit(self) -> bool:
        """The flag: when true, exit signals arrive as `ExitSignal` messages instead of ending this process."""
        return self._trapping

    @trap_exit.setter
    def trap_exit(self, on: bool) -> None:
        self._trapping = bool(on)
        self.node.note(ev.Trapping, self.pid, self._trapping)

    def link(self, other: Pid) -> None:
        """Tie the two lives together. With a dead process: `NoProcess`, or the message when trapping exits."""
        self.node.link(self, other)

    def unlink(self, other: Pid) -> None:
        """Undo the link: no exit signal arrives from now on; one that is in the mailbox stays there."""
        self.node.unlink(self, other)

    def monitor(self, target: Any, alias: bool = False) -> Ref:
        """Ask for one `Down` when `target` ends: a pid, a name, or `(name, node)`.

        With `alias` the reference is an address too.
        """
        ref = self.make_ref(alias)
        node = self.node
        watched = node.addresses.get(target) if type(target) is Pid else None
        if watched is None or watched is self:
            node.monitor(self, target, ref)
            return ref
        if self._monitors is None:
            self._monitors = {}
        if watched._watchers is None:
            watched._watchers = {}
        self._monitors[ref] = watched._watchers[ref] = target
        if node.record is not None:
            node.record((ev.Monitored, node.clock.now, self.pid, target, ref))
        return ref

    def demonitor(self, ref: Ref, flush: bool = False) -> bool:
        """Stop watching; False when there was nothing to stop. `flush` removes its `Down` from the mailbox as well.

        With an alias it removes what else carries the reference: a second answer to one question.
        """
        if type(ref) is not Ref:
            raise BadArgument(f"demonitor takes the reference that monitor returned; got {ref!r}")
        target = self._monitors.pop(ref, None) if self._monitors else None
        if target is not None:
            node = self.node
            if ref.is_alias:
                node.addresses.pop(ref, None)
            watched = node.addresses.get(target)
            if watched is not None:
                watched._watchers.pop(ref, None)
            else:
                node.signal("demonitor", self.pid, target, ref)
            if node.record is not None:
                node.record((ev.Demonitored, node.clock.now, self.pid, ref))
            if flush and ref.is_alias and self._mailbox:
                start = self._mark if ref is self._newest_ref else 0
                while start < len(self._mailbox) and (at := first_match(self._mailbox, ref, start)) >= 0:
                    self.take(at)
            return True
        if flush:
            at = first_match(self._mailbox, lambda message: type(message) is Down and message.ref is ref)
            if at >= 0:
                self.take(at)
        return False

    # The trace

    def note(self, kind: type, *fields: Any) -> None:
        """Record an event of this kind about this process, now."""
        self.node.note(kind, self.pid, *fields)

    def charge(self, steps: int) -> None:
        """Take so many more steps off those that this instant may have, for work that one step does not pay."""
        self.node.charge(steps)

    # Names

    @property
    def name(self) -> str | None:
        """The name under which it is registered."""
        return self._name

    def register(self, name: str, pid: Pid | None = None) -> None:
        """Let `name` be an address of `pid` (or of this process) as long as it lives."""
        self.node.register(name, self.pid if pid is None else pid)

    def unregister(self, name: str) -> None:
        """Free the name."""
        self.node.unregister(name)

    def whereis(self, name: Any) -> Pid | None:
        """The pid of that name, alone or as `(name, node)` with this node; None when nobody has it."""
        return self.node.whereis(name)

    # Nodes

    def nodes(self, kind: str = "visible") -> list[str]:
        """The names of the nodes that this one is connected with: "visible", "hidden", or "connected" for both."""
        return self.node.connections.names(kind)

    def monitor_node(self, node: str, on: bool = True) -> None:
        """Ask for one `NodeDown(node)` when `node` is lost or cannot be reached; `on=False` undoes it."""
        self.node.connections.monitor_node(self.pid, node, on)

    def monitor_nodes(self, on: bool = True) -> None:
        """Ask for a `NodeUp(node)` or `NodeDown(node, reason)` whenever a node comes or goes; `on=False` undoes it."""
        self.node.connections.monitor_nodes(self.pid, on)

    async def connect_node(self, node: str) -> bool:
        """Wait for a connection to `node`, opened when there is none; False when it cannot be reached."""
        ref = self.make_ref()
        self.node.connections.connect(ref, node)
        return (await self.receive(lambda message: type(message) is Connected and message.ref is ref)).is_up

    def disconnect_node(self, node: str) -> bool:
        """Close the connection to `node`; False when there is none. The next signal to it opens a new one."""
        return self.node.connections.disconnect(node)


def new_process(kind: type[Process], node: Any, number: int, label: str, body: tuple, parent: Pid | None) -> Process:
    """A new process with its pid. (An `__init__` in each of the two classes would make a spawn a tenth dearer.)"""
    process = kind()
    process.pid = pid = Pid()
    pid.origin = node.origin
    pid.number = number
    pid.label = label
    process.node = node
    process.parent = parent
    process._body = body
    process._mailbox = deque()
    process._state = READY
    process._reductions = REDUCTIONS
    process._mark = 0
    process._trapping = False
    process._alarm = process._newest_ref = process._resume = process._name = process.dictionary = None
    process._monitors = process._watchers = process._aliases = process._chance = None
    process._links = {}
    return process


async def _fail(error: Exception) -> None:
    raise error
