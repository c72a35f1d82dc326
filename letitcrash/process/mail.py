"""A process's mailbox and its clocks: receive, sleep, references, timers."""

import math
from types import coroutine
from typing import Any

from letitcrash.process import events as ev
from letitcrash.process.patterns import first_match, first_of, matcher
from letitcrash.process.terms import BadArgument, Ref, Timeout

READY, RUNNING, WAITING, SLEEPING, DEAD = "ready", "running", "waiting", "sleeping", "dead"
FAIRNESS = 1_000  # messages a process may take without waiting before the others get their turn


class _Token:
    """What a body yields to its node: nothing else may pass."""


SUSPENDED, AGAIN = _Token(), _Token()


class Mail:
    """The part of a process that waits for messages."""

    __slots__ = ("__dict__", "_mailbox", "_state", "_taken", "node", "pid")

    _limit = FAIRNESS  # when it has taken so many messages, the others get their turn
    _epoch = 0  # a time-out of an older epoch is dead
    _timed_out = False

    # Messages

    @coroutine
    def receive(self, *wanted: Any, timeout: float | None = None, since: Ref | None = None):
        """Wait for a message and return it: the oldest that matches one of `wanted` (none given: any message).

        A pattern is a class, a reference, a function, or a value (see `matcher`). The other messages keep their
        order. After `timeout` seconds returns `Timeout()`; 0 looks once and does not wait. `since` leaves out
        messages that came before that reference was made, without looking at them.
        """
        if wanted or timeout is not None:
            return (yield from self._select(wanted, timeout, since))
        mailbox = self._mailbox
        if not mailbox:
            self._state = WAITING
            yield SUSPENDED
        elif self._taken >= self._limit:
            yield self._give_way()
        self._taken += 1
        return mailbox.popleft()

    def _select(self, wanted: tuple, timeout: float | None, since: Ref | None):
        mailbox, start = self._mailbox, 0
        scan, what = first_of, wanted
        for pattern in wanted:
            if not isinstance(pattern, type):
                scan, what = first_match, matcher(wanted)
                if since is None and type(pattern) is Ref and len(wanted) == 1:
                    since = pattern
                break
        if since is not None and since.owner is self and since.mark > self._taken:
            start = since.mark - self._taken  # or before: what was taken meanwhile may have come after the mark
        if timeout is not None:
            check_seconds(timeout, "a time-out")
        armed = False
        while True:
            if self._taken >= self._limit:
                yield self._give_way()
            at = -1 if start >= len(mailbox) else scan(mailbox, what, start) if wanted else 0
            if at >= 0 or self._timed_out:
                break
            if timeout == 0:
                self._limit -= 1  # who polls gives way as well
                break
            start = len(mailbox)
            if timeout is not None and not armed and timeout != math.inf:
                self.node.wake_after(timeout, self)
                armed = True
            self._state = WAITING
            yield SUSPENDED
        if armed:
            self._epoch += 1
            self._timed_out = False
        if at >= 0:
            return self.take(at)
        self.node.note(ev.TimedOut, self.pid, timeout)
        return Timeout()

    @coroutine
    def answer_to(self, ref: Ref, timeout: float | None = None):
        """`receive(ref, timeout=timeout)` in a hurry: wait for the message that carries `ref`, which is one of ours."""
        mailbox = self._mailbox
        at = max(0, ref.mark - self._taken)
        armed = False
        while True:
            while at < len(mailbox):
                if getattr(mailbox[at], "ref", None) is ref:
                    if armed:
                        self._epoch += 1
                        self._timed_out = False
                    return self.take(at)
                at += 1
            if self._timed_out:
                break
            if timeout is not None and not armed:
                check_seconds(timeout, "a time-out")
                if timeout != math.inf:
                    self.node.wake_after(timeout, self)
                armed = True
            self._state = WAITING
            yield SUSPENDED
        self._epoch += 1
        self._timed_out = False
        self.node.note(ev.TimedOut, self.pid, timeout)
        return Timeout()

    def _give_way(self) -> _Token:
        self._limit = self._taken + FAIRNESS
        self._state = READY
        self.node.run_queue.append(self)
        return AGAIN

    def take(self, position: int) -> Any:
        """Take the message at `position` out of the mailbox."""
        mailbox = self._mailbox
        self._taken += 1
        if not position:
            return mailbox.popleft()
        message = mailbox[position]
        del mailbox[position]
        return message

    @property
    def mailbox(self) -> tuple:
        """The messages that wait, oldest first."""
        return tuple(self._mailbox)

    def make_ref(self, is_open: bool | None = None) -> Ref:
        """A new reference. A receive that waits for it does not look at what came before it was made."""
        return Ref(self.node.next_ref(), self, self._taken + len(self._mailbox), is_open)

    def alias(self) -> Ref:
        """A reference that works as an address of this process until `unalias`."""
        return self.make_ref(True)

    def unalias(self, ref: Ref) -> bool:
        """Close the alias: what is still under way to it will be lost. False when it was closed already."""
        was, ref.is_open = ref.is_open, False
        return bool(was)

    # Time

    @property
    def now(self) -> float:
        """Virtual seconds since the run began."""
        return self.node.env.now

    @coroutine
    def sleep(self, seconds: float):
        """Do nothing for `seconds`; messages wait. (Being busy and being asleep look alike from outside.)"""
        node = self.node
        if check_seconds(seconds) == 0:
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
        return self.node.set_timer(seconds, self.pid, to, message)

    def cancel_timer(self, timer: Any) -> float | None:
        """Take a timer back: the seconds that were left, or None when it had fired or was cancelled before."""
        return self.node.cancel_timer(timer, self.pid)

    def random(self, name: str | None = None) -> Any:
        """The stream of chance called `name` (without a name: this process's own)."""
        return self.node.random(name or f"process {self.pid.number}")


def check_seconds(value: float, what: str = "a delay") -> float:
    """`value`, when it can be a number of seconds to wait."""
    try:
        if value >= 0:
            return value
    except TypeError:
        pass
    raise BadArgument(f"{what} is a number of seconds, 0 or more; got {value!r}")
