"""Process: what a body may do. Its first argument, `me`, is one of these."""

from collections import deque
from collections.abc import Callable
from types import CoroutineType, coroutine
from typing import Any

from letitcrash.process import events as ev
from letitcrash.process.budget import counted
from letitcrash.process.mail import DEAD, READY, REDUCTIONS, RUNNING, WAITING, Mail
from letitcrash.process.patterns import anything, first_match
from letitcrash.process.terms import BadArgument, Down, Pid, Ref


class Process(Mail):
    """A process of Erlang's kind: a coroutine, a mailbox, and nothing shared."""

    __slots__ = (
        "_body",  # the function and its arguments until it begins, then the coroutine
        "_links",  # other process -> True, in order
        "_monitors",  # ref -> the process watched
        "_name",
        "_resume",  # None until it begins, and after its end
        "_trapping",
        "_watchers",  # ref -> the process that watches, or (process, what its Down is about)
        "dictionary",  # what introspection should know of it
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
            process = to._process
            process._mailbox.append(message)
        except AttributeError:  # a name, or the dead, or what is no address
            self.node.send(self.pid, to, message)
            return
        if process._state is WAITING:
            process._state = READY
            process.node.ready.append(process)

    # Other processes

    def spawn(
        self, body: Callable, *args: Any, name: str | None = None, label: str | None = None, **kwargs: Any
    ) -> Pid:
        """Start a process whose body is `async def body(me, *args, **kwargs)`; its pid is written with `label`."""
        return self.node.spawn(body, args, kwargs, name, self, False, label).pid

    def spawn_link(
        self, body: Callable, *args: Any, name: str | None = None, label: str | None = None, **kwargs: Any
    ) -> Pid:
        """`spawn` and `link` in one: there is no instant between them."""
        return self.node.spawn(body, args, kwargs, name, self, True, label).pid

    def spawn_monitor(
        self, body: Callable, *args: Any, name: str | None = None, label: str | None = None, **kwargs: Any
    ) -> tuple[Pid, Ref]:
        """`spawn` and `monitor` in one."""
        pid = self.node.spawn(body, args, kwargs, name, self, False, label).pid
        return pid, self.monitor(pid)

    def exit(self, to: Any, reason: Any) -> None:
        """Send an exit signal, as Erlang's exit(Pid, Reason). To stop oneself: `raise Exit(reason)`."""
        self.node.exit(self, to, reason)

    def is_alive(self, pid: Pid) -> bool:
        """Whether the process is alive now."""
        return self.node.process_of(pid) is not None

    @property
    def trap_exit(self) -> bool:
        """When true, exit signals arrive as `ExitSignal` messages instead of ending this process."""
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
        watched = target._process if type(target) is Pid else None
        node = self.node
        if watched is None or watched is self:
            node.monitor(self, target, ref)
            return ref
        if self._monitors is None:
            self._monitors = {}
        if watched._watchers is None:
            watched._watchers = {}
        self._monitors[ref] = watched
        watched._watchers[ref] = self
        if node.record is not None:
            node.record((ev.Monitored, node.env._now, self.pid, target, ref))
        return ref

    def demonitor(self, ref: Ref, flush: bool = False) -> bool:
        """Stop watching; False when there was nothing to stop. `flush` removes its `Down` from the mailbox as well."""
        if type(ref) is not Ref:
            raise BadArgument(f"demonitor takes the reference that monitor returned; got {ref!r}")
        watched = self._monitors.pop(ref, None) if self._monitors else None
        if watched is not None:
            del watched._watchers[ref]
            ref._process = None
            node = self.node
            if node.record is not None:
                node.record((ev.Demonitored, node.env._now, self.pid, ref))
            return True
        if flush:
            at = first_match(self._mailbox, lambda message: type(message) is Down and message.ref is ref)
            if at >= 0:
                self.take(at)
        return False

    # Names

    @property
    def name(self) -> str | None:
        """The name under which it is registered."""
        return self._name

    def register(self, name: str, pid: Pid | None = None) -> None:
        """Let `name` be an address of `pid` (or of this process) as long as it lives."""
        self.node.register(name, pid or self.pid)

    def unregister(self, name: str) -> None:
        """Free the name."""
        self.node.unregister(name)

    def whereis(self, name: str) -> Pid | None:
        """The pid of that name, or None."""
        return self.node.whereis(name)


def born(kind: type[Process], node: Any, number: int, label: str, body: tuple, parent: Process | None) -> Process:
    """A new process with its pid. (An `__init__` in each of the two classes would make a spawn a tenth dearer.)"""
    process = kind()
    process.pid = pid = Pid()
    pid._process = process
    pid.node = node.name
    pid.number = number
    pid.label = label
    process.node = node
    process.parent = parent and parent.pid
    process._body = body
    process._mailbox = deque()
    process._state = READY
    process._reductions = REDUCTIONS
    process._mark = 0
    process._trapping = False
    process._alarm = process._newest_ref = process._resume = process._name = process.dictionary = None
    process._monitors = process._watchers = None
    process._links = {}
    return process


class TracedProcess(Process):
    """A process in a world that keeps a trace: what is sent and received is written down."""

    __slots__ = ()

    def send(self, to: Any, message: Any) -> None:
        """Process.send, noted: before what it causes."""
        try:
            there = to._process
            state = there._state
        except AttributeError:  # as in Process.send
            state = DEAD
        if state is DEAD:
            self.node.send(self.pid, to, message)
            return
        node = self.node  # node.deliver(self.pid, there, message), without the price of a call
        node.record((ev.Sent, node.env._now, self.pid, there.pid, message))
        there._mailbox.append(message)
        if state is WAITING:
            there._state = READY
            there.node.ready.append(there)

    @coroutine
    def receive(self, wanted: Any = anything, timeout: float | None = None):
        """Process.receive, noted."""
        if wanted is not anything or timeout is not None:
            return (yield from Process.receive(self, wanted, timeout))
        mailbox = self._mailbox
        if not mailbox:
            yield self
        else:
            if self._reductions < 1 or self._state is not RUNNING:
                yield self._give_way()
            self._reductions -= 1
            if self._mark:
                self._mark -= 1
        message, node = mailbox.popleft(), self.node
        node.record((ev.Received, node.env._now, self.pid, message, 0))
        return message

    def take(self, position: int) -> Any:
        """Process.take, noted."""
        message = Process.take(self, position)
        node = self.node
        node.record((ev.Received, node.env._now, self.pid, message, position))
        return message


for _method in (TracedProcess.send, TracedProcess.receive):
    _method.__qualname__ = f"Process.{_method.__name__}"  # what an error of Python's calls it


async def _fail(error: Exception) -> None:
    raise error
