"""What an exit signal does to the process that it reaches: the rule alone (Erlang's reference manual, Processes)."""

from typing import Any, Literal, NamedTuple

from letitcrash.process.terms import KILL, KILLED, NORMAL

Outcome = Literal["ignored", "message", "exits"]


class Verdict(NamedTuple):
    """`outcome` for the receiver; `reason` is what it exits with, or what its message carries."""

    outcome: Outcome
    reason: Any


def exit_signal(reason: Any, *, trapping: bool, linked: bool = False, to_itself: bool = False) -> Verdict:
    """What a signal with `reason` does to a process.

    `trapping`: the receiver traps exits. `linked`: the signal came over a link because the other end exited; else
    somebody called `exit(pid, reason)`. `to_itself`: the sender is the receiver.

    >>> exit_signal("normal", trapping=False)
    Verdict(outcome='ignored', reason='normal')
    >>> exit_signal("kill", trapping=True)
    Verdict(outcome='exits', reason='killed')
    >>> exit_signal("kill", trapping=True, linked=True)
    Verdict(outcome='message', reason='kill')
    """
    if reason == KILL and not linked:
        return Verdict("exits", KILLED)
    if trapping:
        return Verdict("message", reason)
    if reason == NORMAL and not to_itself:
        return Verdict("ignored", reason)
    return Verdict("exits", reason)
