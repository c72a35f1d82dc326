"""The part of a node that stops and starts as a whole: crash, freeze, thaw, start."""

from collections.abc import Callable
from types import CoroutineType
from typing import Any

from letitcrash.process import events as ev
from letitcrash.process.addresses import Origin
from letitcrash.process.cleanup import close_body
from letitcrash.process.exit_signals import DEAD_MAILBOX, Stopped
from letitcrash.process.mail import DEAD, READY, RUNNING, SUSPENDED
from letitcrash.process.terms import BadArgument

NODE_CRASHED = "node_crashed"
"""The reason in `Exited` of a process that ended with its node. Nobody is told it: others hear noconnection."""


class NextStep:
    """A stand-in for a process in the run queue: its one step makes a call."""

    __slots__ = ("_resume", "_state")

    def __init__(self, call: Callable[[Any], Any]):
        self._resume, self._state = call, READY


class Power:
    """The part of a node that runs, stands still, or is gone."""

    def __init__(self):
        self.is_up, self.is_frozen = True, False
        self.has_power = True  # its computer runs, so that connections to a node that is gone are closed or refused
        self._held: list[tuple[Callable[[Any], Any], Any]] = []  # what has come while it was frozen, oldest first

    def hold(self, call: Callable[[Any], Any], argument: Any) -> None:
        """Keep what happens to a frozen node until it thaws."""
        self._held.append((call, argument))

    def when_awake(self, call: Callable[[Any], Any], argument: Any = None) -> None:
        """Call now, or when the node thaws."""
        if self.is_frozen:
            self.hold(call, argument)
        else:
            call(argument)

    def freeze(self) -> None:
        """Stand still: no process runs, no timer fires, what arrives waits. (SIGSTOP; nobody is told.)"""
        self.must_be_up()
        if self.is_frozen or self._is_put_off(self.freeze):
            return
        self.is_frozen = True
        self.note(ev.NodeFroze, self.name, self.incarnation)
        self._held = [(self.run_queue.extendleft, list(self.run_queue)[::-1])]  # so that a drain that goes on ends here
        self.run_queue.clear()

    def thaw(self) -> None:
        """Go on where it stood still; first what has come in the meantime happens, oldest first."""
        self.must_be_up()
        if not self.is_frozen:
            return
        self.is_frozen = False
        self.note(ev.NodeThawed, self.name, self.incarnation)
        self.kick()  # the run queue is drained when all of this has happened
        held, self._held = self._held, []
        for call, argument in held:
            call(argument)

    def crash(self, power: bool = False) -> None:
        """End at once, with every process and without a word (kill -9): its connections are closed behind it.

        With `power` its computer goes as well, and nobody closes them: the others hear only silence.
        """
        self.must_be_up()
        if self._is_put_off(lambda: self.crash(power)):
            return
        self.is_up = self.is_frozen = False
        self.has_power = not power
        self.note(ev.NodeCrashed, self.name, self.incarnation, power)
        self._held = []
        processes = list(self.processes.values())
        self._forget_processes()
        for process in processes:
            body = process._body
            process._state = DEAD
            if process._alarm is not None:
                self.drop_alarm(process)
            process._resume = process._body = None
            process._mailbox = DEAD_MAILBOX
            process.__class__ = Stopped
            if type(body) is CoroutineType and body.cr_frame is not None:
                close_body(body, process.pid, self.lines_per_step)
            self.note(ev.Exited, process.pid, NODE_CRASHED)
        self.connections.break_off(power)

    def _is_put_off(self, act: Callable[[], None]) -> bool:
        """Let `act` be the next step of all when a process of this node is in the midst of its own."""
        is_busy = any(process._state is RUNNING for process in self.addresses.values())
        if is_busy:
            self.run_queue.appendleft(NextStep(lambda _: act() or SUSPENDED))
        return is_busy

    def start(self) -> None:
        """Run again, as a new incarnation without processes, names or connections; old pids lead to nobody."""
        if self.is_up:
            raise BadArgument(f"node {self.name} runs already; crash() it first")
        self.origin = Origin(self.origin.world, self.name, self.incarnation + 1)
        self._begin_numbers()
        self.is_up = self.has_power = True
        self.note(ev.NodeStarted, self.name, self.incarnation)

    @property
    def incarnation(self) -> int:
        """The number of its present start, from 1."""
        return self.origin.incarnation

    def must_be_up(self) -> None:
        """Raise BadArgument when the node is down."""
        if not self.is_up:
            raise BadArgument(f"node {self.name} is down: start() it first")
