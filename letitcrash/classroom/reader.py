"""The reader's side: the lab that this is, the notebook's names, and the source of an answer as it was last run."""

import contextlib
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from letitcrash.classroom import cells, exam, functions, sources
from letitcrash.classroom.criterion import ExamError
from letitcrash.classroom.exam import Exercise


@dataclass(frozen=True)
class Answer:
    """An answer as the reader last ran it: its source, and those of the earlier answers that it builds on."""

    source: str
    before: tuple[str, ...] = ()


class Unanswered(Exception):
    """There is no answer that could be asked: `broken` when its cell does not run, else it is not done yet."""

    def __init__(self, sentence: str, broken: bool = False):
        super().__init__(sentence)
        self.broken = broken


class Reader:
    """The names of the notebook and the cells that were run, as Python."""

    def __init__(self, names: dict[str, Any]):
        self.names = names
        self.cells = [cells.python(cell) for cell in _history(names)]

    def lab(self, name: str = "") -> Path:
        """The folder of the lab that this notebook is of: the kernel's own, else one of the project's labs.

        A notebook that was downloaded has no exam beside it, and a kernel in a browser without service workers sees no
        folder. The lab is then the one with the exercise `name`; of several, the one of which most is defined here.
        """
        if Path("exam.py").is_file():
            return Path.cwd()

        def fits(folder: Path) -> tuple[bool, int]:
            exercises = exam.load(folder)
            return name in exercises, sum(self.defines(exercise) for exercise in exercises.values())

        found = max(exam.labs(), key=fits, default=None)
        return found if found and any(fits(found)) else Path.cwd()

    def exercise(self, name: str) -> Exercise:
        """The exercise `name` of the lab that the reader is in. Raises ExamError in words."""
        exercises = exam.load(self.lab(name))
        if name not in exercises:
            near = sources.nearest(str(name), exercises)
            raise ExamError(
                f"this lab has no exercise {name!r}; it has {', '.join(exercises)}" + f", like {near!r}" * bool(near)
            )
        return exercises[name]

    def answer(self, exercise: Exercise) -> Answer:
        """The exercise's answer, with what it builds on. Raises Unanswered."""
        source = self._last_run(exercise)
        if broken := self._newer_and_broken(exercise):
            raise Unanswered(broken, broken=True)
        if not source:
            raise Unanswered(self._absent(exercise))
        before = [self._last_run(need) for need in exercise.needed]
        for need, done in zip(exercise.needed, before, strict=True):
            if not done or functions.is_stub(done):
                raise Unanswered(f"it builds on {need.name}, which is not done yet")
        return Answer(source, tuple(before))

    def standing_alone(self, exercise: Exercise) -> str:
        """The answer together with the statements of other cells that it needs."""
        source = self._last_run(exercise)
        return "\n\n".join([*sources.helpers(source, self.cells), source])

    def surroundings(self, exercise: Exercise) -> tuple:
        """Collect what the answer takes from the notebook: the source of its helpers, and the values it uses."""
        source = self.standing_alone(exercise)
        used = {name for statement in sources.readable(source) for name in statement.uses}
        return source, tuple((name, id(self.names[name])) for name in sorted(used) if name in self.names)

    def defines(self, exercise: Exercise) -> bool:
        """Say if the notebook has the names that the exercise asks for."""
        return all(name in self.names for name in exercise.defines)

    def coroutines(self) -> set[str]:
        """The names of the notebook that are to be awaited when they are called."""
        return {name for name, value in self.names.items() if inspect.iscoroutinefunction(value)}

    def _last_run(self, exercise: Exercise) -> str:
        """The source of the cells that were run last and define the exercise's names; empty when there is none."""
        found = {sources.last_binding([name], self.cells) for name in exercise.defines if name in self.names}
        if self.cells:
            return "\n\n".join(self.cells[number] for number in sorted(found - {None}))
        return "\n\n".join(self._inspected(exercise))

    def _newer_and_broken(self, exercise: Exercise) -> str:
        """The sentence about a cell that is newer than the answer, was meant to define it, and is no Python."""
        for cell in reversed(self.cells):
            if sources.binds(cell) & set(exercise.defines):
                return ""
            meant = [name for name in exercise.defines if re.search(_DEFINITION.format(re.escape(name)), cell, re.M)]
            if meant and (error := cells.syntax_error(cell)):
                text = f": {error.text.strip()}" if error.text and error.text.strip() else ""
                return (
                    f"the cell with {meant[0]} that you ran last does not run: {type(error).__name__}: {error.msg} "
                    f"(line {error.lineno}{text}); the one before it no longer counts"
                )
        return ""

    def _absent(self, exercise: Exercise) -> str:
        name = next((each for each in exercise.defines if each not in self.names), exercise.defines[0])
        mine = [key for key, value in self.names.items() if callable(value) and not key.startswith("_")]
        if near := sources.nearest(name, mine):
            return (
                f"nothing here is called {name}; there is {near}. If that is it, give it its name back and run its cell"
            )
        return (
            f"nothing here is called {name}: run the cell {exercise.cell_id} first; if it was deleted, any cell that "
            f"defines {name} will do"
        )

    def _inspected(self, exercise: Exercise) -> Iterator[str]:
        for name in exercise.defines:
            with contextlib.suppress(KeyError, OSError, TypeError):
                yield inspect.getsource(self.names[name])


_DEFINITION = r"^[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+{0}\b|^{0}[ \t]*="


def _history(names: dict[str, Any]) -> list[str]:
    """The cells that were run, as they were typed; `In` has them as IPython rewrote them."""
    with contextlib.suppress(Exception):
        from IPython import get_ipython

        shell = get_ipython()
        if shell.user_ns is names:
            return list(shell.history_manager.input_hist_raw)
    history = names.get("In")
    return [cell for cell in history if isinstance(cell, str)] if isinstance(history, list) else []
