"""The nodes of a world, and the wires between them."""

from collections.abc import Callable, Iterable
from itertools import count
from typing import Any

from letitcrash.process.addresses import Origin, Pid, WorldKey, make_pid
from letitcrash.process.terms import BadArgument
from letitcrash.process.wires import OneWay, Wire


class Nodes(dict):
    """The nodes of a world by name, in the order in which they were given."""

    def __missing__(self, name: Any) -> Any:
        known = ", ".join(map(repr, self))
        raise BadArgument(f"there is no node {name!r} in this world; its nodes: {known}")


class Network:
    """All nodes by name, and one wire for each two of them, made when it is first asked for."""

    def __init__(self, note: Callable | None = None):
        self.nodes = Nodes()
        self._wires: dict[tuple[str, str], Wire] = {}
        self._note = note or (lambda *_: None)
        self._nowhere: dict[str, Origin] = {}  # of pids that were never started: an incarnation 0 of their node
        self._numbers = count(1)  # of those pids

    def add(self, node: Any) -> None:
        """Let `node` be one of them."""
        if node.name in self.nodes:
            raise BadArgument(f"there is a node {node.name!r} already: each node of a world has a name of its own")
        self.nodes[node.name] = node

    def wire(self, here: str, there: str) -> Wire:
        """The wire between two nodes, seen from `here`."""
        wire = self._wires.get((here, there))
        if wire is None:
            if self.nodes[here] is self.nodes[there]:
                raise BadArgument(f"a wire joins two nodes; {here!r} needs none to itself")
            clock = self.nodes[here].clock
            wire = self._wires[here, there] = Wire(here, there, (OneWay(clock), OneWay(clock)), self._note)
            self._wires[there, here] = wire.reversed()
        return wire

    def pid_of_nobody(self, world: WorldKey, node: str, label: str) -> Pid:
        """A pid of `node` that leads to no process, for a start that did not arrive there."""
        origin = self._nowhere.setdefault(node, Origin(world, node, 0))
        return make_pid(origin, next(self._numbers), label)

    def connect_all(self, names: Iterable[str]) -> None:
        """Connect each two of these nodes at once, as they are when a world begins."""
        nodes = [self.nodes[name] for name in names]
        for number, one in enumerate(nodes):
            for other in nodes[number + 1 :]:
                one.connections.join(other.connections)
