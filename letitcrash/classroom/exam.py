"""A lab's exam: cases from a seed, a driver that gathers evidence, criteria that judge it, and a search.

A lab's `exam.py` makes one `Exercise` per exercise and hangs its functions on it:

    parts = {"erlang_b": "letitcrash.queueing:erlang_b"}
    lost_calls = Exercise("erlang_b", defines=["erlang_b"], parts=parts, minutes=15, lines=6)

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

    @lost_calls.search(rounds=100)
    def any_switchboard(random, size):
        return {"offered": random.randrange(0, 80) / 8, "servers": random.randint(0, size)}

The search draws scenarios, which the driver (or a player of their own: `@lost_calls.player`) plays on the answer and on
the reference; where the two differ the last criterion fails. labs/README.md takes you through it.

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
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import letitcrash
from letitcrash.classroom.criterion import Case, Criterion, ExamError, Scene
from letitcrash.classroom.search import AGREES, Search, any_value, moments, same
from letitcrash.classroom.tables import scenario, shown, versus
from letitcrash.world import stream

__all__ = [
    "AGREES", "Case", "Criterion", "ExamError", "Exercise", "Scene", "any_value", "close", "labs", "load", "moments",
    "same", "shown", "versus",
]  # fmt: skip

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_PACKAGE = Path(letitcrash.__file__).parent
LABS = _PACKAGE / "labs" if (_PACKAGE / "labs").is_dir() else _PACKAGE.parent / "labs"
"""The project's labs: inside the package where a wheel brought it (setup.py), beside it in a clone."""


class Exercise:
    """One exercise: the names that the reader defines, and the questions that find out whether they are right.

    name       as in `check("restart_window")`; its cell's id is then `exercise-restart-window`
    defines    the names that the exercise's cell must bind; the driver finds them on `student`
    parts      those of them that later labs may ask for with `part(name)`, each with the library's own: "module:name"
    reference  the right answer that a search compares with, where it is no part: as "module:name", or itself
    needs      earlier exercises of this lab whose definitions this one uses
    hides      more of the library, as "module:name", that an answer may not borrow; parts and reference it never may
    minutes    a reader's time
    lines      of a short correct answer
    steps      loop rounds and calls of the answer's own code in one case, at most; then it counts as running for ever
    optional   a reader may leave it out: `finish` does not ask for it
    """

    def __init__(
        self,
        name: str,
        *,
        defines: Sequence[str],
        minutes: int,
        lines: int,
        parts: Mapping[str, str] = types.MappingProxyType({}),
        reference: Mapping[str, Any] = types.MappingProxyType({}),
        needs: Sequence[str] = (),
        hides: Sequence[str] = (),
        steps: int = 200_000,
        optional: bool = False,
    ):
        if not NAME.fullmatch(name):
            raise ExamError(
                f"exercise {name!r}: a name is small letters, digits and single underscores: restart_window"
            )
        if not defines or not set(parts) <= set(defines):
            raise ExamError(f"exercise {name}: it must define something, and its parts {list(parts)} be among that")
        self.name, self.minutes, self.lines, self.steps, self.optional = name, minutes, lines, steps, optional
        self.defines, self.needs, self.hides = tuple(defines), tuple(needs), tuple(hides)
        self.parts, self.right = dict(parts), {**parts, **reference}
        self.needed: list[Exercise] = []
        """The exercises that `needs` names, once the exam is loaded."""
        self.criteria: list[Criterion] = []
        self.searches: Search | None = None
        self.figures: Callable[[list[Case], list[Any]], str] | None = None
        self._cases: Callable[[chance.Random], Iterable[Case]] | None = None
        self.drive: Callable[[Any, Case], Any] | None = None
        """The driver: `drive(student, case)` gives the evidence."""
        self.driver_source = ""
        """The source of the driver alone: all that the sandbox sees of the exam, beside the player's."""
        self.play: Callable[[Any, Case], Any] | None = None
        self.player_source = ""
        self._scenario: Callable[[Case, Any], list[Sequence[Any]]] = scenario

    def __repr__(self) -> str:
        return f"Exercise({self.name!r}, {self.points:g} points)"

    @property
    def cell_id(self) -> str:
        """The id of the exercise's cell in the lab's notebook."""
        return f"exercise-{self.name.replace('_', '-')}"

    @property
    def points(self) -> float:
        """The points of a full answer."""
        return sum(criterion.points for criterion in self.criteria) + (self.searches.points if self.searches else 0)

    @property
    def hidden(self) -> set[str]:
        """The library's own answers, as "module:name", which an answer may not borrow."""
        named = [*self.hides, *self.parts.values(), *self.right.values()]
        return {target for target in named if isinstance(target, str)}

    @property
    def names_of_criteria(self) -> list[str]:
        """The criteria's names, that of the search last."""
        return [*(criterion.name for criterion in self.criteria), *([AGREES] if self.searches else [])]

    def cases(self, make: Callable[[chance.Random], Iterable[Case]]) -> Callable:
        """Decorate `make(random)`, which yields the cases: JSON-able dicts, each with a "kind"; small ones too."""
        self._cases = make
        return make

    def driver(self, drive: Callable[[Any, Case], Any]) -> Callable:
        """Decorate `drive(student, case)`, which puts the student's objects through a case and returns evidence.

        As a generator it yields its evidence piece by piece; what it yielded before an error is kept.
        """
        self.drive, self.driver_source = drive, self._travelling(drive, "driver")
        return drive

    def search(self, *, rounds: int = 60, points: float = 2, **hooks: Any) -> Callable:
        """Decorate `draw(random, size)`, which gives one scenario; the `hooks` are those of `Search`.

        The driver plays scenarios as it plays cases, unless a `player` does.
        """

        def add(draw: Callable[[chance.Random, int], Case]) -> Callable:
            self.searches = Search(draw, rounds, points, **hooks)
            return draw

        return add

    def player(self, play: Callable[[Any, Case], Any]) -> Callable:
        """Decorate `play(student, case)`, which plays a scenario and yields what is seen at each step and after it."""
        self.play, self.player_source = play, self._travelling(play, "player")
        return play

    def tells(self, figures: Callable[[list[Case], list[Any]], str]) -> Callable:
        """Decorate `figures(cases, evidence)`: the numbers that a right answer was judged by, in a sentence."""
        self.figures = figures
        return figures

    def _travelling(self, function: Callable, what: str) -> str:
        source = textwrap.dedent(inspect.getsource(function))
        if "def " not in source or function.__closure__:
            raise ExamError(f"exercise {self.name}: its {what} travels alone, so it is a `def` at the top of the exam")
        return source[source.index("def ") :]

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
        cases = _as_json(self._cases(stream(seed, f"exam {self.name}")))
        asked = {kind for criterion in self.criteria for kind in criterion.on}
        if missing := sorted(asked - {case.get("kind") for case in cases}):
            raise ExamError(f"exercise {self.name}, seed {seed}: no case of kind {', '.join(missing)}")
        return cases

    def scenarios_for(self, seed: int) -> list[Case]:
        """The random scenarios under `seed`, the same in every process; none without a search. They are drawn once."""
        return _drawn(self, self.searches, seed) if self.searches else []

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
            "player": self.player_source,
            "player_name": self.play.__name__ if self.play else "",
            "scenarios": self.scenarios_for(seed),
            "steps": self.steps,
        }

    def rows(self, case: Case, evidence: Any) -> list[Sequence[Any]]:
        """A failing case as a table, header first; never raises. Where there is no evidence it is an `Instead`."""
        try:
            return self._scenario(case, evidence)
        except Exception:
            return [("", ""), ("your answer", shown(evidence))]


def close(got: Any, expected: float, relative: float = 1e-6, absolute: float = 1e-9) -> bool:
    """Say if `got` is a number, not NaN, near `expected`."""
    return number(got) and math.isclose(got, expected, rel_tol=relative, abs_tol=absolute)


def number(got: Any) -> bool:
    """Say if `got` is a finite number; True and False are none."""
    return isinstance(got, int | float) and not isinstance(got, bool) and math.isfinite(got)


def labs() -> list[Path]:
    """The folders of the project's labs, each with its exam.py; the current folder first when it holds one."""
    here = [Path.cwd()] if Path("exam.py").is_file() else []
    return here + [path.parent for path in sorted(LABS.glob("*/exam.py"))]


def load(folder: Path) -> dict[str, Exercise]:
    """The exercises of the exam in `folder`, by name, in their order. Raises ExamError in words."""
    path = Path(folder) / "exam.py"
    if not path.is_file():
        raise ExamError(f"no exam.py in {Path(folder).name or folder}: a lab's notebook and its exam.py share a folder")
    return _loaded(path, path.read_text(encoding="utf-8"))


@lru_cache(maxsize=32)
def _loaded(path: Path, text: str) -> dict[str, Exercise]:
    filename = f"<exam of {path.parent.name}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)  # for inspect.getsource
    module = types.ModuleType("exam")
    module.__file__ = str(path)
    exec(compile(text, filename, "exec"), vars(module))
    found = {item.name: item for item in vars(module).values() if isinstance(item, Exercise)}
    for number, (name, exercise) in enumerate(found.items()):
        if strange := [need for need in exercise.needs if need not in list(found)[:number]]:
            raise ExamError(f"exercise {name} needs {strange[0]}, which is no earlier exercise of this exam")
        exercise.needed = [found[need] for need in exercise.needs]
    return found


@lru_cache(maxsize=64)
def _drawn(exercise: Exercise, search: Search, seed: int) -> list[Case]:
    return _as_json(search.scenarios(stream(seed, f"search {exercise.name}")))


def _as_json(cases: Iterable[Case]) -> list[Case]:
    return json.loads(json.dumps(list(cases), allow_nan=False))
