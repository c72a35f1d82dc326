"""The processes that live now, as data."""

from dataclasses import dataclass
from typing import Any

from letitcrash.process.me import Process
from letitcrash.process.terms import Pid


@dataclass(frozen=True)
class ProcessInfo:
    """One live process. `state`: "ready" (its turn will come), "running", "waiting" (for a message) or "sleeping"."""

    pid: Pid
    name: str | None
    parent: Pid | None
    state: str
    trapping: bool
    links: tuple[Pid, ...]
    watches: tuple[Any, ...]
    watched_by: tuple[Pid, ...]
    mailbox: tuple[Any, ...]


def process_info(process: Process) -> ProcessInfo:
    """All that is known of this process."""
    return ProcessInfo(
        pid=process.pid,
        name=process.name,
        parent=process.parent,
        state=process._state,
        trapping=process.trap_exit,
        links=tuple(process._links),
        watches=tuple((process._monitors or {}).values()),
        watched_by=tuple(ref.owner for ref in process._watchers or ()),
        mailbox=process.mailbox,
    )
