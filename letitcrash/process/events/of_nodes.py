"""The events of nodes, their connections, and the wires between them."""

from dataclasses import dataclass
from typing import Any

from letitcrash.trace import Event


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
