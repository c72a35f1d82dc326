"""Mailboxes and turns as lab 2 builds them by hand, on plain SimPy and plain generators.

`letitcrash.process` does more, and faster; these are the parts that a reader's own can take the place of. Times in
seconds. No message is ever None: that is what an empty mailbox answers.
"""

from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from math import inf
from typing import Any

import simpy

from letitcrash.process.patterns import anything

TIMEOUT = "time is up"
"""The result of `Inbox.receive` when no message came in time."""

Wanted = Callable[[Any], bool]


class Mailbox:
    """Messages in the order in which they came.

    >>> mailbox = Mailbox()
    >>> for message in ("milk", "eggs", "bread", "eggs"):
    ...     mailbox.put(message)
    >>> mailbox.take(lambda message: message == "eggs"), mailbox.messages
    ('eggs', ['milk', 'bread', 'eggs'])
    """

    def __init__(self):
        self.messages: list[Any] = []

    def put(self, message: Any) -> None:
        """Add `message` at the end."""
        self.messages.append(message)

    def take(self, wanted: Wanted = anything) -> Any:
        """Take out the oldest message that is `wanted`, and return it; None when there is none."""
        for position, message in enumerate(self.messages):
            if wanted(message):
                return self.messages.pop(position)
        return None


class Inbox(Mailbox):
    """A mailbox on SimPy's clock: a receiver may wait, and several may wait at once."""

    def __init__(self, env: simpy.Environment):
        super().__init__()
        self.env = env
        self.waiters: list[tuple[Wanted, simpy.Event]] = []  # longest waiting first

    def send(self, message: Any) -> None:
        """Hand `message` to the receiver that has waited longest for such a one; keep it when there is none."""
        for waiter in self.waiters:
            wanted, turn = waiter
            if wanted(message):
                self.waiters.remove(waiter)
                turn.succeed(message)
                return
        self.put(message)

    def receive(self, wanted: Wanted = anything, timeout: float | None = None) -> simpy.Event:
        """An event whose value is the oldest wanted message, or TIMEOUT after `timeout` seconds; 0 looks once."""
        turn, message = self.env.event(), self.take(wanted)
        if message is not None or timeout == 0:
            return turn.succeed(TIMEOUT if message is None else message)
        self.waiters.append((wanted, turn))
        if timeout is not None:
            self.env.process(self._give_up((wanted, turn), timeout))
        return turn

    def _give_up(self, waiter: tuple[Wanted, simpy.Event], timeout: float) -> Iterator[simpy.Event]:
        yield self.env.timeout(timeout)
        if waiter in self.waiters:
            self.waiters.remove(waiter)
            waiter[1].succeed(TIMEOUT)


class Loop:
    """Gives bodies their turns. A body is a generator: `message = yield wanted` waits for a message.

    `ended` says how each process ended: "normal", or the exception that left it.
    """

    def __init__(self):
        self.bodies: dict[int, Generator] = {}  # of those who live
        self.mailboxes: dict[int, Mailbox] = {}
        self.waiting: dict[int, Wanted] = {}
        self.ready: deque[tuple[int, Any]] = deque()
        self.ended: dict[int, Any] = {}

    def spawn(self, body: Callable[..., Generator], *args: Any) -> int:
        """Start the process `body(loop, pid, *args)` and return its pid; its first turn comes in `run`."""
        pid = len(self.mailboxes) + 1
        self.mailboxes[pid] = Mailbox()
        self.bodies[pid] = body(self, pid, *args)
        self.ready.append((pid, None))
        return pid

    def send(self, pid: int, message: Any) -> None:
        """Put `message` into the mailbox of `pid`; to the dead it is lost. Never waits, never raises."""
        if pid in self.bodies:
            self.mailboxes[pid].put(message)
            self.look(pid)

    def look(self, pid: int) -> None:
        """Make `pid` ready when it waits and what it waits for is in its mailbox."""
        if pid in self.waiting:
            message = self.mailboxes[pid].take(self.waiting[pid])
            if message is not None:
                del self.waiting[pid]
                self.ready.append((pid, message))

    def run(self) -> None:
        """Give turns, first come, first served, until nobody is ready. A crash ends its own process and no other."""
        while self.ready:
            pid, message = self.ready.popleft()
            try:
                self.waiting[pid] = self.bodies[pid].send(message)
                self.look(pid)
            except StopIteration:
                self._end(pid, "normal")
            except Exception as error:
                self._end(pid, error)

    def _end(self, pid: int, reason: Any) -> None:
        self.ended[pid] = reason
        del self.bodies[pid]


def hurt(
    calm: Mapping[int, float], crashed: Mapping[int, float], culprits: Collection[int], tolerance: float = 1.0
) -> list[int]:
    """The customers whom somebody else's crash cost more than `tolerance` seconds, by number.

    `calm` and `crashed` are each customer's wait by number, in two runs with the same arrivals, without crashes and
    with them; who is not in `crashed` was never served. `culprits` are those who crashed themselves.

    >>> hurt({1: 0.0, 2: 10.0, 3: 5.0}, {1: 0.0, 2: 40.0}, culprits=[1])
    [2, 3]
    """
    worse = (n for n, wait in calm.items() if crashed.get(n, inf) > wait + tolerance)
    return sorted(n for n in worse if n not in culprits)


def till(env: simpy.Environment, me: Inbox, line: Inbox, patience: float) -> Iterator[simpy.Event]:
    """A till that asks `line` for a customer, and waits at most `patience` seconds for that customer's "done"."""
    while True:
        line.send(("free", me))
        _, customer = yield me.receive(lambda message: message[0] == "customer")
        customer.send(("your turn", me))
        yield me.receive(lambda message, theirs=("done", customer): message == theirs, patience)
