"""The part of a node that has neighbours: signals that leave it, and what those that arrive do.

Each node changes only its own half of a link or a monitor. `signal` is the one way out, `act` the one way in.
"""

from typing import Any

from letitcrash.process import events as ev
from letitcrash.process.addresses import Pid, Ref, home_of
from letitcrash.process.codec import ATOMS, crossing, crossing_body, crossing_reason
from letitcrash.process.connections import Connections, check_node_name
from letitcrash.process.exit_signals import DOWN, EXIT
from letitcrash.process.me import Process
from letitcrash.process.network import Network
from letitcrash.process.signals import DownPayload, ExitPayload, Kind, Signal, SpawnedPayload, SpawnPayload
from letitcrash.process.terms import NOCONNECTION, NOPROC, BadArgument


class Distribution:
    """The part of a node that sends signals to other nodes and acts on theirs."""

    def __init__(self, network: Network | None, is_hidden: bool):
        self.is_hidden = is_hidden
        self.network = Network() if network is None else network
        self.network.add(self)
        self.connections = Connections(self)
        self._unlinking: dict[tuple[Pid, Pid], int] = {}  # (own, other) -> the unlink that is not acknowledged yet
        self._watched_from: dict[Ref, Pid] = {}  # ref of another node -> the process here that it watches
        self._spawning: dict[Ref, tuple[str, SpawnPayload]] = {}  # what other nodes were asked to start
        self._acts = {
            "message": self._act_message,
            "exit": self._act_exit,
            "link": self._act_link,
            "unlink": self._act_unlink,
            "unlink_ack": self._act_unlink_ack,
            "monitor": self._act_monitor,
            "demonitor": self._act_demonitor,
            "down": self._act_down,
            "spawn": self._act_spawn,
            "spawned": self._act_spawned,
        }

    def half_ties(self) -> tuple[dict, ...]:
        """All that this node keeps of ties with other nodes, beside what its processes keep."""
        return self._unlinking, self._watched_from, self._spawning

    # The way out

    def signal(self, kind: Kind, sender: Pid | None, to: Any, payload: Any = None) -> None:
        """Hand a signal to the transport that leads to the home of `to`."""
        self.connections.send(home_of(to), Signal(kind, sender, to, payload))

    def drop_signal(self, signal: Signal) -> None:
        """Lose a signal for which there is no connection."""
        if signal.kind == "message":
            self.note(ev.Dropped, signal.sender, signal.to, signal.payload)

    def send_elsewhere(self, sender: Pid | None, to: Any, message: Any) -> None:
        """Send a message to another node."""
        if type(message) not in ATOMS:  # as `crossing` asks too: a number is spared the price of its call
            message = crossing(message)
        self.connections.send(home_of(to), Signal("message", sender, to, message))

    def exit_elsewhere(self, sender: Process | None, to: Any, reason: Any) -> None:
        """Send exit/2's signal to another node."""
        self.signal("exit", sender and sender.pid, to, ExitPayload(crossing(reason), False))

    def link_elsewhere(self, process: Process, other: Pid) -> None:
        """Put this half of a link in place, and ask for the other one."""
        self._unlinking.pop((process.pid, other), None)
        process._links[other] = True
        self.note(ev.Linked, process.pid, other)
        self.signal("link", process.pid, other)

    def unlink_elsewhere(self, process: Process, other: Pid) -> None:
        """Ask for the other half of a link to be undone; until that is acknowledged, links from there are old ones."""
        number = self._unlinking[process.pid, other] = next(self.refs)
        self.connections.asking[process.pid] = True
        self.signal("unlink", process.pid, other, number)

    def monitor_elsewhere(self, process: Process, target: Any, ref: Ref) -> None:
        """Put this half of a monitor in place, and ask for the other one."""
        process._monitors = process._monitors or {}
        process._monitors[ref] = target
        self.signal("monitor", process.pid, target, ref)

    def signal_exit(self, pid: Pid, other: Pid, reason: Any) -> None:
        """Tell the other end of a link that `pid` is no more."""
        self._unlinking.pop((pid, other), None)
        if self.is_elsewhere(other):
            self.signal("exit", pid, other, ExitPayload(crossing_reason(reason), True))

    def signal_down(self, pid: Pid, about: Any, reason: Any, ref: Ref) -> None:
        """Tell the process of another node that watches `pid` that it is no more."""
        if self._watched_from.pop(ref, None) is not None:
            self.signal("down", pid, ref.owner, DownPayload(ref, about, crossing_reason(reason)))

    def spawn_elsewhere(self, process: Process, node: str, order: SpawnPayload) -> None:
        """Ask another node to start a process."""
        check_node_name(node)
        args, kwargs, name, label = crossing((order.args, order.kwargs, order.name, order.label))
        body = crossing_body(order.body)
        order = order._replace(body=body, args=args, kwargs=kwargs, name=name, label=label)
        self._spawning[order.ref] = (node, order)
        self.signal("spawn", process.pid, (order.name or "", node), order)

    def forget(self, pid: Pid) -> None:
        """Forget what a dead process has asked for; a start that is under way elsewhere is still answered."""
        self.connections.forget(pid)
        self._unlinking = {ends: number for ends, number in self._unlinking.items() if ends[0] is not pid}

    # The way in

    def act(self, signal: Signal) -> None:
        """Do what a signal that has arrived asks for."""
        self._acts[signal.kind](*signal)

    def _act_message(self, _: Kind, sender: Pid | None, to: Any, message: Any) -> None:
        process = self._names.get(to[0]) if type(to) is tuple else self.addresses.get(to)
        if process is None:
            self.note(ev.Dropped, sender, to, message)
        else:
            self.bring(sender, process, message)

    def _act_exit(self, _: Kind, sender: Pid | None, to: Any, payload: ExitPayload) -> None:
        process = self.locate(to)
        if process is None or (payload.linked and process._links.pop(sender, None) is None):
            return  # dead; or the link was undone while this was under way
        self.deliver_later((EXIT, process, sender, payload.reason, payload.linked))

    def _act_link(self, _: Kind, sender: Pid, to: Pid, __: None) -> None:
        process = self.addresses.get(to)
        if process is None:
            self.signal("exit", to, sender, ExitPayload(NOPROC, True))
        elif (to, sender) not in self._unlinking:
            process._links[sender] = True

    def _act_unlink(self, _: Kind, sender: Pid, to: Pid, number: int) -> None:
        process = self.addresses.get(to)
        if process is not None:
            process._links.pop(sender, None)
        self.signal("unlink_ack", to, sender, number)

    def _act_unlink_ack(self, _: Kind, sender: Pid, to: Pid, number: int) -> None:
        if self._unlinking.get((to, sender)) == number:
            del self._unlinking[to, sender]

    def _act_monitor(self, _: Kind, sender: Pid, to: Any, ref: Ref) -> None:
        process = self.locate(to)
        if process is None:
            self.signal("down", None, sender, DownPayload(ref, to, NOPROC))
        else:
            self._watch_from(process, ref, to)

    def _watch_from(self, process: Process, ref: Ref, about: Any) -> None:
        process._watchers = process._watchers or {}
        process._watchers[ref] = about
        self._watched_from[ref] = process.pid

    def _act_demonitor(self, _: Kind, sender: Pid, to: Any, ref: Ref) -> None:
        watched = self.addresses.get(self._watched_from.pop(ref, None))
        if watched is not None:
            watched._watchers.pop(ref, None)

    def _act_down(self, _: Kind, sender: Pid | None, to: Pid, payload: DownPayload) -> None:
        watcher, ref = self.addresses.get(to), payload.ref
        if watcher is not None and watcher._monitors and watcher._monitors.pop(ref, None) is not None:
            self.addresses.pop(ref, None)
            self.deliver_later((DOWN, watcher, payload.about, payload.reason, ref))

    def _act_spawn(self, _: Kind, sender: Pid, to: Any, order: SpawnPayload) -> None:
        ref = order.ref
        try:
            process = self.spawn(order.body, order.args, order.kwargs, order.name, sender, False, order.label)
        except BadArgument as error:
            self.signal("spawned", None, sender, SpawnedPayload(ref, None, crossing(error)))
            return
        if order.linked:
            process._links[sender] = True
        if order.monitored:
            self._watch_from(process, ref, process.pid)
        self.signal("spawned", process.pid, sender, SpawnedPayload(ref, process.pid))

    def _act_spawned(self, _: Kind, sender: Pid | None, to: Pid, answer: SpawnedPayload) -> None:
        pending = self._spawning.pop(answer.ref, None)
        process = self.addresses.get(to)
        if pending is None or process is None:
            if pending is not None and pending[1].linked and answer.pid is not None:
                self.signal("exit", to, answer.pid, ExitPayload(NOPROC, True))
            return
        if answer.pid is not None and pending[1].linked:
            process._links[answer.pid] = True
            self.note(ev.Linked, to, answer.pid)
        if answer.pid is not None and pending[1].monitored:
            process._monitors = process._monitors or {}
            process._monitors[answer.ref] = answer.pid
            self.note(ev.Monitored, to, answer.pid, answer.ref)
        self.deliver(sender, process, answer)

    # A lost connection

    def lose_ties(self, peer: str) -> None:
        """Break this side's halves of all that is shared with processes of `peer`: links first, then monitors."""
        processes = list(self.processes.values())
        for process in processes:
            for other in [other for other in process._links if other.origin.name == peer]:
                del process._links[other]
                self.queue_signal((EXIT, process, other, NOCONNECTION, True))
        for process in processes:
            monitors = process._monitors or {}
            for ref, target in [tie for tie in monitors.items() if home_of(tie[1]) == peer]:
                del monitors[ref]
                self.addresses.pop(ref, None)
                self.queue_signal((DOWN, process, target, NOCONNECTION, ref))
        for ref in [ref for ref in self._watched_from if ref.origin.name == peer]:
            self._act_demonitor("demonitor", ref.owner, None, ref)
        self._unlinking = {ends: number for ends, number in self._unlinking.items() if ends[1].origin.name != peer}
        for ref in [ref for ref, (node, _) in self._spawning.items() if node == peer]:
            self._answer_lost_spawn(peer, self._spawning.pop(ref)[1])
        self.deliver_signals()

    def _answer_lost_spawn(self, peer: str, order: SpawnPayload) -> None:
        """Give a pid that leads nowhere, as OTP does, with the end of what was asked to be tied to it."""
        process = self.addresses.get(order.ref.owner)
        if process is None:
            return
        pid = self.network.pid_of_nobody(self.origin.world, peer, order.label or "nobody")
        self.deliver(None, process, SpawnedPayload(order.ref, pid))
        if order.linked:
            self.queue_signal((EXIT, process, pid, NOCONNECTION, True))
        if order.monitored:
            self.queue_signal((DOWN, process, pid, NOCONNECTION, order.ref))
