"""The events of processes, supervisors and nodes in the trace.

A process is written `Pid` (in a file: its text, such as "<0.7 till 1>", unique in a run). `None` as a sender or a
parent is the world itself: the street outside the store. From these events alone one can draw the tree, every
message, every mailbox and every restart window:

- a mailbox grows at its end by `Sent`, and by `Signalled` with outcome "message"; `Received` takes the message at
  `position` (0 is the oldest) out of it;
- a process lives from `Spawned` to `Exited`; `parent` gives the tree of processes;
- `SupervisorStarted`, `ChildStarted`, `ChildStopped`, `ChildRemoved` give the tree of supervisors with its gaps;
- `Restarted.window` and `GaveUp.window` are the restart window as it stands after the restart that was counted.
"""

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


@dataclass(frozen=True, slots=True)
class NodeStarted(Event):
    """`node` runs from now on, for the `incarnation`th time. (A world of one node records no events of nodes.)"""

    node: str
    incarnation: int


@dataclass(frozen=True, slots=True)
class NodeCrashed(Event):
    """`node` is no more, with all its processes. With `power` its computer went too: nobody closed its connections."""

    node: str
    incarnation: int
    power: bool


@dataclass(frozen=True, slots=True)
class NodeFroze(Event):
    """`node` stands still: nothing happens on it, and what arrives waits."""

    node: str
    incarnation: int


@dataclass(frozen=True, slots=True)
class NodeThawed(Event):
    """`node` goes on where it stood still."""

    node: str
    incarnation: int


@dataclass(frozen=True, slots=True)
class NodeUp(Event):
    """`node` is connected with the node `of` from now on."""

    node: str
    of: str


@dataclass(frozen=True, slots=True)
class NodeDown(Event):
    """`node` has lost its connection with the node `of`; `reason` as in OTP: "disconnect", "connection_closed"."""

    node: str
    of: str
    reason: str


@dataclass(frozen=True, slots=True)
class WireCut(Event):
    """Nothing passes on `wire` any more, in the direction `way`: "both", "there" or "back"."""

    wire: str
    way: str


@dataclass(frozen=True, slots=True)
class WireHealed(Event):
    """`wire` is open again in the direction `way`."""

    wire: str
    way: str


@dataclass(frozen=True, slots=True)
class Departed(Event):
    """Signal `number` left on `wire`, which is written from its start to its end: "north-south".

    `purpose` is the kind of signal ("message", "exit", "link", ...), `size_bytes` None where nobody counts.
    """

    wire: str
    number: int
    purpose: str
    size_bytes: int | None
    sender: Any
    receiver: Any
    content: Any


@dataclass(frozen=True, slots=True)
class Delivered(Event):
    """Signal `number` has arrived at the end of `wire`. Its effects there follow."""

    wire: str
    number: int


@dataclass(frozen=True, slots=True)
class Lost(Event):
    """Signal `number` never acts at the end of `wire`; `why`: "closed" (its connection was given up there)."""

    wire: str
    number: int
    why: str


@dataclass(frozen=True, slots=True)
class SupervisorStarted(Event):
    """Supervisor `pid` read its flags. `period` in seconds; `children` are the ids of its specifications, in order."""

    pid: Any
    strategy: str
    intensity: int
    period: int
    auto_shutdown: str
    children: tuple


@dataclass(frozen=True, slots=True)
class ChildStarted(Event):
    """`supervisor` started its child `id` as `pid` (None: its start said "ignore"). `again` after a restart."""

    supervisor: Any
    id: Any
    pid: Any
    restart: str
    type: str
    again: bool


@dataclass(frozen=True, slots=True)
class ChildFailed(Event):
    """`supervisor` tried to start its child `id`, and could not."""

    supervisor: Any
    id: Any
    reason: Any


@dataclass(frozen=True, slots=True)
class ChildExited(Event):
    """`supervisor` heard that its child `id` left by itself. Whether it comes back is in the next events."""

    supervisor: Any
    id: Any
    pid: Any
    reason: Any


@dataclass(frozen=True, slots=True)
class ChildStopping(Event):
    """`supervisor` began to stop its child `id`: "shutdown" with `patience` seconds, or "kill" (patience 0)."""

    supervisor: Any
    id: Any
    pid: Any
    how: str
    patience: float | None


@dataclass(frozen=True, slots=True)
class ChildStopped(Event):
    """`supervisor` has stopped its child `id`, which left with `reason`."""

    supervisor: Any
    id: Any
    pid: Any
    reason: Any


@dataclass(frozen=True, slots=True)
class ChildRemoved(Event):
    """`supervisor` forgot the specification of its child `id`."""

    supervisor: Any
    id: Any


@dataclass(frozen=True, slots=True)
class Restarted(Event):
    """`supervisor` counted a restart for its child `id`. `window`: whole seconds of the restarts counted now, newest
    first."""

    supervisor: Any
    id: Any
    window: tuple
    intensity: int
    period: int


@dataclass(frozen=True, slots=True)
class GaveUp(Event):
    """One restart too many for child `id`: `window` holds more than `intensity` of them; `supervisor` will exit."""

    supervisor: Any
    id: Any
    window: tuple
    intensity: int
    period: int


@dataclass(frozen=True, slots=True)
class AutoShutdown(Event):
    """`supervisor` closes down because its significant child `id` has finished."""

    supervisor: Any
    id: Any
