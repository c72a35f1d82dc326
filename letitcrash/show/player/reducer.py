"""The state of a run at any moment: `state = apply(state, event)`, from the first event to the last.

`js/replay.js` does the same in the player, from the same table of events; a test compares all that is drawn with what
this gives. A state is plain JSON; events are the dicts that `letitcrash.trace.as_dict` gives. An event of a kind that
is not in the table, or that lacks a field, changes nothing but the count of events.
"""

import copy
import functools
import math
from collections.abc import Iterable, Mapping
from typing import Any

from letitcrash.show.player import event_table
from letitcrash.show.player.state_changes import CHANGES, State

Row = Mapping[str, Any]


def start() -> State:
    """The state before the first event."""
    return {
        "n": 0, "at": 0, "line": None, "tills": {}, "lines": {}, "customers": {},
        "served": 0, "balked": 0, "reneged": 0,
        "processes": {}, "names": {}, "mailboxes": {}, "links": [], "timers": {}, "lost": 0, "supervisors": {},
        "nodes": {}, "wires": {},
        "stores": {}, "board": None, "door": None, "sorry": None, "refused": 0,
        "shelves": {}, "ttl": None, "changed": {}, "news_stopped": False, "fetches": 0, "failures": 0,
    }  # fmt: skip


def apply(state: State, event: Row) -> State:
    """`state` after `event`. It changes and returns the state it is given: copy it first to keep it."""
    if "state" in event:  # a place where the trace was thinned: the state that holds after the events left out
        return copy.deepcopy(event["state"])
    needs, changes = _rule(event.get("kind"))
    if all(field in event for field in needs):
        for change, arguments in changes:
            change(state, *[event.get(part[1:]) if is_field else part for part, is_field in arguments])
    state["n"] += 1
    state["at"] = max(state["at"], event.get("at", 0))
    return state


@functools.cache
def _rule(kind: Any) -> tuple[list[str], list[tuple[Any, list[tuple[Any, bool]]]]]:
    """The fields that an event of this kind needs, and its changes with their arguments: (text, whether a field's)."""
    if kind not in event_table.EVENTS:
        return [], []
    changes = event_table.EVENTS[kind].get("changes", ())
    return event_table.needs(kind), [
        (CHANGES[name], [(part, _is_field(part)) for part in rest]) for name, *rest in changes
    ]


def _is_field(part: Any) -> bool:
    return isinstance(part, str) and part[:1] in ("$", "?")


def state_at(events: Iterable[Row], count: int) -> State:
    """The state after the first `count` events."""
    state = start()
    for _, event in zip(range(count), events, strict=False):
        state = apply(state, event)
    return state


def window_at(supervisor: Mapping[str, Any], second: float) -> list[int]:
    """The restarts that still count at virtual `second`, newest first (OTP supervisor.erl add_restart/1)."""
    return [at for at in supervisor["window"] if at >= math.floor(second) - supervisor["period"]]
