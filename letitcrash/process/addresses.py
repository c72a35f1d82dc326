"""Addresses: pids and references as values, one object for each, that outlive what they lead to.

An address knows its `Origin`: which incarnation of which node of which world made it. It knows no process: only its
home node does, in `Node.addresses`. A copy, or what comes back from a pickle, is the same object again.
"""

import uuid
from typing import Any
from weakref import WeakValueDictionary

ONLY_NODE = "0"
"""The name of the node of a world that was not asked for nodes."""


class WorldKey:
    """The identity of one world. Its text is made when an address of it is first written down."""

    __slots__ = ("__weakref__", "_text")

    def __init__(self, text: str | None = None):
        self._text = text
        if text is not None:
            _worlds[text] = self

    @property
    def text(self) -> str:
        """A text that no other world has, in this or in another operating-system process."""
        if self._text is None:
            self._text = uuid.uuid4().hex
            _worlds[self._text] = self
        return self._text


_worlds: WeakValueDictionary[str, WorldKey] = WeakValueDictionary()  # those whose text is known


class Origin:
    """One incarnation of one node: all that its addresses have in common.

    Addresses are entered into `written` when they are written down, and stay there as long as somebody holds them; so
    reading them again gives the same objects, and an address that is never written down costs no entry.
    """

    __slots__ = ("__weakref__", "incarnation", "name", "prefix", "ref_prefix", "world", "written")

    def __init__(self, world: WorldKey, name: str, incarnation: int = 1):
        self.world = world
        self.name = name
        self.incarnation = incarnation
        self.prefix = name if incarnation == 1 else f"{name}/{incarnation}"
        self.ref_prefix = "" if self.prefix == ONLY_NODE else f"{self.prefix}."
        self.written: WeakValueDictionary[tuple, Any] = WeakValueDictionary()

    def __repr__(self) -> str:
        return f"<incarnation {self.incarnation} of node {self.name}>"

    def __reduce__(self) -> tuple:
        key = (self.world.text, self.name, self.incarnation)
        _origins.setdefault(key, self)
        return _read_origin, key


_origins: WeakValueDictionary[tuple, Origin] = WeakValueDictionary()  # those that were written down


def _read_origin(world: str, name: str, incarnation: int) -> Origin:
    origin = _origins.get((world, name, incarnation))
    if origin is None:
        key = _worlds.get(world) or WorldKey(world)
        origin = _origins[world, name, incarnation] = Origin(key, name, incarnation)
    return origin


class Pid:
    """The address of one process, for ever: a value to keep, send, compare and pickle; it outlives its process."""

    __slots__ = ("__weakref__", "label", "number", "origin")  # all are set by `new_process` or `make_pid`
    has_fixed_text = True  # so a trace that is written makes it once

    @property
    def node(self) -> str:
        """The name of the node that the process lives on."""
        return self.origin.name

    @property
    def incarnation(self) -> int:
        """The number of the start of that node, from 1."""
        return self.origin.incarnation

    def __repr__(self) -> str:
        return f"<{self.origin.prefix}.{self.number} {self.label}>"

    def __reduce__(self) -> tuple:
        self.origin.written.setdefault(("pid", self.number), self)
        return _read_pid, (self.origin, self.number, self.label)


def _read_pid(origin: Origin, number: int, label: str) -> Pid:
    pid = origin.written.get(("pid", number))
    if pid is None:
        pid = origin.written["pid", number] = make_pid(origin, number, label)
    return pid


def make_pid(origin: Origin, number: int, label: str) -> Pid:
    """A pid of this origin."""
    pid = Pid()
    pid.origin, pid.number, pid.label = origin, number, label
    return pid


class Ref:
    """A reference: unique in its run, made to know an answer again. `owner` is the process that made it.

    An alias is also an address of its owner, until it is closed.
    """

    __slots__ = ("__weakref__", "is_alias", "number", "owner")

    def __init__(self, number: int, owner: Pid, is_alias: bool = False):
        self.number = number
        self.owner = owner
        self.is_alias = is_alias

    @property
    def origin(self) -> Origin:
        """The incarnation of the node that made it."""
        return self.owner.origin

    @property
    def node(self) -> str:
        """The name of the node that made it."""
        return self.owner.origin.name

    def is_answered_by(self, message: Any) -> bool:
        """Tell whether the message carries this reference."""
        return getattr(message, "ref", None) is self

    def __repr__(self) -> str:
        return f"#{self.owner.origin.ref_prefix}{self.number}"

    def __reduce__(self) -> tuple:
        self.origin.written.setdefault(("ref", self.number), self)
        return _read_ref, (self.number, self.owner, self.is_alias)


def _read_ref(number: int, owner: Pid, is_alias: bool) -> Ref:
    ref = owner.origin.written.get(("ref", number))
    if ref is None:
        ref = owner.origin.written["ref", number] = Ref(number, owner, is_alias)
    return ref


def home_of(address: Any) -> str:
    """The name of the node that a pid, a reference or `(name, node)` leads to."""
    return address[1] if type(address) is tuple else address.origin.name
