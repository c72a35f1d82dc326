"""What a lab's exam is: cases from a seed, a driver that gathers evidence, criteria that judge it.

A lab's `exam.py` makes one `Exercise` per exercise and hangs three kinds of function on it:

    lost_calls = Exercise("erlang_b", defines=["erlang_b"], parts=["erlang_b"], minutes=15, lines=6)

    @lost_calls.cases
    def switchboards(random):
        yield {"kind": "quiet", "offered": random.uniform(0.1, 0.5), "servers": 5}
        yield {"kind": "busy", "offered": random.uniform(3, 9), "servers": random.randint(1, 4)}

    @lost_calls.driver
    def ring(student, case):
        return student.erlang_b(case["offered"], case["servers"])

    @lost_calls.criterion(points=2, on=["quiet", "busy"])
    def the_share_of_lost_calls(case, evidence):
        '''Of all calls, the right share hears the busy tone.'''
        expected = erlang_b(case["offered"], case["servers"])
        if not close(evidence, expected):
            return f"{shown(evidence)} of the calls were lost; {expected:.4f} should have been"

A criterion whose failing case is a run says so with `shows=`, and `check()` opens the player on that run:

    def who_was_cut_off(case, evidence):
        events = [CallCame(0, 1), *(KINDS[what](at, *who) for what, at, *who in evidence["seen"])]
        return events, 3, "Call 1 is cut off here, and two lines are free"  # the trace, its guilty event, why

The driver runs where the student's code runs: a kernel, or a sandbox that sees nothing else of this file. Its source
alone is sent there, so it stands on its own: what it imports, it imports inside. It returns JSON-able evidence and
decides nothing. The criteria run in a process that never ran the student's code. Cases hold what is asked, never what
is right. The exam's module is at home in Pyodide: it imports the standard library and the project only.
"""

import inspect
import json
import linecache
import math
import random as chance
import re
import textwrap
import types
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from letitcrash.classroom.tables import scenario, shown
from letitcrash.trace import Event
from letitcrash.world import stream

Case = dict[str, Any]
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


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
    shows: Callable[[Case, Any], tuple[Sequence[Event], int, str] | None] | None = field(default=None, repr=False)

    def scene(self, case: Case, evidence: Any) -> Scene | None:
        """The run that shows what is wrong with this case. Raises whatever `shows` raises, and ExamError in words."""
        made = self.shows(case, evidence) if self.shows else None
        if made is None:
            return None
        events, at, why = made
        events = tuple(events)
        if strange := [event for event in events if not isinstance(event, Event)]:
            raise ExamError(f"criterion {self.name} shows {strange[0]!r}, which is no letitcrash.trace.Event")
        if not why or not 0 <= at < len(events):
            raise ExamError(f"criterion {self.name} shows event {at!r} of {len(events)} and says {why!r} about it")
        return Scene(events, at, why)


class Exercise:
    """One exercise: what the reader defines, and how we find out whether it does what it should.

    name       as in `check("restart_window")`; its cell's id is then `exercise-restart-window`
    defines    the names that the exercise's cell must bind; the driver finds them on `student`
    parts      those of them that later labs may ask for with `part(name)`
    needs      earlier exercises of this lab whose definitions this one uses
    hides      what an answer may not borrow from the library, as "module:name"; the parts' references always are
    minutes    a reader's time
    lines      of a short correct answer
    steps      loop rounds and calls of the answer's own code in one case, at most; then it counts as running for ever
    """

    def __init__(
        self,
        name: str,
        *,
        defines: Sequence[str],
        minutes: int,
        lines: int,
        parts: Sequence[str] = (),
        needs: Sequence[str] = (),
        hides: Sequence[str] = (),
        steps: int = 200_000,
    ):
        if not NAME.fullmatch(name):
            raise ExamError(
                f"exercise {name!r}: a name is small letters, digits and single underscores: restart_window"
            )
        if not defines or not set(parts) <= set(defines):
            raise ExamError(f"exercise {name}: it must define something, and its parts {list(parts)} be among that")
        self.name, self.minutes, self.lines, self.steps = name, minutes, lines, steps
        self.defines, self.parts, self.needs, self.hides = tuple(defines), tuple(parts), tuple(needs), tuple(hides)
        self.criteria: list[Criterion] = []
        self._cases: Callable[[chance.Random], Iterable[Case]] | None = None
        self.drive: Callable[[Any, Case], Any] | None = None
        """The driver: `drive(student, case)` gives the evidence."""
        self.driver_source = ""
        """The source of the driver alone: all that the sandbox sees of the exam."""
        self._scenario: Callable[[Case, Any], list[Sequence[Any]]] = scenario

    def __repr__(self) -> str:
        return f"Exercise({self.name!r}, {self.points:g} points)"

    @property
    def cell_id(self) -> str:
        """The id of the exercise's cell in the lab's notebook."""
        return f"exercise-{self.name.replace('_', '-')}"

    @property
    def points(self) -> float:
        """What a full answer scores."""
        return sum(criterion.points for criterion in self.criteria)

    def cases(self, make: Callable[[chance.Random], Iterable[Case]]) -> Callable:
        """Decorate `make(random)`, which yields the cases: JSON-able dicts, each with a "kind"; small ones too."""
        self._cases = make
        return make

    def driver(self, drive: Callable[[Any, Case], Any]) -> Callable:
        """Decorate `drive(student, case)`, which puts the student's objects through a case and returns evidence."""
        self.drive = drive
        source = textwrap.dedent(inspect.getsource(drive))
        if "def " not in source or drive.__closure__:
            raise ExamError(f"exercise {self.name}: its driver travels alone, so it is a `def` at the top of the exam")
        self.driver_source = source[source.index("def ") :]
        return drive

    def criterion(self, *, on: Sequence[str], points: float = 1, shows: Callable | None = None) -> Callable:
        """Decorate `judge(case, evidence)`; its name is the criterion's, its docstring the sentence `says`.

        `shows(case, evidence)` makes a run of a case that fails: see `Criterion`.
        """

        def add(judge: Callable[[Case, Any], str | None]) -> Callable:
            if len(set(on)) < 2:
                raise ExamError(
                    f"criterion {judge.__name__}: on={list(on)}; pair a kind that asks with one that does not"
                )
            if not judge.__doc__:
                raise ExamError(f"criterion {judge.__name__} has no docstring: say in the story's words what holds")
            if not points > 0:
                raise ExamError(f"criterion {judge.__name__}: {points} points; it should be more than 0")
            says = " ".join(judge.__doc__.split())
            self.criteria.append(Criterion(judge.__name__, says, points, tuple(on), judge, shows))
            return judge

        return add

    def scenario(self, rows: Callable[[Case, Any], list[Sequence[Any]]]) -> Callable:
        """Decorate `rows(case, evidence)`: a failing case as a small table, header first. Without it: field, value."""
        self._scenario = rows
        return rows

    def cases_for(self, seed: int) -> list[Case]:
        """The cases under `seed`, the same in every process. Raises ExamError when a criterion's kind is missing."""
        if self._cases is None or self.drive is None or not self.criteria:
            raise ExamError(f"exercise {self.name}: an exam needs cases, a driver and at least one criterion")
        cases = json.loads(json.dumps(list(self._cases(stream(seed, f"exam {self.name}"))), allow_nan=False))
        asked = {kind for criterion in self.criteria for kind in criterion.on}
        if missing := sorted(asked - {case.get("kind") for case in cases}):
            raise ExamError(f"exercise {self.name}, seed {seed}: no case of kind {', '.join(missing)}")
        return cases

    def job(self, answer: str, seed: int, before: Sequence[str] = ()) -> dict[str, Any]:
        """All that `drive.gather` needs, as JSON: no criterion, no expected value. The sources `before` run first."""
        return {
            "name": self.name,
            "defines": self.defines,
            "before": list(before),
            "answer": answer,
            "driver": self.driver_source,
            "driver_name": self.drive.__name__,
            "cases": self.cases_for(seed),
            "steps": self.steps,
        }

    def rows(self, case: Case, evidence: Any) -> list[Sequence[Any]]:
        """A failing case as a table, header first; never raises. Where there is no evidence it is an `Instead`."""
        try:
            return self._scenario(case, evidence)
        except Exception:
            return [("", ""), ("your answer", shown(evidence))]


def close(got: Any, expected: float, relative: float = 1e-6, absolute: float = 1e-9) -> bool:
    """Whether `got` is a number, not NaN, near `expected`."""
    return number(got) and math.isclose(got, expected, rel_tol=relative, abs_tol=absolute)


def number(got: Any) -> bool:
    """Whether `got` is a finite number; True and False are none."""
    return isinstance(got, int | float) and not isinstance(got, bool) and math.isfinite(got)


def load(folder: Path) -> dict[str, Exercise]:
    """The exercises of the exam in `folder`, by name, in their order. Raises ExamError in words."""
    path = Path(folder) / "exam.py"
    if not path.is_file():
        raise ExamError(f"no exam.py in {Path(folder).name or folder}: a lab's notebook and its exam.py share a folder")
    text, filename = path.read_text(encoding="utf-8"), f"<exam of {path.parent.name}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)  # for inspect.getsource
    module = types.ModuleType("exam")
    module.__file__ = str(path)
    exec(compile(text, filename, "exec"), vars(module))
    found = {item.name: item for item in vars(module).values() if isinstance(item, Exercise)}
    for name, exercise in found.items():
        if strange := [need for need in exercise.needs if need not in list(found)[: list(found).index(name)]]:
            raise ExamError(f"exercise {name} needs {strange[0]}, which is no earlier exercise of this exam")
    return found
