"""What happened, as data: one frozen dataclass per event, in the order in which it happened."""

import dataclasses
import hashlib
import inspect
import json
import math
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

VERSION = 1


class TraceError(ValueError):
    """A trace file that cannot be read; the message names the line and what is wrong with it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at virtual second `at`. Subclass it to say what."""

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
        self._fresh = [] if keep is None else deque(maxlen=keep)  # what nobody has looked at
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
        for event in self:
            yield json.dumps(as_dict(event), allow_nan=False)

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
    fields = {field.name: _plain(getattr(event, field.name)) for field in dataclasses.fields(event)}
    return {"kind": type(event).__name__, **fields}


def _plain(value: Any) -> Any:
    if value is None or type(value) in (bool, int, str):
        return value
    if type(value) is float:
        return value if math.isfinite(value) else text(value)
    if type(value) in (list, tuple):
        return [_plain(item) for item in value]
    return text(value)


def text(value: Any) -> str:
    """`value` as a reader would write it: the same text in every run, without addresses or the order of a set.

    >>> text({"till": {2, 1}, "error": ValueError("eggs")})
    "{'till': {1, 2}, 'error': ValueError('eggs')}"
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        shown = ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value) if f.repr)
        return f"{type(value).__qualname__}({', '.join(f'{name}={text(item)}' for name, item in shown)})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{text(key)}: {text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(sorted(map(text, value))) + "}" if value else f"{type(value).__name__}()"
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        shown = ", ".join(f"{name}={text(item)}" for name, item in zip(value._fields, value, strict=True))
        return f"{type(value).__qualname__}({shown})"
    if type(value) is tuple:
        return "(" + ", ".join(map(text, value)) + (",)" if len(value) == 1 else ")")
    if type(value) is list:
        return "[" + ", ".join(map(text, value)) + "]"
    if isinstance(value, BaseException):
        return f"{type(value).__name__}({', '.join(map(text, value.args))})"
    if isinstance(value, type) or inspect.isroutine(value):
        return value.__qualname__
    if type(value).__repr__ is object.__repr__:
        return f"<{type(value).__qualname__}>"
    return repr(value)


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
