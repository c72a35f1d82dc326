"""The events of processes: their life, messages, clocks, names and ties."""

from dataclasses import dataclass
from typing import Any

from letitcrash.trace import Event


@dataclass(frozen=True, slots=True)
class Spawned(Event):
    """Process `pid` began to live. `body` is the name of its code, `name` that under which it was started, if any.

    The name was registered at once, or the process does it in its first step; then `Registered` follows.
    """

    pid: Any
    name: str | None
    body: str
    parent: Any
    linked: bool


@dataclass(frozen=True, slots=True)
class Exited(Event):
    """Process `pid` is no more. `reason`: "normal", "shutdown", "killed", any value, or the exception that left it."""

    pid: Any
    reason: Any


@dataclass(frozen=True, slots=True)
class Sent(Event):
    """`message` went from `sender` to the end of the mailbox of `receiver`."""

    sender: Any
    receiver: Any
    message: Any


@dataclass(frozen=True, slots=True)
class Dropped(Event):
    """`message` was sent to nobody: `receiver` is dead, has no such name, or the reply came too late."""

    sender: Any
    receiver: Any
    message: Any


@dataclass(frozen=True, slots=True)
class Received(Event):
    """`pid` took `message` out of its mailbox, where it was the one at `position` (0: the oldest)."""

    pid: Any
    message: Any
    position: int


@dataclass(frozen=True, slots=True)
class TimedOut(Event):
    """`pid` waited `waited` seconds for a message that did not come."""

    pid: Any
    waited: float


@dataclass(frozen=True, slots=True)
class Slept(Event):
    """`pid` is busy, or asleep, from now to second `until`; messages wait."""

    pid: Any
    until: float


@dataclass(frozen=True, slots=True)
class TimerSet(Event):
    """`pid` asked for `message` to be sent to `receiver` at second `due`."""

    pid: Any
    receiver: Any
    message: Any
    due: float
    ref: Any


@dataclass(frozen=True, slots=True)
class TimerCancelled(Event):
    """`pid` took back the timer `ref`."""

    pid: Any
    ref: Any


@dataclass(frozen=True, slots=True)
class Registered(Event):
    """`pid` can be reached as `name` from now on."""

    pid: Any
    name: str


@dataclass(frozen=True, slots=True)
class Unregistered(Event):
    """`name` is free again; `pid` had it."""

    pid: Any
    name: str


@dataclass(frozen=True, slots=True)
class Linked(Event):
    """`pid` and `other` will hear of each other's exit."""

    pid: Any
    other: Any


@dataclass(frozen=True, slots=True)
class Unlinked(Event):
    """`pid` undid its link with `other`."""

    pid: Any
    other: Any


@dataclass(frozen=True, slots=True)
class Monitored(Event):
    """`pid` watches `other` (a pid or a name) and will get one `Down` with `ref`."""

    pid: Any
    other: Any
    ref: Any


@dataclass(frozen=True, slots=True)
class Demonitored(Event):
    """`pid` stopped watching under `ref`."""

    pid: Any
    ref: Any


@dataclass(frozen=True, slots=True)
class Trapping(Event):
    """`pid` set its flag trap_exit: when `on`, exit signals reach it as messages."""

    pid: Any
    on: bool


@dataclass(frozen=True, slots=True)
class Signalled(Event):
    """An exit signal reached `receiver`. `outcome`: "ignored", "message" (into the mailbox) or "exits"."""

    sender: Any
    receiver: Any
    reason: Any
    outcome: str


@dataclass(frozen=True, slots=True)
class Misbehaved(Event):
    """`pid` broke a rule of the house while it was made to stop; `problem` says which, in words."""

    pid: Any
    problem: str
