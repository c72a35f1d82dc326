"""Signals between nodes, as data, and the transports that carry them.

A node changes only its own half of what it has in common with another one. To have the other half changed it sends a
signal, which acts when it arrives (`Node.act`).
"""

from typing import Any, Literal, NamedTuple, Protocol

from letitcrash.process.addresses import Pid, Ref

Kind = Literal["message", "exit", "link", "unlink", "unlink_ack", "monitor", "demonitor", "down", "spawn", "spawned"]
State = Literal["open", "cut"]


class Signal(NamedTuple):
    """A signal from a process (None: from a node) to an address on another node. `payload` belongs to the kind.

    `message`: the message; `exit`: an `ExitPayload`; `link`: None; `unlink` and `unlink_ack`: the number of the unlink;
    `monitor` and `demonitor`: the reference; `down`: a `DownPayload`; `spawn`: a `SpawnPayload`; `spawned`: a
    `SpawnedPayload`.
    """

    kind: Kind
    sender: Pid | None
    to: Any
    payload: Any = None


class ExitPayload(NamedTuple):
    """`linked`: the signal comes over a link, because its other end exited; else somebody called `exit`."""

    reason: Any
    linked: bool


class DownPayload(NamedTuple):
    """The end of what was monitored as `about` under `ref`."""

    ref: Ref
    about: Any
    reason: Any


class SpawnPayload(NamedTuple):
    """The order to start a process. `ref` tells its answer."""

    ref: Ref
    body: Any
    args: tuple
    kwargs: dict
    name: str | None
    label: str | None
    linked: bool
    monitored: bool


class SpawnedPayload(NamedTuple):
    """The answer to a `spawn`: the new pid, or the error that kept it from starting."""

    ref: Ref
    pid: Pid | None
    error: Any = None


class Connected(NamedTuple):
    """The end of an attempt to connect, as a message to the process that asked for it."""

    ref: Ref
    is_up: bool


class Transport(Protocol):
    """One direction of a connection between two nodes. Its signals arrive once and in order, or not at all."""

    counts_bytes: bool
    """True when `carry` needs to know the size; counting has a price."""

    def carry(self, signal: Any, size_bytes: int | None) -> None:
        """Take the signal; hand it over at the other end, later."""

    def state(self) -> State:
        """Tell whether signals pass now ("open"), or wait ("cut")."""
