"""Messages between servers and their clients, and the values by which a callback says what should happen next."""

from dataclasses import dataclass
from types import CoroutineType
from typing import Any

from letitcrash.process import Exit, Ref
from letitcrash.process.terms import NORMAL, error_in


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
    """Wait next: if no message comes within `seconds`, `handle_info(Timeout())` is called."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Continue:
    """Call `handle_continue(what)` next, before any message is taken."""

    what: Any = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and what should happen next. (An answer alone is returned as it is.)"""

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
        self.__cause__ = error_in(cause)  # so that a traceback begins with the line where the server crashed


# Return values that mean something else in OTP, or that are a slip of the pen

MISTAKABLE = frozenset({tuple, type, CoroutineType})
OTP_RETURNS = {"reply": (2, 3, 4), "noreply": (1, 2, 3), "stop": (2, 3, 4)}  # with the state that OTP has, and without


def mistake_in(answer: Any) -> str | None:
    """Say what should stand instead of a value that a callback cannot have meant; None when it may be an answer.

    >>> mistake_in(Stop), mistake_in(("eggs", 3))
    ('this is the class: return Stop(...)', None)
    """
    if isinstance(answer, type) and answer in (After, Continue, Ignore, NoReply, Reply, Stop):
        return f"this is the class: return {answer.__name__}(...)"
    if type(answer) is CoroutineType:
        answer.close()
        return f"nobody awaited it: return await {answer.__name__}(...)"
    if (
        type(answer) is tuple
        and answer
        and isinstance(answer[0], str)
        and len(answer) in OTP_RETURNS.get(answer[0], ())
    ):
        return (
            "this is how Erlang writes it. Here the state is the object: return the answer itself, NoReply(), or "
            "Stop(reason); to answer with this very tuple, return Reply((...))"
        )
    return None


def bad_return(answer: Any, rule: str | None = None) -> Exit:
    """Make the error of a callback that returned a value that fits nowhere, with the rule that it broke."""
    return Exit(("bad_return_value", answer, rule) if rule else ("bad_return_value", answer))
