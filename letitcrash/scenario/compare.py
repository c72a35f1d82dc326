"""Compare two logs of a scenario: what must be equal, what OTP leaves open, and where they part."""

import math
from itertools import pairwise, zip_longest
from typing import Any

from letitcrash.process import events as ev
from letitcrash.world import World

SLOT = 0.1  # seconds: all that a scenario plans happens at a multiple of it
EARLY = 0.02  # seconds that a real clock may be early; it may be late by the rest of the slot


def canonical(scenario: dict, rows: list[list]) -> list[list]:
    """The rows by slot and by supervisor: what one supervisor does in an instant has an order, two have none.

    Where OTP promises no order the rows are sorted: children that are stopped at the same time (simple_one_for_one),
    and children that lose a supervisor which was killed.
    """
    loose, killed = _simple(scenario["tree"]), _kills(scenario)
    groups: dict[tuple, list] = {}
    for second, supervisor, what, id, detail in rows:
        slot = slot_of(second)
        if slot * SLOT < scenario["until"] - SLOT / 2:
            groups.setdefault((slot, supervisor, what == "answer"), []).append([what, id, detail])
    out = []
    for (slot, supervisor, _), group in sorted(groups.items()):
        if supervisor in loose or killed:
            group = [row for row in group if row[0] != "exit"] + sorted(
                (row for row in group if row[0] == "exit"), key=repr
            )
        out += [[round(slot * SLOT, 1), supervisor, *row] for row in group]
    return out


def slot_of(second: float) -> int:
    """The number of the slot in which something was planned that happened at `second` of a real clock, or of ours.

    >>> [slot_of(second) for second in (0.38, 0.4, 0.47)]
    [4, 4, 4]
    """
    return math.floor((second + EARLY) / SLOT + 1e-6)


def difference(scenario: dict, ours: list[list], theirs: list[list]) -> str | None:
    """Return in a sentence where the two logs part; None when they agree."""
    mine, other = canonical(scenario, ours), canonical(scenario, theirs)
    for number, (one, two) in enumerate(zip_longest(mine, other), start=1):
        if one != two:
            return f"row {number} is {in_words(one)}; it should be {in_words(two)}"
    return None


def in_words(row: list | None) -> str:
    """A row as a sentence.

    >>> in_words([1.2, "top", "exit", "a", "boom"])
    'at 1.2 s, under top, a exits (boom)'
    """
    if row is None:
        return "missing"
    second, supervisor, what, id, detail = row
    place = f"at {second:g} s, under {supervisor or 'the world'}, "
    if what == "answer":
        return f"at {second:g} s {supervisor} answers {id} with {detail}"
    return place + (f"{id} exits ({_short(detail)})" if what == "exit" else f"{id} is started: {_short(detail)}")


def moments(scenario: dict, world: World) -> list[float]:
    """The seconds at which something new began in a played scenario: its script, and clocks that ran out."""
    ended = {event.pid: event.at for event in world.trace.of(ev.Exited)}
    found = [step["at"] for step in scenario["script"]]
    for event in world.trace.of(ev.Slept, ev.TimedOut, ev.TimerSet):
        if isinstance(event, ev.TimedOut):
            found += [event.at] if event.waited else []
        else:
            due = event.until if isinstance(event, ev.Slept) else event.due
            found += [due] if due <= ended.get(event.pid, math.inf) else []
    return sorted(round(second, 6) for second in found if second < scenario["until"])


def clear(scenario: dict, world: World) -> bool:
    """Tell whether a real clock can play it: nothing coincides, and no restart counts near the tick of a second."""
    when = [*moments(scenario, world), scenario["until"]]
    apart = all(later - sooner > 0.99 * SLOT for sooner, later in pairwise(when))
    counted = [event.at % 1.0 for event in world.trace.of(ev.Restarted, ev.GaveUp)]
    return apart and all(0.15 <= phase <= 0.85 for phase in counted)


def _simple(tree: dict) -> set[str]:
    mine = {tree["id"]} if tree.get("strategy") == "simple_one_for_one" else set()
    return mine.union(*(_simple(child) for child in tree["children"] if "children" in child))


def _kills(scenario: dict) -> bool:
    supervisors = _ids(scenario["tree"])
    orders = [order for step in scenario["script"] for order in step["do"]]
    return any(order[0] == "signal" and order[1] in supervisors for order in orders)


def _ids(tree: dict) -> set[str]:
    return {tree["id"]}.union(*(_ids(child) for child in tree["children"] if "children" in child))


def _short(detail: Any) -> str:
    return detail if isinstance(detail, str) else repr(detail)
