"""The events of a run, as data: one frozen dataclass per event, in the order in which it happened."""

import dataclasses
import hashlib
import json
import math
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from json.encoder import encode_basestring_ascii as _quoted
from typing import IO, Any

from letitcrash.text import Texts

VERSION = 1


class TraceError(ValueError):
    """A trace file that cannot be read; the message names the line and what is wrong with it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at second `at`; a subclass says what it was."""

    at: float


def kinds() -> dict[str, type[Event]]:
    """Every kind of event that is defined now, by name."""
    found, todo = {}, [Event]
    while todo:
        for kind in todo.pop().__subclasses__():
            found[kind.__name__] = kind
            todo.append(kind)
    return found


class Trace:
    """The events of one run. `keep` is how many of the newest to hold: None for all, 0 for none.

    `record` takes an event or, where speed counts, a row `(Kind, at, ...)` that becomes the event when somebody looks:
    a tuple costs a tenth of a frozen dataclass. `note` takes a row and costs less again: a list of all the rows' parts
    is nothing to the garbage collector. Messages are kept as they are until the trace is written.
    """

    def __init__(self, events: Iterable[Event] = (), keep: int | None = None):
        self.keep = keep
        self._events: list[Event] = []
        self._fresh = [] if keep is None else deque(maxlen=keep)  # rows that nobody has looked at
        self.record = self._fresh.append
        self.note = self._fresh.extend if keep is None else self._fresh.append
        self._fresh.extend(events)

    @property
    def events(self) -> list[Event]:
        """All events held, oldest first."""
        return list(self._seen())

    def _seen(self) -> list[Event]:
        if self.keep is not None:
            return [_as_event(row) for row in self._fresh]
        if self._fresh:
            self._events += _rows(iter(self._fresh))
            self._fresh.clear()
        return self._events

    def __iter__(self) -> Iterator[Event]:
        return iter(self._seen())

    def __len__(self) -> int:
        return len(self._seen()) if self.keep is None else len(self._fresh)

    def __getitem__(self, index: int) -> Event:
        return self._seen()[index]

    def __reduce__(self):
        return Trace, (self.events, self.keep)  # or the copy's `record` would go on writing to the first trace

    def of(self, *wanted: type[Event]) -> "Trace":
        """Only the events of these kinds."""
        return Trace(event for event in self if isinstance(event, wanted))

    def between(self, start: float, end: float) -> "Trace":
        """Only the events with start <= at < end."""
        return Trace(event for event in self if start <= event.at < end)

    def lines(self) -> Iterator[str]:
        """The trace as JSON lines: a header with the version, then an object per event."""
        yield json.dumps({"trace": "letitcrash", "version": VERSION})
        line = Writer().line
        for event in self:
            yield line(event)

    def write(self, file: IO[str]) -> None:
        """Write the trace to `file`, one JSON object a line."""
        for line in self.lines():
            file.write(line + "\n")

    def digest(self) -> str:
        """The SHA-256 of what `write` writes: equal for equal runs, on every Python."""
        found = hashlib.sha256()
        for line in self.lines():
            found.update(f"{line}\n".encode())
        return found.hexdigest()


def _as_event(row: Event | tuple) -> Event:
    return row[0](*row[1:]) if type(row) is tuple else row


def _rows(parts: Iterator) -> Iterator[Event]:
    """The events in a list of events, rows, and parts of rows one after the other."""
    for part in parts:
        if isinstance(part, type):
            yield part(*islice(parts, len(part.__dataclass_fields__)))
        else:
            yield _as_event(part)


def as_dict(event: Event) -> dict[str, Any]:
    """The event as a dict of what JSON has, its kind under "kind"; all else becomes text (see `text`)."""
    return Writer().as_dict(event)


class Writer:
    """Writes events as dicts or as lines of JSON. One for many looks up a kind's fields and makes a pid's text once."""

    def __init__(self):
        self._forms: dict[type[Event], tuple[str, list[str]]] = {}
        self._text = Texts().of

    def as_dict(self, event: Event) -> dict[str, Any]:
        """See the function `as_dict`."""
        names = self._form(type(event))[1]
        fields = {name: self._plain(getattr(event, name)) for name in names}
        return {"kind": type(event).__name__, **fields}

    def line(self, event: Event) -> str:
        """`json.dumps(as_dict(event))`, byte for byte."""
        form, names = self._form(type(event))
        return form % tuple([self._json(getattr(event, name)) for name in names])

    def _form(self, kind: type[Event]) -> tuple[str, list[str]]:
        """The line of this kind, with a hole for each field, and the names of the fields."""
        if kind not in self._forms:
            row = {"kind": _quoted(kind.__name__).replace("%", "%%")}
            row.update((field.name, "%s") for field in dataclasses.fields(kind))
            form = ", ".join(f"{_quoted(name)}: {value}" for name, value in row.items())
            self._forms[kind] = ("{" + form + "}", [name for name, value in row.items() if value == "%s"])
        return self._forms[kind]

    def _plain(self, value: Any) -> Any:
        kind = type(value)
        if value is None or kind is str or kind is int or kind is bool or (kind is float and math.isfinite(value)):
            return value
        if kind is list or kind is tuple:
            return [self._plain(item) for item in value]
        return self._text(value)

    def _json(self, value: Any) -> str:
        kind = type(value)
        if kind is str:
            return _quoted(value)
        if kind is int or (kind is float and math.isfinite(value)):
            return repr(value)
        if value is None or kind is bool:
            return _WORDS[value]
        if kind is list or kind is tuple:
            return f"[{', '.join(map(self._json, value))}]"
        return _quoted(self._text(value))


_WORDS = {None: "null", True: "true", False: "false"}


def read(lines: Iterable[str]) -> Trace:
    """The trace that `Trace.write` wrote. Raises TraceError for anything else."""
    known, trace = kinds(), None
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise TraceError(f"line {number} is not JSON: {error}") from None
        if trace is None:
            _check_header(row)
            trace = Trace()
        else:
            trace.record(_event(row, number, known))
    if trace is None:
        raise TraceError("the file is empty: a trace starts with its header line")
    return trace


def _check_header(row: Any) -> None:
    if not isinstance(row, dict) or row.get("trace") != "letitcrash":
        raise TraceError('line 1 is not a trace header: it should be {"trace": "letitcrash", ...}')
    if row.get("version") != VERSION:
        raise TraceError(f"version {row.get('version')} of the trace format; this release reads version {VERSION}")


def _event(row: Any, number: int, known: dict[str, type[Event]]) -> Event:
    kind = known.get(str(row.pop("kind", None))) if isinstance(row, dict) else None
    if kind is None:
        raise TraceError(f"line {number} is not an event of a known kind: {row}")
    if type(row.get("at")) not in (int, float):
        raise TraceError(f'line {number}: "at" must be a number of seconds: {row}')
    try:
        return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})
    except TypeError as error:
        raise TraceError(f"line {number}: {error}") from None
