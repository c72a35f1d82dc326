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

from letitcrash.process.events.of_nodes import (
    Delivered,
    Departed,
    Lost,
    NodeCrashed,
    NodeDown,
    NodeFroze,
    NodeStarted,
    NodeThawed,
    NodeUp,
    WireCut,
    WireHealed,
)
from letitcrash.process.events.of_processes import (
    Demonitored,
    Dropped,
    Exited,
    Linked,
    Misbehaved,
    Monitored,
    Received,
    Registered,
    Sent,
    Signalled,
    Slept,
    Spawned,
    TimedOut,
    TimerCancelled,
    TimerSet,
    Trapping,
    Unlinked,
    Unregistered,
)
from letitcrash.process.events.of_supervisors import (
    AutoShutdown,
    ChildExited,
    ChildFailed,
    ChildRemoved,
    ChildStarted,
    ChildStopped,
    ChildStopping,
    GaveUp,
    Restarted,
    SupervisorStarted,
)
from letitcrash.trace import Event

__all__ = [
    "AutoShutdown",
    "ChildExited",
    "ChildFailed",
    "ChildRemoved",
    "ChildStarted",
    "ChildStopped",
    "ChildStopping",
    "Delivered",
    "Demonitored",
    "Departed",
    "Dropped",
    "Event",
    "Exited",
    "GaveUp",
    "Linked",
    "Lost",
    "Misbehaved",
    "Monitored",
    "NodeCrashed",
    "NodeDown",
    "NodeFroze",
    "NodeStarted",
    "NodeThawed",
    "NodeUp",
    "Received",
    "Registered",
    "Restarted",
    "Sent",
    "Signalled",
    "Slept",
    "Spawned",
    "SupervisorStarted",
    "TimedOut",
    "TimerCancelled",
    "TimerSet",
    "Trapping",
    "Unlinked",
    "Unregistered",
    "WireCut",
    "WireHealed",
]
