"""Process: what a body may do. Its first argument, `me`, is one of these."""

import math
from collections import deque
from collections.abc import Callable
from types import CoroutineType, coroutine
from typing import Any

from letitcrash.process import events as ev
from letitcrash.process.budget import counted
from letitcrash.process.mailbox import first_match, matcher
from letitcrash.process.terms import BadArgument, Down, Pid, Ref, Timeout

READY, RUNNING, WAITING, SLEEPING, DEAD = "ready", "running", "waiting", "sleeping", "dead"
FAIRNESS = 1_000  # messages a process may take without waiting before the others get their turn


class _Token:
    """What a body yields to its node: nothing else may pass."""


SUSPENDED, AGAIN = _Token(), _Token()


class Process:
    """A process of Erlang's kind: a coroutine, a mailbox, and nothing shared."""

    __slots__ = (
        "_args",
        "_body",
        "_budget",
        "_doom",
        "_epoch",
        "_kwargs",
        "_links",
        "_mailbox",
        "_monitors",
        "_name",
        "_resume",
        "_state",
        "_taken",
        "_timed_out",
        "_trapping",
        "_watchers",
        "dictionary",
        "node",
        "parent",
        "pid",
    )

    def __init__(
        self, node: Any, number: int, body: Callable, args: tuple, kwargs: dict, parent: Pid | None, label: str
    ):
        self.node = node
        self.pid = Pid(node.name, number, label, self)
        self.parent = parent
        self.dictionary: dict | None = None  # what introspection should know of it
        self._body, self._args, self._kwargs = body, args, kwargs
        self._mailbox: deque = deque()
        self._state = READY
        self._resume: Callable | None = None
        self._budget = FAIRNESS
        self._taken = (
            0  # messages taken from other places than the end, ever: tells a reference's mark how far it moved
        )
        self._epoch = 0  # a time-out of an older epoch is dead
        self._timed_out = False
        self._doom = None  # (reason,) when a signal ended it while it was running
        self._trapping = False
        self._name: str | None = None
        self._links: dict | None = None  # other process -> True, in order
        self._monitors: dict | None = None  # ref -> the process watched (None: it is no more)
        self._watchers: dict | None = None  # ref -> (the process that watches, object for its Down)

    def __repr__(self) -> str:
        return f"<process {self.pid!r}>"

    def begin(self, _: Any) -> Any:
        """The first step: call the body, and run it to its first await."""
        body = self._body(self, *self._args, **(self._kwargs or {}))
        if type(body) is not CoroutineType:
            raise BadArgument(f"{self.pid!r}: its body returned {body!r}, not a coroutine: write it as `async def`")
        self._body, self._args, self._kwargs = body, None, None
        limit = self.node.lines_per_step
        self._resume = counted(body.send, limit, self) if limit else body.send
        return self._resume(None)

    # Time

    @property
    def now(self) -> float:
        """Virtual seconds since the run began."""
        return self.node.env.now

    @coroutine
    def sleep(self, seconds: float):
        """Do nothing for `seconds`; messages wait. (Being busy and being asleep look alike from outside.)"""
        node = self.node
        if _seconds(seconds) == 0:
            self._state = READY
            node.run_queue.append(self)
            yield SUSPENDED
            return
        if node.record is not None:
            node.record((ev.Slept, node.env.now, self.pid, node.env.now + seconds))
        if seconds != math.inf:
            node.wake_after(seconds, self)
        self._state = SLEEPING
        yield SUSPENDED
        self._epoch += 1

    def send_after(self, seconds: float, to: Any, message: Any) -> Any:
        """Send `message` in `seconds`; returns the timer, which `cancel_timer` takes back."""
        return self.node.set_timer(_seconds(seconds), self.pid, to, message)

    def cancel_timer(self, timer: Any) -> float | None:
        """Take a timer back: the seconds that were left, or None when it had fired or was cancelled before."""
        return self.node.cancel_timer(timer, self.pid)

    def random(self, name: str | None = None) -> Any:
        """The stream of chance called `name` (without a name: this process's own)."""
        return self.node.random(name or f"process {self.pid.number}")

    # Messages

    def send(self, to: Any, message: Any) -> None:
        """Put `message` into the mailbox of `to`: a pid, a name, an alias. Never waits; to the dead it is lost."""
        if type(to) is Pid:
            process = to._process
            if process is not None:
                node = self.node
                process._mailbox.append(message)
                if process._state is WAITING:
                    process._state = READY
                    node.run_queue.append(process)
                    if not node.active:
                        node.kick()
                if node.record is not None:
                    node.record((ev.Sent, node.env.now, self.pid, to, message))
                return
        self.node.send(self.pid, to, message)

    @coroutine
    def receive(self, *wanted: Any, timeout: float | None = None, since: Ref | None = None):
        """Wait for a message and return it: the oldest that matches one of `wanted` (none given: any message).

        A pattern is a class, a reference, a function, or a value (see `matcher`). The other messages keep their
        order. After `timeout` seconds returns `Timeout()`; 0 looks once and does not wait. `since` leaves out
        messages that came before that reference was made, without looking at them.
        """
        mailbox, node = self._mailbox, self.node
        if wanted or timeout is not None:
            return (yield from self._receive(wanted, timeout, since))
        while not (mailbox and self._budget):
            if mailbox:
                yield self._give_way()
            else:
                self._state = WAITING
                yield SUSPENDED
            self._budget = FAIRNESS
        self._budget -= 1
        self._taken += 1
        message = mailbox.popleft()
        if node.record is not None:
            node.record((ev.Received, node.env.now, self.pid, message, 0))
        return message

    def _receive(self, wanted: tuple, timeout: float | None, since: Ref | None):
        mailbox, node = self._mailbox, self.node
        matches = matcher(wanted) if wanted else None
        if timeout is not None:
            _seconds(timeout, "a time-out")
        mark = since or (wanted[0] if len(wanted) == 1 and type(wanted[0]) is Ref else None)
        start = max(0, mark._mark - (self._taken - mark._taken)) if mark and mark._process is self else 0
        armed = False
        while True:
            if self._budget <= 0:
                yield self._give_way()
                self._budget = FAIRNESS
            self._budget -= 1
            at = first_match(mailbox, matches, start) if matches else (0 if mailbox else -1)
            if at >= 0 or timeout == 0 or self._timed_out:
                break
            start = len(mailbox)
            if timeout is not None and timeout != math.inf and not armed:
                node.wake_after(timeout, self)
                armed = True
            self._state = WAITING
            yield SUSPENDED
            self._budget = FAIRNESS
        if armed:
            self._epoch += 1
            self._timed_out = False
        if at < 0:
            if node.record is not None:
                node.record((ev.TimedOut, node.env.now, self.pid, timeout))
            return Timeout()
        return self.take(at)

    def _give_way(self) -> _Token:
        self._state = READY
        self.node.run_queue.append(self)
        return AGAIN

    def take(self, position: int) -> Any:
        """Take the message at `position` out of the mailbox."""
        message = self._mailbox[position]
        del self._mailbox[position]
        self._taken += 1
        node = self.node
        if node.record is not None:
            node.record((ev.Received, node.env.now, self.pid, message, position))
        return message

    @property
    def mailbox(self) -> tuple:
        """The messages that wait, oldest first."""
        return tuple(self._mailbox)

    def make_ref(self) -> Ref:
        """A new reference. A receive that waits for it does not look at what came before it was made."""
        return Ref(self.node.next_ref(), self, len(self._mailbox), self._taken)

    def alias(self) -> Ref:
        """A reference that works as an address of this process until `unalias`."""
        ref = self.make_ref()
        ref._alias = True
        return ref

    def unalias(self, ref: Ref) -> bool:
        """Close the alias: what is still under way to it will be lost. False when it was closed already."""
        was, ref._alias = ref._alias, False
        return was

    # Other processes

    def spawn(
        self, body: Callable, *args: Any, name: str | None = None, label: str | None = None, **kwargs: Any
    ) -> Pid:
        """Start a process whose body is `async def body(me, *args, **kwargs)`; its pid is written with `label`."""
        return self.node.spawn(body, args, kwargs, name=name, label=label, parent=self).pid

    def spawn_link(
        self, body: Callable, *args: Any, name: str | None = None, label: str | None = None, **kwargs: Any
    ) -> Pid:
        """`spawn` and `link` in one: there is no instant between them."""
        return self.node.spawn(body, args, kwargs, name=name, label=label, parent=self, linked=True).pid

    def spawn_monitor(
        self, body: Callable, *args: Any, name: str | None = None, label: str | None = None, **kwargs: Any
    ) -> tuple[Pid, Ref]:
        """`spawn` and `monitor` in one."""
        pid = self.node.spawn(body, args, kwargs, name=name, label=label, parent=self).pid
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
        """Ask for one `Down` when `target` (a pid or a name) ends. With `alias` the reference is an address too."""
        return self.node.monitor(self, target, alias)

    def demonitor(self, ref: Ref, flush: bool = False) -> bool:
        """Stop watching; False when there was nothing to stop. `flush` removes its `Down` from the mailbox as well."""
        found = self.node.demonitor(self, ref)
        if flush and not found:
            at = first_match(self._mailbox, lambda message: type(message) is Down and message.ref is ref)
            if at >= 0:
                self.take(at)
        return found

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


def _seconds(value: float, what: str = "a delay") -> float:
    try:
        if value >= 0:
            return value
    except TypeError:
        pass
    raise BadArgument(f"{what} is a number of seconds, 0 or more; got {value!r}")
