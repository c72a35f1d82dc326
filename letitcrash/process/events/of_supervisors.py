"""The events of supervisors: their children, and the restarts that they count."""

from dataclasses import dataclass
from typing import Any

from letitcrash.trace import Event


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
