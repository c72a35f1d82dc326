"""A run made small for its journey to the page: columns by kind, and a long run thinned in the middle.

A run of more than `limit` events is sent whole at its beginning, at its end and around the moment it opens at. Of what
lies between, states are sent instead, each exact, with the number of events left out before it.
"""

import copy
import json
from collections.abc import Iterable, Mapping
from typing import Any

from letitcrash.show.player import reducer

VERSION = 1
LIMIT = 20_000  # events sent whole; about half a megabyte gzipped
MOST_MOMENTS, STATE_BYTES = 200, 1_000_000  # states sent for the middle of a longer run, and their size together
LONGEST = 240  # characters of a text inside an event
MISSING = {"missing": True}
TRACE_INDEX = "trace index"  # no event has a field of this name


def pack(rows: Iterable[Mapping[str, Any]], total: int, *, around: int | None = None, limit: int = LIMIT) -> dict:
    """`rows` (`total` of them, or fewer if some cannot be read) as columns; `around` is an event to keep in view."""
    if total <= limit:
        return _columns(list(rows))
    return _columns(*_thinned(rows, total, around, limit))


def _columns(rows: list[Mapping[str, Any]], total: int | None = None, skips: dict[int, Any] | None = None) -> dict:
    kinds: dict[str, int] = {}
    fields: list[dict[str, list[Any]]] = []
    counts: list[int] = []
    for row in rows:
        kind = kinds.setdefault(row["kind"], len(kinds))
        if kind == len(fields):
            fields.append({})
            counts.append(0)
        columns = fields[kind]
        for field, value in row.items():
            if field not in ("kind", "at", TRACE_INDEX):
                column = columns.setdefault(field, [])
                column.extend([MISSING] * (counts[kind] - len(column)))
                column.append(_short(value))
        counts[kind] += 1
    for columns, count in zip(fields, counts, strict=True):
        for column in columns.values():
            column.extend([MISSING] * (count - len(column)))
    packed = {
        "total": len(rows) if total is None else total,
        "kinds": list(kinds),
        "kind": [kinds[row["kind"]] for row in rows],
        "at": [row["at"] for row in rows],
        "fields": fields,
    }
    if skips is not None:
        packed |= {"skips": skips, "numbers": [row[TRACE_INDEX] for row in rows]}
    return packed


def _thinned(
    rows: Iterable[Mapping[str, Any]], total: int, around: int | None, limit: int
) -> tuple[list, int, dict[int, Any]]:
    """The rows to send, how many there are in all, and the states for what is left out, by place."""
    third = limit // (3 if around is not None else 2)
    whole = [(0, third), (total - third, total)]
    if around is not None:
        whole.append((around - third // 2, around + third // 2))
    state, sent, skips, skipped, every = reducer.start(), [], {}, 0, None
    at = number = 0
    for number, row in enumerate(rows):
        keep = any(low <= number < high for low, high in whole)
        if keep and skipped:
            _leave_out(sent, skips, state, skipped, at, number)
            skipped = 0
        state, at = reducer.apply(state, row), row["at"]
        if keep:
            sent.append({**row, TRACE_INDEX: number})
            continue
        skipped += 1
        if every is None:  # the first one left out: the size of a state says how many of them to send
            moments = min(MOST_MOMENTS, limit // 10, max(10, STATE_BYTES // len(json.dumps(state))))
            every = max(1, (total - limit) // moments)
        if skipped >= every:
            _leave_out(sent, skips, state, skipped, at, number + 1)
            skipped = 0
    if skipped:
        _leave_out(sent, skips, state, skipped, at, number + 1)
    return sent, number + 1, skips


def _leave_out(sent: list, skips: dict, state: reducer.State, skipped: int, at: float, number: int) -> None:
    skips[len(sent)] = {"skipped": skipped, "state": copy.deepcopy(state)}
    sent.append({"kind": "Skipped", "at": at, TRACE_INDEX: number - 1})


def _short(value: Any) -> Any:
    """Texts longer than anybody reads, cut with a sign."""
    if isinstance(value, str) and len(value) > LONGEST:
        return value[: LONGEST - 1] + "…"
    return [_short(item) for item in value] if isinstance(value, list) else value
