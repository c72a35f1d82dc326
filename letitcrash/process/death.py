"""How processes end and who hears of it: links, monitors, exit signals. One loop, so that no cascade is too deep."""

from collections import deque
from collections.abc import Callable
from types import CoroutineType, coroutine
from typing import Any

from letitcrash.process import events as ev
from letitcrash.process.budget import counted
from letitcrash.process.mail import DEAD, READY, RUNNING, WAITING
from letitcrash.process.me import Process
from letitcrash.process.signals import checked
from letitcrash.process.terms import NOPROC, BadArgument, Down, ExitSignal, NoProcess, Pid, Ref, comparable, reason_of

CLEANUP_TRIES = 100  # how often a body may swallow its end before it is left alone
NOWHERE: deque = deque(maxlen=0)  # the mailbox of the dead, whom an alias may still reach
UNBURIED: list = []  # those bodies; Python would try once more, and complain, when it collects them


class Stopped(Process):
    """What a process becomes at its end: the same object, and every use of it an error."""

    __slots__ = ()

    def _no_more(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError(f"{self.pid!r} has ended: it can do nothing more. To say goodbye, trap exits.")

    @coroutine
    def _wait_for_ever(self, *_: Any, **__: Any):
        yield self

    now = property(_no_more)
    receive = sleep = _wait_for_ever  # not an error: one that swallows errors would go round for ever
    send = send_after = cancel_timer = make_ref = alias = unalias = _no_more
    spawn = spawn_link = spawn_monitor = exit = link = unlink = monitor = demonitor = register = unregister = _no_more


class Mortality:
    """The part of a node that ties lives together and ends them."""

    def __init__(self, rule: Callable):
        self.exit_signal = checked(rule)
        self._doomed: list = []  # a signal ends the one that is running now: the reason, and whether it is its own
        self._signals: deque = deque()  # under way: (to, sender, reason, linked), or (to, of whom, reason, ref)
        self._settling = False

    # Ties

    def link(self, process: Process, other: Pid) -> None:
        """Erlang's link/1. To itself: nothing. To the dead: error noproc, or the message when trapping exits."""
        target = self.process_of(other)
        if target is not None:
            if target is not process and target not in process._links:
                process._links[target] = target._links[process] = True
                self.note(ev.Linked, process.pid, other)
        elif process._trapping:
            self._signal(process, other, NOPROC, True)
        else:
            raise NoProcess(f"{process.pid!r} links to {other!r}, which is dead (noproc)")

    def unlink(self, process: Process, other: Pid) -> None:
        """Erlang's unlink/1."""
        target = self.process_of(other)
        if target is not None and target in process._links:
            del process._links[target], target._links[process]
            self.note(ev.Unlinked, process.pid, other)

    def monitor(self, process: Process, target: Any, ref: Ref) -> None:
        """Erlang's monitor/2 of a name (alone, or as `(name, node)` with this node), of itself, or of the dead."""
        name = target[0] if type(target) is tuple and target[1:] == (self.name,) else target
        if isinstance(name, str):
            watched, about = self._names.get(name), (name, self.name)
        else:
            watched, about = self.process_of(target), target
        self.note(ev.Monitored, process.pid, target, ref)
        if watched is None or watched is process:
            ref._process = None  # no monitor, and no alias
        if watched is None:
            self._signal(process, about, NOPROC, ref)
        elif watched is not process:
            process._monitors = process._monitors or {}
            watched._watchers = watched._watchers or {}
            process._monitors[ref] = watched
            watched._watchers[ref] = (process, about)

    # Signals

    def exit(self, sender: Process | None, to: Any, reason: Any) -> None:
        """Erlang's exit/2 from `sender` (None: from outside)."""
        target = self._names.get(to) if isinstance(to, str) else self.process_of(to)
        if target is None and isinstance(to, str):
            raise BadArgument(self._unknown(to))
        if target is not None:
            self._signal(target, sender and sender.pid, comparable(reason), False)
            if target is sender and self._doomed and target._state is RUNNING:
                raise GeneratorExit

    def _signal(self, to: Process, sender: Pid | None, reason: Any, linked: bool | Ref) -> None:
        self._signals.append((to, sender, reason, linked))
        if not self._settling:
            self._settle()

    def _settle(self) -> None:
        self._settling = True
        signals = self._signals
        try:
            while signals:
                to, sender, reason, linked = signals.popleft()
                if to._state is DEAD:
                    continue
                if type(linked) is Ref:  # a Down: `sender` is of whom
                    self.deliver(sender if type(sender) is Pid else None, to, Down(sender, reason, linked))
                    continue
                to_itself = sender is to.pid
                outcome, reason = self.exit_signal(reason, trapping=to._trapping, linked=linked, to_itself=to_itself)
                if self.record is not None:
                    self.record((ev.Signalled, self.env._now, sender, to.pid, reason, outcome))
                if outcome == "message":
                    to._mailbox.append(ExitSignal(sender, reason))
                    if to._state is WAITING:
                        to._state = READY
                        self.ready.append(to)
                elif outcome == "exits":
                    if to._state is not RUNNING:
                        self.end(to, reason)
                    elif not self._doomed:
                        self._doomed.append((reason, to_itself))
                        to._reductions = 0  # its next await is its last, whatever is in its mailbox
                        to._resume = _fall
                        self.run_queue.appendleft(to)
        except KeyboardInterrupt:  # in somebody's cleanup: the others hear of it all the same
            self._settling = False
            self._settle()
            raise
        finally:
            self._settling = False

    # The end

    def end(self, process: Process, reason: Any) -> None:
        """End the process and tell all that must hear of it, however many that are."""
        pid, body = process.pid, process._body
        process._state = DEAD
        process._resume = process._body = None
        pid._process = None
        links, name = process._links, process._name
        watchers, monitors = process._watchers, process._monitors
        process.__class__ = Stopped
        del self.processes[pid]
        try:
            if type(body) is CoroutineType and body.cr_frame is not None:
                self._close(pid, body)
        finally:
            if name is not None:
                del self._names[name]
            if self.record is not None:
                self.record((ev.Exited, self.env._now, pid, reason))
            for other in links:
                del other._links[process]
                self._signals.append((other, pid, reason, True))
            if watchers:
                for ref, watcher in watchers.items():
                    watcher, about = watcher if type(watcher) is tuple else (watcher, pid)
                    if watcher._monitors.pop(ref, None) is not None:
                        ref._process = None
                        self._signals.append((watcher, about, reason, ref))
            if monitors:
                for ref, watched in monitors.items():
                    watched._watchers.pop(ref, None)
                    ref._process = None
            process._mailbox = NOWHERE
            process._newest_ref = None
            if self._signals and not self._settling:
                self._settle()

    def _why(self, error: BaseException) -> Any:
        """Why one that is doomed has left: for the signal's reason, or its own, when its error came before its end."""
        reason, by_itself = self._doomed.pop()
        return reason if by_itself or type(error) is GeneratorExit else reason_of(error)

    def _close(self, pid: Pid, body: Any) -> None:
        limit = self.lines_per_step
        close = counted(lambda _: body.close(), limit, pid) if limit else lambda _: body.close()
        try:
            close(None)
        except RuntimeError as error:
            if "ignored" not in str(error):
                self.note(ev.Misbehaved, pid, f"its own cleanup failed: {error!r}")
                return
            self.note(ev.Misbehaved, pid, "it swallowed its end and went on waiting")
            self._insist(body, close)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            self.note(ev.Misbehaved, pid, f"its own cleanup failed: {error!r}")

    def _insist(self, body: Any, close: Callable) -> None:
        for _ in range(CLEANUP_TRIES):
            try:
                close(None)
                return
            except KeyboardInterrupt:
                raise
            except BaseException:
                continue
        UNBURIED.append(body)


def _fall(_: None) -> None:
    """The next step of a process that a signal has ended in its own step; the reason is in `_doomed`."""
    raise GeneratorExit
