"""The words that processes exchange: pids, references, exit reasons and the three messages of the runtime itself."""

from dataclasses import dataclass
from typing import Any

NORMAL, SHUTDOWN, KILL, KILLED = "normal", "shutdown", "kill", "killed"
NOPROC, NOCONNECTION = "noproc", "noconnection"


class Pid:
    """The address of one process, for ever: a value to keep, send and compare; it outlives its process."""

    __slots__ = ("_process", "label", "node", "number")  # the process as long as it lives; all are set by `born`

    def __repr__(self) -> str:
        return f"<{self.node}.{self.number} {self.label}>"

    def __copy__(self) -> "Pid":
        return self

    def __deepcopy__(self, memo: dict) -> "Pid":
        return self


class Ref:
    """A reference: unique in its run, made to know an answer again. `owner` is who made it.

    An alias is also an address of its owner, until it is closed.
    """

    __slots__ = ("_process", "is_alias", "number", "owner")  # the process as long as it is its open address

    def __init__(self, number: int, owner: Pid, address_of: Any = None):
        self.number = number
        self.owner = owner
        self.is_alias = address_of is not None
        self._process = address_of

    def is_answered_by(self, message: Any) -> bool:
        """Whether the message carries this reference."""
        return getattr(message, "ref", None) is self

    def __repr__(self) -> str:
        return f"#{self.number}"

    def __copy__(self) -> "Ref":
        return self

    def __deepcopy__(self, memo: dict) -> "Ref":
        return self


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
class Timeout:
    """What `receive(timeout=...)` returns when no message came in time."""


def reason_of(error: BaseException) -> Any:
    """The exit reason that an exception leaving a body stands for.

    >>> reason_of(Exit("shutdown")), reason_of(ValueError("eggs"))
    ('shutdown', ValueError('eggs'))
    """
    if isinstance(error, Exit):
        reason = error.args[0] if error.args else NORMAL
        return reason if type(reason) is str else comparable(reason)
    return error


def comparable(reason: Any) -> Any:
    """The reason, or the error of its `==` when it cannot be compared with a text, as all who hear of it will do."""
    try:
        bool(reason == KILL)
    except Exception as error:
        return error
    return reason


def is_clean(reason: Any) -> bool:
    """Whether OTP counts the reason as an ordinary end: normal, shutdown, or ("shutdown", anything).

    >>> [is_clean(reason) for reason in ("normal", "shutdown", ("shutdown", "lunch"), "killed", ValueError())]
    [True, True, True, False, False]
    """
    return reason in (NORMAL, SHUTDOWN) or (isinstance(reason, tuple) and len(reason) == 2 and reason[0] == SHUTDOWN)
