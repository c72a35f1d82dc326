"""The words that processes exchange: pids, references, exit reasons, and the messages of the runtime itself."""

from dataclasses import dataclass
from typing import Any

from letitcrash.process.addresses import Pid, Ref

NORMAL, SHUTDOWN, KILL, KILLED = "normal", "shutdown", "kill", "killed"
NOPROC, NOCONNECTION = "noproc", "noconnection"


class Exit(Exception):
    """Raised by a body that wants to stop: `raise Exit("shutdown")`. The reason may be any value."""

    @property
    def reason(self) -> Any:
        """The reason; without one "normal"."""
        return reason_of(self)


class BadArgument(ValueError):
    """Erlang's badarg: a name that is taken or unknown, a message to something that is no address."""


class NoProcess(LookupError):
    """Erlang's error noproc: a link to a process that is dead, from one that does not trap exits."""


@dataclass(slots=True, unsafe_hash=True)  # not frozen: that would make each of them four times as dear
class ExitSignal:
    """Erlang's {'EXIT', Pid, Reason}: the exit signal of a linked process, as a message, to one that traps exits."""

    pid: Pid
    reason: Any


@dataclass(slots=True, unsafe_hash=True)
class Down:
    """Erlang's {'DOWN', Ref, process, Object, Reason}: a monitored process is no more, or never was.

    `pid` is what was monitored: a pid, or `(name, node)` when a name was."""

    pid: Any
    reason: Any
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class NodeUp:
    """Told by `monitor_nodes`: `node` is connected now, and no signal of it has come yet."""

    node: str


@dataclass(frozen=True, slots=True)
class NodeDown:
    """Told by `monitor_nodes` and `monitor_node`: the connection to `node` is lost, or could not be made.

    `reason`: "disconnect" (this side closed it), "connection_closed", "net_tick_timeout"; `monitor_node` gives none.
    """

    node: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Timeout:
    """The result of `receive(timeout=...)` when no message came in time."""


def reason_of(error: BaseException) -> Any:
    """The exit reason that an exception leaving a body stands for.

    >>> reason_of(Exit("shutdown")), reason_of(ValueError("eggs"))
    ('shutdown', ValueError('eggs'))
    """
    if isinstance(error, Exit):
        reason = error.args[0] if error.args else NORMAL
        return reason if type(reason) is str else comparable(reason)
    return error


def error_in(reason: Any) -> BaseException | None:
    """The exception that an exit reason is or holds: the first cause of a crash, with the line where it happened.

    >>> error_in((KeyError("eggs"), ("call", "shelf", "price"))), error_in("shutdown")
    (KeyError('eggs'), None)
    """
    if isinstance(reason, BaseException):
        return reason
    parts = reason if isinstance(reason, tuple) else ()
    return next(filter(None, map(error_in, parts)), None)


def comparable(reason: Any) -> Any:
    """The reason, or the error of its `==` when it cannot be compared with a text, as all who hear of it will do."""
    try:
        bool(reason == KILL)
    except Exception as error:
        return error
    return reason


def is_clean(reason: Any) -> bool:
    """Tell whether OTP counts the reason as an ordinary end: normal, shutdown, or ("shutdown", anything).

    >>> [is_clean(reason) for reason in ("normal", "shutdown", ("shutdown", "lunch"), "killed", ValueError())]
    [True, True, True, False, False]
    """
    return reason in (NORMAL, SHUTDOWN) or (isinstance(reason, tuple) and len(reason) == 2 and reason[0] == SHUTDOWN)
