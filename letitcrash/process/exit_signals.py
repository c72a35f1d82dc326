"""Exit signals: how processes end, and how those tied to them hear of it. One loop, so that no cascade is too deep.

A tie is kept by its two ends, each on its own node: a link in `_links` of both processes, a monitor in `_monitors` of
the one that watches and in `_watchers` of the one watched. On one node both halves change at once; between two nodes
each changes its own and sends a signal (see `distribution.py`).
"""

from collections import deque
from collections.abc import Callable
from types import CoroutineType, coroutine
from typing import Any

from letitcrash.process import events as ev
from letitcrash.process.cleanup import close_body
from letitcrash.process.exit_rule import checked
from letitcrash.process.mail import DEAD, RUNNING
from letitcrash.process.me import Process
from letitcrash.process.reports import is_crash, report_crash
from letitcrash.process.terms import NOPROC, Down, ExitSignal, NoProcess, Pid, Ref, comparable, reason_of

DEAD_MAILBOX: deque = deque(maxlen=0)  # the mailbox of every process that has ended


EXIT, DOWN = "exit", "down"
"""The kinds of signals under way on one node. They are plain tuples: named ones cost a tenth of a crash."""


class Stopped(Process):
    """A process after its end: the same object, and every use of it an error."""

    __slots__ = ()

    def _no_more(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError(f"{self.pid!r} has ended: it can do nothing more. To say goodbye, trap exits.")

    @coroutine
    def _wait_for_ever(self, *_: Any, **__: Any):
        yield self

    now = property(_no_more)
    receive = sleep = _wait_for_ever  # not an error: a body that swallows errors would go round for ever
    send = send_after = cancel_timer = make_ref = alias = unalias = _no_more
    spawn = spawn_link = spawn_monitor = exit = link = unlink = monitor = demonitor = register = unregister = _no_more
    monitor_node = monitor_nodes = disconnect_node = _no_more
    spawn_on = connect_node = _wait_for_ever


class ExitSignals:
    """The part of a node that ties lives together and ends them."""

    def __init__(self, rule: Callable):
        self.exit_signal = checked(rule)
        self._pending_self_exit: list = []  # a signal ends the running process: the reason, and whether it sent it
        self._under_way: deque[tuple] = deque()  # (EXIT, to, sender, reason, linked) or (DOWN, to, about, reason, ref)
        self.is_delivering = False

    # Ties

    def link(self, process: Process, other: Pid) -> None:
        """Erlang's link/1. To itself: nothing. To the dead: error noproc, or the message when trapping exits."""
        target = self.process_of(other)
        if other in process._links or target is process:
            return
        if target is not None:
            process._links[other] = target._links[process.pid] = True
            self.note(ev.Linked, process.pid, other)
        elif self.is_elsewhere(other):
            self.link_elsewhere(process, other)
        elif process._trapping:
            self.deliver_later((EXIT, process, other, NOPROC, True))
        else:
            raise NoProcess(f"{process.pid!r} links to {other!r}, which is dead (noproc)")

    def unlink(self, process: Process, other: Pid) -> None:
        """Erlang's unlink/1."""
        target = self.process_of(other)
        if process._links.pop(other, None) is None:
            return
        if target is not None:
            del target._links[process.pid]
        else:
            self.unlink_elsewhere(process, other)
        self.note(ev.Unlinked, process.pid, other)

    def monitor(self, process: Process, target: Any, ref: Ref) -> None:
        """Erlang's monitor/2 of a name, alone or as `(name, node)`, of itself, of the dead, or of another node's."""
        about = (target, self.name) if isinstance(target, str) else target
        watched = self.locate(about)
        self.note(ev.Monitored, process.pid, target, ref)
        if watched is not None and watched is not process:
            process._monitors = process._monitors or {}
            watched._watchers = watched._watchers or {}
            process._monitors[ref] = watched.pid
            watched._watchers[ref] = about
        elif watched is None and self.is_elsewhere(about):
            self.monitor_elsewhere(process, about, ref)
        else:
            self.addresses.pop(ref, None)  # no monitor, and no alias
            if watched is None:
                self.deliver_later((DOWN, process, about, NOPROC, ref))

    # Signals

    def exit(self, sender: Process | None, to: Any, reason: Any) -> None:
        """Erlang's exit/2 from `sender` (None: from outside)."""
        target = self.locate_named(to) if isinstance(to, str) else self.locate(to)
        if target is not None:
            self.deliver_later((EXIT, target, sender and sender.pid, comparable(reason), False))
            if target is sender and self._pending_self_exit and target._state is RUNNING:
                raise GeneratorExit
        elif self.is_elsewhere(to):
            self.exit_elsewhere(sender, to, comparable(reason))

    def queue_signal(self, signal: tuple) -> None:
        """Put a signal behind those that are under way."""
        self._under_way.append(signal)

    def deliver_later(self, signal: tuple) -> None:
        """Deliver a signal when those that are under way have been delivered."""
        self._under_way.append(signal)
        if not self.is_delivering:
            self.deliver_signals()

    def deliver_signals(self) -> None:
        """Deliver all that is under way, and what comes of it."""
        if self.is_delivering:
            return
        self.is_delivering = True
        under_way = self._under_way
        try:
            while under_way:
                kind, to, sender, reason, tie = under_way.popleft()
                if to._state is DEAD:
                    continue
                if kind is DOWN:
                    self.deliver(sender if type(sender) is Pid else None, to, Down(sender, reason, tie))
                    continue
                to_itself = sender is to.pid
                outcome, reason = self.exit_signal(reason, trapping=to._trapping, linked=tie, to_itself=to_itself)
                if self.record is not None:
                    self.record((ev.Signalled, self.clock.now, sender, to.pid, reason, outcome))
                if outcome == "message":
                    to.accept(ExitSignal(sender, reason))
                elif outcome == "exits":
                    self._end_by_signal(to, reason, to_itself)
        except KeyboardInterrupt:  # in somebody's cleanup: the others hear of it all the same
            self.is_delivering = False
            self.deliver_signals()
            raise
        finally:
            self.is_delivering = False

    def _end_by_signal(self, process: Process, reason: Any, to_itself: bool) -> None:
        if process._state is not RUNNING:
            self.end(process, reason)
        elif not self._pending_self_exit:
            self._pending_self_exit.append((reason, to_itself))
            process._reductions = 0  # its next await is its last, whatever is in its mailbox
            process._resume = raise_exit
            self.run_queue.appendleft(process)

    # The end

    def end(self, process: Process, reason: Any) -> None:
        """End the process and tell all that must hear of it, however many that are."""
        pid, body = process.pid, process._body
        process._state = DEAD
        if process._alarm is not None:
            self.drop_alarm(process)
        process._resume = process._body = None
        links, name, aliases = process._links, process._name, process._aliases
        watchers, monitors = process._watchers, process._monitors
        process.__class__ = Stopped
        addresses = self.addresses
        del addresses[pid]
        try:
            if type(body) is CoroutineType and body.cr_frame is not None:
                problem = close_body(body, pid, self.lines_per_step)
                if problem is not None:
                    self.note(ev.Misbehaved, pid, problem)
        finally:
            if name is not None:
                del self._names[name]
            if self.record is not None:
                self.record((ev.Exited, self.clock.now, pid, reason))
            for other in links:
                tied = addresses.get(other)
                if tied is not None:
                    del tied._links[pid]
                    self._under_way.append((EXIT, tied, pid, reason, True))
                else:
                    self.signal_exit(pid, other, reason)
            if watchers:
                self._tell_watchers(pid, watchers, reason)
            if monitors:
                self._stop_watching(pid, monitors)
            if aliases:
                for ref in aliases:
                    addresses.pop(ref, None)
            if self.connections.asking and pid in self.connections.asking:
                self.forget(pid)
            process.exit_reason = reason
            if not links and not watchers and self.report is not None and is_crash(reason):
                report_crash(self, process, reason)
            process._mailbox = DEAD_MAILBOX
            process._newest_ref = None
            if self._under_way and not self.is_delivering:
                self.deliver_signals()

    def _tell_watchers(self, pid: Pid, watchers: dict[Ref, Any], reason: Any) -> None:
        for ref, about in watchers.items():
            watcher = self.addresses.get(ref.owner)
            if watcher is None:
                self.signal_down(pid, about, reason, ref)
            elif watcher._monitors.pop(ref, None) is not None:
                if ref.is_alias:
                    self.addresses.pop(ref, None)
                self._under_way.append((DOWN, watcher, about, reason, ref))

    def _stop_watching(self, pid: Pid, monitors: dict[Ref, Any]) -> None:
        for ref, target in monitors.items():
            if ref.is_alias:
                self.addresses.pop(ref, None)
            watched = self.addresses.get(target)
            if watched is not None:
                watched._watchers.pop(ref, None)
            elif self.is_elsewhere(target):
                self.signal("demonitor", pid, target, ref)

    def exit_reason(self, error: BaseException) -> Any:
        """The reason of one that a signal was to end: the signal's, or its own, when its error came before its end."""
        reason, by_itself = self._pending_self_exit.pop()
        return reason if by_itself or type(error) is GeneratorExit else reason_of(error)


def raise_exit(_: None) -> None:
    """Be the next step of a process that a signal has ended in its own step; its reason is kept by the node."""
    raise GeneratorExit
