"""One end of a connection between two nodes: it sends, receives, and finds out that the other end is gone."""

from collections import deque
from typing import Any, Literal

from letitcrash.process import events as ev
from letitcrash.process.codec import size_bytes
from letitcrash.process.signals import Signal, Transport
from letitcrash.process.wires import IdealTransport

DISCONNECT, CONNECTION_CLOSED = "disconnect", "connection_closed"  # OTP's reasons of a nodedown


class End:
    """One node's half of a connection to `peer`."""

    __slots__ = ("deadline", "far", "node", "number", "peer", "road", "state", "transport", "waiting")

    def __init__(self, node: Any, peer: str):
        self.node, self.peer = node, peer
        self.road = f"{node.name}-{peer}"  # the direction in which it sends, as the trace has it
        self.state: Literal["pending", "up", "closed"] = "pending"
        self.waiting: deque[Signal] = deque()  # signals that came before the connection was up
        self.far: End | None = None
        self.transport: Transport | None = None
        self.deadline: int | None = None  # the planned end of the attempt to connect
        self.number = 0  # of the signals that have left

    def up(self, far: "End") -> None:
        """Be connected with `far` from now on, and send what has waited."""
        self.far, self.state = far, "up"
        self.drop_deadline()
        node = self.node
        self.transport = IdealTransport(node.network.wire(node.name, self.peer).out, far.receive)
        node.connections.tell_up(self.peer)
        while self.waiting:
            self.send(self.waiting.popleft())

    def send(self, signal: Signal) -> None:
        """Hand a signal to the transport, or keep it until there is one."""
        if self.state == "pending":
            self.waiting.append(signal)
            return
        transport, node = self.transport, self.node
        size = size_bytes(signal.payload) if transport.counts_bytes else None
        self.number += 1
        if node.record is not None:
            _, sender, to, payload = signal
            node.note(ev.Departed, self.road, self.number, signal.kind, size, sender, to, payload)
        transport.carry((self.number, signal), size)

    def receive(self, carried: tuple[int, Signal]) -> None:
        """Act on a signal that has arrived."""
        node = self.node
        if node.is_frozen:
            node.hold(self.receive, carried)
        elif self.state == "up":
            number, signal = carried
            if node.record is not None:
                node.note(ev.Delivered, self.far.road, number)
            node.act(signal)
        else:
            node.note(ev.Lost, self.far.road, carried[0], "closed")
            self.hang_up()

    def accepted(self, far: "End") -> None:
        """Hear that the peer has accepted the connection.

        One that was given up in the meantime is closed by the operating system, for a frozen node too.
        """
        self.far = far
        if self.state == "closed":
            self.hang_up()
        elif self.node.is_frozen:
            self.node.hold(self.accepted, far)
        else:
            self.up(far)

    def refused(self, _: Any = None) -> None:
        """Hear that nobody answers at the other end, or that it has taken too long."""
        if self.node.is_frozen:
            self.node.hold(self.refused, None)
        elif self.state == "pending":
            self.node.connections.lose(self.peer, CONNECTION_CLOSED)

    def hung_up(self, _: Any = None) -> None:
        """Hear that the other end has closed the connection."""
        if self.node.is_frozen:
            self.node.hold(self.hung_up, None)
        elif self.state == "up":
            self.node.connections.lose(self.peer, CONNECTION_CLOSED)

    def hang_up(self) -> None:
        """Tell the other end that the connection is closed."""
        node = self.node
        if self.far is not None and node.has_power:
            node.network.wire(node.name, self.peer).out.carry(self.far.hung_up, None)

    def close(self) -> None:
        """Carry nothing more."""
        self.state = "closed"
        self.drop_deadline()

    def drop_deadline(self) -> None:
        """Take back the planned end of the attempt to connect."""
        if self.deadline is not None:
            self.node.clock.cancel(self.deadline)
            self.deadline = None
