"""The connections of a node: opened by the first signal to another node, lost as a whole, and the talk about both.

As between Erlang nodes, a connection has two ends, and each end finds out for itself that the other one is gone.
"""

from typing import Any, Literal, get_args

from letitcrash.process import events as ev
from letitcrash.process.addresses import Pid, Ref
from letitcrash.process.connection_end import CONNECTION_CLOSED, DISCONNECT, End
from letitcrash.process.signals import Connected, Signal
from letitcrash.process.terms import BadArgument, NodeDown, NodeUp

SETUP_SECONDS = 7.0  # OTP's net_setuptime: so long an unanswered attempt to connect lasts
OPENING = {"message", "exit", "link", "monitor", "spawn"}
"""The signals that open a connection where there is none; the others belong to one that is gone."""
KINDS = ("visible", "hidden", "connected")

AutoConnect = Literal["always", "once", "never"]


class Connections:
    """All connections of one node, by the name of the peer."""

    def __init__(self, node: Any):
        self.node = node
        self._auto_connect: AutoConnect = "always"
        self.ends: dict[str, End] = {}
        self._known: dict[str, bool] = {}  # the peers that a connection was opened to
        self._monitor_node: dict[str, list[Pid]] = {}  # peer -> those who are told once when it goes down
        self._connecting: dict[Ref, str] = {}  # of those who wait for a connection to a peer
        self._monitor_nodes: list[Pid] = []  # those who are told of every peer, once for each time they asked
        self.asking: dict[Pid, bool] = {}  # the processes that tables about other nodes may hold: `Node.forget`

    @property
    def auto_connect(self) -> AutoConnect:
        """The rule of when a signal may open a connection: OTP's dist_auto_connect."""
        return self._auto_connect

    @auto_connect.setter
    def auto_connect(self, rule: AutoConnect) -> None:
        if rule not in get_args(AutoConnect):
            raise BadArgument(f'auto_connect of a node is "always", "once" or "never"; got {rule!r}')
        self._auto_connect = rule

    def send(self, peer: str, signal: Signal) -> None:
        """Send a signal over the connection to `peer`; open it first when there is none."""
        end = self.ends.get(peer)
        if end is None:
            if signal.kind not in OPENING:
                return
            may = self.auto_connect == "always" or (self.auto_connect == "once" and peer not in self._known)
            end = self.open(peer) if may else None
            if end is None:
                self.node.drop_signal(signal)
                self.lose(peer, DISCONNECT)
                return
        end.send(signal)

    def connect(self, ref: Ref, peer: str) -> None:
        """Open a connection unless there is one, and tell the owner of `ref` how it went."""
        check_node_name(peer)
        self._connecting[ref] = peer
        self.asking[ref.owner] = True
        end = self.ends.get(peer)
        if peer == self.node.name or (end is not None and end.state == "up"):
            self._answer(peer, True)
        elif end is None and self.open(peer) is None:
            self._answer(peer, False)

    def _answer(self, peer: str, is_up: bool) -> None:
        for ref in [ref for ref, name in self._connecting.items() if name == peer]:
            del self._connecting[ref]
            self._tell((ref.owner,), Connected(ref, is_up))

    def open(self, peer: str) -> End | None:
        """Ask the peer for a connection; None when there is no such node."""
        node, home = self.node, self.node.network.nodes.get(peer)
        if home is None or home is node:
            return None
        self._known[peer] = True
        end = self.ends[peer] = End(node, peer)
        end.deadline = node.clock.call_at(node.clock.now + SETUP_SECONDS, end.refused)
        node.network.wire(node.name, peer).out.carry(home.connections.requested, end)
        return end

    def join(self, other: "Connections") -> None:
        """Be connected with another node without asking, as at the beginning of a world."""
        one, two = End(self.node, other.node.name), End(other.node, self.node.name)
        for end, far in ((one, two), (two, one)):
            end.node.connections.ends[end.peer] = end
            end.node.connections._known[end.peer] = True
            end.up(far)

    def requested(self, far: End) -> None:
        """Answer a node that asks for a connection."""
        node, peer = self.node, far.node.name
        if node.is_frozen:
            node.hold(self.requested, far)
        elif not node.is_up:
            if node.has_power:
                node.network.wire(node.name, peer).out.carry(far.refused, None)
        else:
            mine, waiting = self.ends.get(peer), ()
            if mine is not None and mine.state == "pending":
                if node.name < peer:
                    return  # both have asked: the request of the lesser name counts
                waiting = mine.waiting
                mine.close()
            elif mine is not None:
                self.lose(peer, CONNECTION_CLOSED)  # the peer has lost it and asks again
            end = self.ends[peer] = End(node, peer)
            end.waiting.extend(waiting)
            self._known[peer] = True
            node.network.wire(node.name, peer).out.carry(far.accepted, end)
            end.up(far)

    def lose(self, peer: str, reason: str) -> None:
        """Go on without the connection to `peer`: its ties break on this side, then those who asked are told."""
        node, end = self.node, self.ends.pop(peer, None)
        was_up = end is not None and end.state == "up"
        if end is not None:
            end.close()
            for signal in end.waiting:
                node.drop_signal(signal)
        if was_up:
            node.note(ev.NodeDown, node.name, peer, reason)
        node.lose_ties(peer)
        self._answer(peer, False)
        self._tell(self._monitor_node.pop(peer, ()), NodeDown(peer))
        if was_up and self.is_visible(peer):
            self._tell(self._monitor_nodes, NodeDown(peer, reason))

    def disconnect(self, peer: str) -> bool:
        """Close the connection to `peer`; False when there is none."""
        check_node_name(peer)
        end = self.ends.get(peer)
        if end is None:
            return False
        end.hang_up()
        self.lose(peer, DISCONNECT)
        return True

    def break_off(self, power: bool) -> None:
        """Forget all connections, because the node is no more; `power`: nobody is left to close them."""
        for end in self.ends.values():
            if not power:
                end.hang_up()
            end.close()
        self.ends.clear()
        self._known.clear()
        self._connecting.clear()
        self._monitor_node.clear()
        self._monitor_nodes.clear()
        self.asking.clear()

    def forget(self, pid: Pid) -> None:
        """Forget all that a process has asked for, because it is no more."""
        del self.asking[pid]
        self._connecting = {ref: peer for ref, peer in self._connecting.items() if ref.owner is not pid}
        self._monitor_nodes = [other for other in self._monitor_nodes if other is not pid]
        for peer, pids in list(self._monitor_node.items()):
            self._monitor_node[peer] = [other for other in pids if other is not pid]
            if not self._monitor_node[peer]:
                del self._monitor_node[peer]

    # The talk about nodes

    def names(self, kind: str = "visible") -> list[str]:
        """The nodes that are connected now: "visible", "hidden", or all, "connected"."""
        if kind not in KINDS:
            raise BadArgument(f"the kinds of nodes are {', '.join(map(repr, KINDS))}; got {kind!r}")
        up = [peer for peer, end in self.ends.items() if end.state == "up"]
        return [peer for peer in up if kind == "connected" or self.is_visible(peer) == (kind == "visible")]

    def is_visible(self, peer: str) -> bool:
        """Tell whether the connection to `peer` is an ordinary one; those of hidden nodes are not."""
        return not (self.node.is_hidden or self.node.network.nodes[peer].is_hidden)

    def monitor_node(self, pid: Pid, peer: str, on: bool) -> None:
        """Let `pid` be told once when the connection to `peer` is lost or cannot be made, or take that back once."""
        check_node_name(peer)
        if not on:
            asked = self._monitor_node.get(peer, [])
            if pid in asked:
                asked.remove(pid)
            return
        self._monitor_node.setdefault(peer, []).append(pid)
        self.asking[pid] = True
        if peer not in self.ends and peer != self.node.name and self.open(peer) is None:
            self.lose(peer, DISCONNECT)

    def monitor_nodes(self, pid: Pid, on: bool) -> None:
        """Let `pid` be told of every node that comes or goes, or take all of that back."""
        if on:
            self._monitor_nodes.append(pid)
            self.asking[pid] = True
        else:
            self._monitor_nodes = [other for other in self._monitor_nodes if other is not pid]

    def tell_up(self, peer: str) -> None:
        """Tell those who asked that `peer` is connected now."""
        self.node.note(ev.NodeUp, self.node.name, peer)
        if self.is_visible(peer):
            self._tell(self._monitor_nodes, NodeUp(peer))
        self._answer(peer, True)

    def _tell(self, pids: Any, message: Any) -> None:
        for pid in tuple(pids):
            process = self.node.addresses.get(pid)
            if process is not None:
                self.node.deliver(None, process, message)


def check_node_name(node: Any) -> None:
    """Raise BadArgument unless this can be the name of a node. One that no node has is no error: that node is down."""
    if not isinstance(node, str):
        raise BadArgument(f"a node is given by its name; got {node!r}")
