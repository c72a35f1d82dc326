"""The words between servers and those who ask: messages, and what a callback says should happen next."""

from dataclasses import dataclass
from typing import Any

from letitcrash.process import Exit, Ref
from letitcrash.process.terms import NORMAL


@dataclass(slots=True, unsafe_hash=True)
class Call:
    """The message of a call. `caller` is the reference to answer under: give it to `reply` to answer later."""

    request: Any
    caller: Ref


@dataclass(slots=True, unsafe_hash=True)
class Cast:
    """The message of a cast."""

    message: Any


@dataclass(slots=True, unsafe_hash=True)
class Answer:
    """The message of a reply."""

    ref: Ref
    value: Any


@dataclass(slots=True, unsafe_hash=True)
class StopRequest:
    """The message of `stop`."""

    reason: Any


@dataclass(frozen=True, slots=True)
class After:
    """What next: if no message comes within `seconds`, `handle_info(Timeout())`."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Continue:
    """What next: `handle_continue(what)`, before any message."""

    what: Any = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and what next. (An answer alone is returned as it is.)"""

    value: Any
    then: After | Continue | None = None


@dataclass(frozen=True, slots=True)
class NoReply:
    """No answer now: somebody will `reply` later, or nobody."""

    then: After | Continue | None = None


NOTHING = object()


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop with `reason`; in a call, `reply` is still answered. In `init`: the start fails."""

    reason: Any = NORMAL
    reply: Any = NOTHING


@dataclass(frozen=True, slots=True)
class Ignore:
    """From `init`: do not start, and it is no error."""


class CallFailed(Exit):
    """A call without an answer. `cause`: "timeout", "noproc", "calling_self", or the reason the server exited with."""

    def __init__(self, cause: Any, server: Any, request: Any):
        super().__init__((cause, ("call", server, request)))
        self.cause = cause
