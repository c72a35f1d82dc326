"""Each kind of event, described once: its changes to the state and its sentence, for Python and for the player.

`changes` are rows of a change's name and its arguments; `state_changes.py` and `js/state_changes.js` carry them out. An
argument "$field" is the event's field, which the event must have, or it changes nothing; "?field" may be missing.
`needs` names fields that an event must have besides.

`says` is a sentence, or several of which the first one applies whose conditions hold: fields of the event, or facts
that `js/event_sentences.js` adds (clean, crossed, envelope, runtime, sender_dead, to_alias). "{field}" is written as
FIELDS says, "{field:noun}" as a number with its noun, "{news}" is a message's contents. `leaves` says what became of a
customer who is gone with the event.
"""

import json
from typing import Any

from letitcrash.show.player import (
    events_balancing,
    events_caching,
    events_node,
    events_process,
    events_store,
    events_supervisor,
)

EVENTS: dict[str, dict[str, Any]] = {
    **events_store.EVENTS,
    **events_process.EVENTS,
    **events_supervisor.EVENTS,
    **events_node.EVENTS,
    **events_balancing.EVENTS,
    **events_caching.EVENTS,
}
"""Every kind that the player knows."""

LANES = ("pid", "sender", "receiver", "supervisor")
"""Fields that name a process with a part in the event: it has a lane in space-time."""

FIELDS = {
    **dict.fromkeys((*LANES, "other", "parent", "id"), "process"),
    **dict.fromkeys(("message", "content"), "message"),
    **dict.fromkeys(("waited", "period", "ttl"), "seconds"),
    **dict.fromkeys(("until", "due"), "seconds from now"),
    **dict.fromkeys(("seen", "counts", "stores"), "numbers"),
    "position": "place in the mailbox",
}
"""The writing of a field in a sentence; a field that is not here is written as plain text."""

PID, REF = r"<[^<>\s]+\.\d+ [^>]*>", r"ref=(?:#[^\s,)]+|None)"
MESSAGES = [
    [r"^Call\(request=(.*), caller=.*\)$", "call", "$1"],
    [r"^Cast\(message=(.*)\)$", "cast", "$1"],
    [rf"^Answer\({REF}, value=(.*)\)$", "answer", "$1"],
    [r"^Ack\(pid=(.*), value=.*, failed=False\)$", "started", "$1 is ready"],
    [r"^Ack\(pid=(.*), value=(.*), failed=True\)$", "started", "$1 failed to start: $2"],
    [r"^ExitSignal\(pid=(<[^>]*>), reason=(.*)\)$", "exit signal", "$1 has exited: $2"],
    [rf"^Down\(pid=\('(.*)', '0'\), reason=(.*), {REF}\)$", "down", "$1 is down: $2"],
    [rf"^Down\(pid=\('(.*)', '(.*)'\), reason=(.*), {REF}\)$", "down", "$1 on $2 is down: $3"],
    [rf"^Down\(pid=(.*), reason=(.*), {REF}\)$", "down", "$1 is down: $2"],
    [r"^NodeUp\(node='(.*)'\)$", "node", "node $1 is up"],
    [r"^NodeDown\(node='(.*?)', reason=(.*)\)$", "node", "node $1 is down: $2"],
]
"""Messages of the runtime and of servers: the text of one, its envelope, and how its contents are written."""


def needs(kind: str) -> list[str]:
    """The fields that an event of this kind must have to change the state."""
    row = EVENTS[kind]
    arguments = [part for change in row.get("changes", ()) for part in change[1:]]
    named = [part[1:] for part in arguments if isinstance(part, str) and part.startswith("$") and part != "$at"]
    return list(dict.fromkeys([*named, *row.get("needs", ())]))


def as_script() -> str:
    """The table as the constant that the player's scripts read."""
    kinds = {kind: {**row, "needs": needs(kind)} for kind, row in EVENTS.items()}
    table = {"events": kinds, "lanes": LANES, "fields": FIELDS, "messages": MESSAGES, "pid": PID}
    return f"const EVENT_TABLE = {json.dumps(table, ensure_ascii=False)};\n"
