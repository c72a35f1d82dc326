"""The rule of exit signals: the fate of a process that one reaches (Erlang's reference manual, Processes)."""

from collections.abc import Callable
from typing import Any, Literal, get_args

from letitcrash.process.terms import KILL, KILLED, NORMAL, BadArgument

Outcome = Literal["ignored", "message", "exits"]


def exit_signal(reason: Any, *, trapping: bool, linked: bool = False, to_itself: bool = False) -> tuple[Outcome, Any]:
    """The outcome for a process that a signal with `reason` reaches, and the reason it then exits with or is told.

    `trapping`: the receiver traps exits. `linked`: the signal came over a link because the other end exited; else
    somebody called `exit(pid, reason)`. `to_itself`: the sender is the receiver.

    >>> exit_signal("normal", trapping=False)
    ('ignored', 'normal')
    >>> exit_signal("kill", trapping=True)
    ('exits', 'killed')
    >>> exit_signal("kill", trapping=True, linked=True)
    ('message', 'kill')
    """
    if reason == KILL and not linked:
        return "exits", KILLED
    if trapping:
        return "message", reason
    if reason == NORMAL and not to_itself:
        return "ignored", reason
    return "exits", reason


def checked(rule: Callable) -> Callable:
    """`rule`, and BadArgument when it says what no rule can say; the library's own is not asked twice."""
    if rule is exit_signal:
        return rule

    def asked(reason: Any, **how: bool) -> tuple[Outcome, Any]:
        said = rule(reason, **how)
        if type(said) in (tuple, list) and len(said) == 2 and said[0] in get_args(Outcome):
            return said
        came = ", ".join(f"{word}={value}" for word, value in how.items())
        raise BadArgument(
            f"exit_signal({reason!r}, {came}) says {said!r}; it says ignored, message or exits, and the reason"
        )

    return asked
