"""A process's mailbox and its clocks: receive, sleep, references, timers."""

from math import inf as INFINITY
from types import coroutine
from typing import Any

from letitcrash.process import events as ev
from letitcrash.process.patterns import anything, first_match
from letitcrash.process.terms import BadArgument, Pid, Ref, Timeout

READY, RUNNING, WAITING, SLEEPING, DEAD = "ready", "running", "waiting", "sleeping", "dead"
REDUCTIONS = 250  # messages a process may take before the others get their turn (to 256 Python makes no new int)


class Timer:
    """A message that will be sent later."""

    __slots__ = ("call", "due", "message", "number", "sender", "to")  # `call` is its number in the clock's agenda

    def __repr__(self) -> str:
        """Its number in the trace, or without a trace what it does."""
        number = getattr(self, "number", None)
        if number is not None:
            return f"#{number}"
        to = f" to {self.to!r}" if self.to is not None else ", which was sent or cancelled"
        return f"<a timer for second {self.due:g}{to}>"


class _Token:
    """A sentinel, compared by identity: what a body yields to its node, or a state that is no value."""


SUSPENDED, AGAIN = _Token(), _Token()  # a process that waits for a message yields itself instead, which shows whose
# `me` the body awaits
RUNG = _Token()  # an alarm that has gone off


class Mail:
    """The part of a process that waits for messages."""

    __slots__ = (
        "_alarm",  # None, the number of its planned call in the clock's agenda, or RUNG
        "_aliases",  # the references that `alias` made and that are open: ref -> True
        "_chance",  # its own stream of chance, once it has drawn from it
        "_mailbox",
        "_mark",  # how many messages of the mailbox, its oldest, came before `_newest_ref` was made
        "_newest_ref",
        "_reductions",  # how many messages it may still take before the others get their turn
        "_state",
        "node",
        "pid",
    )

    # Messages

    @coroutine
    def receive(self, wanted: Any = anything, timeout: float | None = None):
        """Wait for a message and return it: the oldest that is `wanted`. The other messages keep their order.

        `wanted` is a class, a reference, a function or a value (see `patterns.test`), or `any_of` several. After
        `timeout` seconds returns `Timeout()`; 0 looks once and does not wait. A message that came before a
        reference was made cannot carry it, so a receive of the newest one looks at none of those, however many.
        """
        mailbox = self._mailbox
        if wanted is anything and timeout is None:
            if not mailbox:
                yield self
            else:
                if self._reductions < 1 or self._state is not RUNNING:
                    yield self._give_way()
                self._reductions -= 1
                if self._mark:
                    self._mark -= 1
            return mailbox.popleft()

        if timeout is not None:
            check_seconds(timeout, "receive takes one pattern (or any_of several) and a time-out, which")
        elif not mailbox:
            yield self
            if type(mailbox[0]) is wanted:  # the one that wakes it is mostly the one it waits for
                return self.take(0)
        if self._reductions < 1 or self._state is not RUNNING:
            yield self._give_way()
        start = self._mark if wanted is self._newest_ref else 0
        at = first_match(mailbox, wanted, start) if start < len(mailbox) else -1
        try:
            while at < 0:
                if timeout is not None:
                    if timeout == 0:
                        self._reductions -= 1  # so that a process that polls gives way as well
                    if timeout == 0 or self._alarm is RUNG:
                        self.node.note(ev.TimedOut, self.pid, timeout)
                        return Timeout()
                    if self._alarm is None:
                        self.node.wake_after(timeout, self)
                start = len(mailbox)
                yield self
                if start < len(mailbox):
                    at = first_match(mailbox, wanted, start)
        finally:
            alarm = self._alarm
            if alarm is not None:
                self._alarm = None  # also when a pattern raised: the alarm must not ring for the next receive
                if alarm is not RUNG:
                    self.node.clock.cancel(alarm)
        return self.take(at)

    def _give_way(self) -> Any:
        if self._state is not RUNNING:
            return self  # somebody else waits with this `me`, and is refused
        self._reductions = REDUCTIONS
        self._state = READY
        self.node.ready.append(self)
        return AGAIN

    def accept(self, message: Any) -> None:
        """Put the message at the end of the mailbox; a process that waits gets its turn."""
        self._mailbox.append(message)
        if self._state is WAITING:
            self._state = READY
            self.node.ready.append(self)

    def take(self, position: int) -> Any:
        """Take the message at `position` out of the mailbox."""
        mailbox = self._mailbox
        self._reductions -= 1
        if position < self._mark:
            self._mark -= 1
        if not position:
            return mailbox.popleft()
        message = mailbox[position]
        del mailbox[position]
        return message

    @property
    def mailbox(self) -> tuple:
        """The messages that wait, oldest first."""
        return tuple(self._mailbox)

    def make_ref(self, is_alias: bool = False) -> Ref:
        """A new reference. A receive that waits for it does not look at what came before it was made."""
        node = self.node
        self._newest_ref = ref = Ref(next(node.refs), self.pid, is_alias)
        if is_alias:
            node.addresses[ref] = self
        self._mark = len(self._mailbox)
        return ref

    def alias(self) -> Ref:
        """A reference that works as an address of this process until `unalias`."""
        ref = self.make_ref(True)
        if self._aliases is None:
            self._aliases = {}
        self._aliases[ref] = True
        return ref

    def unalias(self, ref: Ref) -> bool:
        """Close the alias: what is still under way to it will be lost. False when this process has no such open one."""
        if self.node.addresses.get(_checked(ref)) is not self:
            return False
        del self.node.addresses[ref]
        if self._aliases:
            self._aliases.pop(ref, None)
        return True

    # Time

    @property
    def now(self) -> float:
        """Virtual seconds since the run began."""
        return self.node.clock.now

    @coroutine
    def sleep(self, seconds: float):
        """Do nothing for `seconds`; messages wait. (Being busy and being asleep look alike from outside.)"""
        node = self.node
        if self._state is not RUNNING:
            yield self
        if (type(seconds) is not float or not seconds > 0.0) and check_seconds(seconds) == 0:
            self._state = READY
            node.ready.append(self)
            yield SUSPENDED
            return
        if node.record is not None:
            node.record((ev.Slept, node.clock.now, self.pid, node.clock.now + seconds))
        node.wake_after(seconds, self)
        self._state = SLEEPING
        yield SUSPENDED
        self._alarm = None

    def send_after(self, seconds: float, to: Any, message: Any) -> Timer:
        """Send `message` in `seconds`; returns the timer, which `cancel_timer` takes back."""
        node = self.node
        if type(to) is not Pid or to not in node.addresses:
            message = node.checked_message(to, message)
        if type(seconds) is not float or not seconds >= 0.0:
            check_seconds(seconds)
        timer, clock = Timer(), node.clock
        timer.to = to
        timer.message = message
        timer.sender = self.pid
        timer.due = due = clock.now + seconds
        timer.call = None if due == INFINITY else clock.call_at(due, node.on_timer, timer)
        if node.record is not None:
            timer.number = next(node.refs)
            node.record((ev.TimerSet, clock.now, self.pid, to, message, due, timer))
        return timer

    def cancel_timer(self, timer: Any) -> float | None:
        """Take a timer back: the seconds left, or None: it had fired or was cancelled, or its pid is dead."""
        return self.node.cancel_timer(timer, self.pid)

    def random(self, name: str | None = None) -> Any:
        """The stream of chance called `name` (without a name: this process's own, which ends with it)."""
        if name:
            return self.node.chance(name)
        if self._chance is None:
            self._chance = self.node.chance(f"process {self.pid.number}", keep=False)
        return self._chance


def _checked(ref: Any) -> Ref:
    if type(ref) is not Ref:
        raise BadArgument(f"a reference is what make_ref, alias or monitor returned; got {ref!r}")
    return ref


def check_seconds(value: float, what: str = "a delay") -> float:
    """`value`, when it can be a number of seconds to wait."""
    try:
        if value >= 0:
            return value
    except TypeError:
        pass
    raise BadArgument(f"{what} is a number of seconds, 0 or more; got {value!r}")
