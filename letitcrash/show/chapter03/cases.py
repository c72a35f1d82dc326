"""All cases of the rule of exit signals, as a table: the chapter shows the effect of a rule that lab 3 asks for."""

import itertools
from collections.abc import Callable

from letitcrash.show.tables import Table, table

REASONS = ("crash", "normal", "kill")
WAYS = {
    "over a link": {"linked": True},
    "`exit(Pid, …)` from another process": {},
    "`exit(Pid, …)` from itself": {"to_itself": True},
}


def cases(exit_signal: Callable[..., tuple[str, object]]) -> Table:
    """Each reason by each way to reach a process, with the effect that `exit_signal` gives it."""
    rows = []
    for reason, (way, how) in itertools.product(REASONS, WAYS.items()):
        effects = [_words(*exit_signal(reason, trapping=trapping, **how)) for trapping in (False, True)]
        rows.append([f"`{reason}`", way, *effects])
    return table(["reason", "how the signal comes", "the process does not trap", "it traps"], rows)


def _words(outcome: str, reason: object) -> str:
    return {"ignored": "nothing happens", "message": f"message: {reason}", "exits": f"exits: {reason}"}[outcome]
