"""What a trace says at any moment: `state = apply(state, event)`, from the first event to the last.

This is the truth to which the player is held: `js/state.js` has the same rules, word for word, and a test compares
what is drawn with what these rules give. A state is plain JSON; events are the dicts that `letitcrash.trace.as_dict`
gives. An event of a kind that has no rule here changes nothing but the count of events.
"""

import copy
import math
from collections.abc import Iterable, Mapping
from typing import Any

from letitcrash.show.player import rules_process, rules_store, rules_supervisor  # noqa: F401 - they fill RULES
from letitcrash.show.player.rules import RULES, Row, State


def start() -> State:
    """The state before the first event."""
    return {
        "n": 0, "at": 0, "line": None, "tills": {}, "lines": {}, "customers": {},
        "served": 0, "balked": 0, "reneged": 0,
        "processes": {}, "names": {}, "mailboxes": {}, "links": [], "timers": {}, "lost": 0, "supervisors": {},
    }  # fmt: skip


def apply(state: State, event: Row) -> State:
    """`state` after `event`. It changes and returns the state it is given: copy it first to keep it."""
    if "state" in event:  # a place where the trace was thinned: the state that holds after what is left out
        return copy.deepcopy(event["state"])
    fields, rule = RULES.get(event.get("kind"), ((), None))
    if rule and all(field in event for field in fields):
        rule(state, event)
    state["n"] += 1
    state["at"] = max(state["at"], event.get("at", 0))
    return state


def state_at(events: Iterable[Row], count: int) -> State:
    """The state after the first `count` events."""
    state = start()
    for _, event in zip(range(count), events, strict=False):
        state = apply(state, event)
    return state


def window_at(supervisor: Mapping[str, Any], second: float) -> list[int]:
    """The restarts that still count at virtual `second`, newest first (OTP supervisor.erl add_restart/1)."""
    return [at for at in supervisor["window"] if at >= math.floor(second) - supervisor["period"]]
