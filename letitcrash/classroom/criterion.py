"""A criterion of an exam: one thing that an answer does or does not do, and the run that shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from letitcrash.trace import Event

Case = dict[str, Any]
Shows = Callable[..., tuple[Sequence[Event], int, str] | None]
"""Makes a run of a failing case: its events, the index of the guilty one, and the sentence about it; or None."""


class ExamError(ValueError):
    """An exam that cannot be trusted or read; the message says what is wrong and what would be right."""


@dataclass(frozen=True)
class Scene:
    """A run that shows what went wrong: its events, the index of the guilty one, and what is wrong there."""

    events: tuple[Event, ...]
    at: int
    why: str


@dataclass(frozen=True)
class Criterion:
    """One thing that an answer does or does not do.

    `says` is its sentence in the words of the story, true when the criterion holds. `on` are the kinds of case that it
    looks at: two at least, one that asks for the behaviour and one that asks for its absence, so that an answer which
    always says the same scores nothing. `judge(case, evidence)` returns None when all is well, else what went wrong.
    `shows(case, evidence)` makes of a failing case a run: its events, the index of the guilty one, and a sentence that
    says what is wrong there; or None where there is no run to show.
    """

    name: str
    says: str
    points: float
    on: tuple[str, ...]
    judge: Callable[[Case, Any], str | None] = field(repr=False)
    shows: Shows | None = field(default=None, repr=False)

    def scene(self, case: Case, evidence: Any) -> Scene | None:
        """The run that shows what is wrong with this case. Raises whatever `shows` raises, and ExamError in words."""
        return scene_of(self.name, self.shows(case, evidence) if self.shows else None)


def scene_of(name: str, made: tuple[Sequence[Event], int, str] | None) -> Scene | None:
    """The scene that criterion `name` made of a case, checked. Raises ExamError in words."""
    if made is None:
        return None
    events, at, why = made
    events = tuple(events)
    if strange := [event for event in events if not isinstance(event, Event)]:
        raise ExamError(f"criterion {name} shows {strange[0]!r}, which is no letitcrash.trace.Event")
    if not why or not 0 <= at < len(events):
        raise ExamError(f"criterion {name} shows event {at!r} of {len(events)} and says {why!r} about it")
    return Scene(events, at, why)
