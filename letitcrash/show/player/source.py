"""Anything that can be watched, as rows: one dict per event, and notes on what is wrong with them."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from letitcrash import trace as traces
from letitcrash.show.player import event_table


class Source:
    """The rows of a run. `notes`, complete once all rows have been read, says what is wrong with them."""

    def __init__(self, what: Any):
        self.notes: list[str] = []
        self._what = _events_of(what)
        self._writer = traces.Writer()
        self._odd: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The rows in the order of the trace; each has a kind and a finite time."""
        latest = -math.inf
        for number, item in enumerate(self._what):
            row = self._row(item, number)
            if row is None:
                continue
            if row["at"] < latest:
                self._note("order", f"event {number} ({row['kind']}) at {row['at']:g} s comes after {latest:g} s")
            latest = max(latest, row["at"])
            self._check_kind(row, number)
            yield row
        self._close()

    def _row(self, item: Any, number: int) -> dict[str, Any] | None:
        if isinstance(item, traces.Event):
            row = self._writer.as_dict(item)
        else:
            row = self._parsed(item, number)
            if row is None:
                return None
        at = row.get("at")
        if isinstance(at, bool) or not isinstance(at, int | float) or not math.isfinite(at):
            self._note("unread", f"event {number} ({row['kind']}) has no time: at is {at!r}")
            return None
        return row

    def _parsed(self, item: Any, number: int) -> dict[str, Any] | None:
        if isinstance(item, str | bytes):
            if not item.strip():
                return None
            try:
                item = json.loads(item)
            except ValueError:
                self._note("unread", f"line {number + 1} is not JSON: {str(item).strip()[:60]!r}")
                return None
        if isinstance(item, dict) and "trace" in item and "kind" not in item:
            if item.get("version") != traces.VERSION:
                self.notes.append(
                    f"This trace is of version {item.get('version')}, and this release reads version "
                    f"{traces.VERSION}: what it knows is drawn, the rest is in the list."
                )
            return None
        if not isinstance(item, dict) or not isinstance(item.get("kind"), str):
            self._note("unread", f"item {number} is no event: {str(item)[:60]!r}")
            return None
        return {str(field): _plain(value) for field, value in item.items()}

    def _check_kind(self, row: dict[str, Any], number: int) -> None:
        kind = row["kind"]
        if kind in event_table.EVENTS:
            lacking = [field for field in event_table.needs(kind) if field not in row]
            if lacking:
                self._note("lacking", f"event {number} ({kind}) has no {' and no '.join(lacking)}")
        else:
            self._note("unknown", kind)

    def _note(self, what: str, first: str) -> None:
        self._odd[what] += 1
        self._first.setdefault(what, first)

    def _close(self) -> None:
        """Each fault once, with how often and where first."""
        says = {
            "order": "{n} out of order (first: {first}); they are shown as they are, and the clock waits.",
            "lacking": "{n} incomplete (first: {first}); they are in the list and not drawn.",
            "unknown": "{n} of a kind that is not drawn (first: {first}); they are in the list.",
            "unread": "{n} left out, because they cannot be read (first: {first}).",
        }
        for what, sentence in says.items():
            if count := self._odd[what]:
                are = "1 event is" if count == 1 else f"{count:,} events are"
                if count == 1:
                    sentence = sentence.replace("they are", "it is").replace("they cannot", "it cannot")
                self.notes.append(sentence.format(n=are, first=self._first[what]))


def _plain(value: Any) -> Any:
    """`value` as JSON has it; all else becomes text."""
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    finite = isinstance(value, float) and math.isfinite(value)
    return value if value is None or finite or isinstance(value, bool | int | str) else traces.text(value)


def _events_of(what: Any) -> Iterable[Any]:
    if isinstance(what, Path) or (isinstance(what, str) and "\n" not in what and what.endswith(".jsonl")):
        return Path(what).read_text("utf-8").splitlines()
    if isinstance(what, str):
        return what.splitlines()
    if isinstance(what, traces.Trace):
        return what
    if hasattr(what, "trace"):
        return _events_of(what.trace)
    if isinstance(what, Iterable) and not isinstance(what, dict):
        return what
    raise TypeError(f"watch takes a trace, a world, a day with its trace or a file of JSON lines; not {what!r}")
