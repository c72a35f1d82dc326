"""A lab as its authors release it: notebook, exam, reference answers, accepts and rejects."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from letitcrash.classroom import drive, exam, functions, parts, references, sources, starter
from letitcrash.classroom.exam import Exercise
from letitcrash.classroom.judge import compared, judge
from letitcrash.classroom.starter import LabError
from letitcrash.classroom.verdict import Verdict

FIRST_SCENARIOS = 20
"""The scenarios of a search that are played first where its end is needed only when they find nothing."""
FIELD = re.compile(r"#\s*(exercise|idea|belief|fails|holds|word|rest|search):\s*(.*)")


@dataclass(frozen=True)
class Sample:
    """An answer in accept/ or reject/; its header says what it is and which criteria it must fail."""

    path: Path
    source: str
    fields: dict[str, str]

    @property
    def exercise(self) -> str:
        """The exercise that it answers."""
        return self.fields["exercise"]

    def names(self, field: str) -> set[str]:
        """The criteria named in `fails` or `holds`."""
        return {name.strip() for name in self.fields.get(field, "").split(",") if name.strip()}


class Release:
    """The lab in `folder`."""

    def __init__(self, folder: Path):
        self.folder, self.name = Path(folder), Path(folder).name

    def __repr__(self) -> str:
        return f"Release({self.name})"

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        """The exam's exercises, by name."""
        return exam.load(self.folder)

    @cached_property
    def solution(self) -> dict[str, Any]:
        """The solution's notebook."""
        return starter.read(self.folder / "solution.ipynb")

    @cached_property
    def setup(self) -> list[str]:
        """The sources of the cells tagged `setup`."""
        return [cell["source"] for cell in self.solution["cells"] if "setup" in starter.tags(cell)]

    def cell(self, exercise: Exercise) -> str:
        """The exercise's cell in the solution, marks and all. Raises LabError."""
        for cell in self.solution["cells"]:
            if cell.get("id") == exercise.cell_id and "exercise" in starter.tags(cell):
                return cell["source"]
        raise LabError(f"{self.name}: solution.ipynb has no cell {exercise.cell_id} tagged exercise")

    def reference(self, exercise: Exercise) -> str:
        """The solution's answer."""
        return starter.unmarked(self.cell(exercise))

    def stub(self, exercise: Exercise) -> str:
        """The starter's answer, which is none."""
        return starter.stubbed(self.cell(exercise), exercise.cell_id)

    def known(self, exercise: Exercise) -> set[str]:
        """The names that an answer to `exercise` finds defined: by the setup, and by the exercises that it needs."""
        names = {name for need in exercise.needs for name in self.exercises[need].defines}
        return names.union(*(sources.binds(cell) for cell in self.setup))

    def before(self, exercise: Exercise, answer: str) -> list[str]:
        """The sources that run before `answer`: the reference for earlier exercises, and the setup that they use."""
        needed = [self.reference(self.exercises[need]) for need in exercise.needs]
        used = "\n\n".join([*needed, answer]) if sources.readable(answer) else "\n\n".join(needed)
        return [*sources.helpers(used, self.setup), *needed]

    def job(self, exercise: Exercise, answer: str, seed: int, helpers: Sequence[str] = ()) -> dict[str, Any]:
        """The exercise's job in this lab: `answer` after what it builds on, and after the student's own `helpers`."""
        used = "\n\n".join([*helpers, answer])
        return exercise.job(answer, seed, [*self.before(exercise, used), *helpers])

    def hidden(self, exercise: Exercise) -> set[str]:
        """The library's own answers to `exercise`, as "module:name"; those to others may be what this one runs on."""
        return exercise.hidden

    def gathered(
        self, exercise: Exercise, answer: str, seed: int, steps: int | None = None, scenarios: int | None = None
    ) -> dict[str, Any]:
        """The evidence of an answer that we trust not to hurt this process: one of our own.

        Of the search only so many `scenarios` are played, or all of them.
        """
        job = self.job(exercise, answer, seed)
        job |= {"steps": min(steps or exercise.steps, exercise.steps), "scenarios": job["scenarios"][:scenarios]}
        with parts.hide_library_answers(exercise.hidden) as hide:
            return drive.gather(job, hide=hide)

    def tried(self, exercise: Exercise, answer: str, seed: int, steps: int | None = None) -> Verdict:
        """The verdict on such an answer, which counts as running for ever after so many `steps`."""
        return judge(exercise, seed, self.gathered(exercise, answer, seed, steps))

    def failing(self, exercise: Exercise, answer: str, seed: int, steps: int | None = None) -> set[str]:
        """The names of the criteria that such an answer fails; of the search, no more is played than that takes."""
        gathered = self.gathered(exercise, answer, seed, steps, FIRST_SCENARIOS)
        if exercise.searches and "searched" in gathered:
            scenarios = exercise.scenarios_for(seed)[:FIRST_SCENARIOS]
            right = references.expected(exercise, seed)["searched"][:FIRST_SCENARIOS]
            if not any(compared(exercise, scenarios, gathered["searched"], right)):
                gathered = self.gathered(exercise, answer, seed, steps)
        return {finding.criterion for finding in judge(exercise, seed, gathered).findings if not finding.holds}

    def accepts(self) -> list[Sample]:
        """The answers that must score full, in accept/."""
        return list(self._samples("accept", {"exercise", "idea"}))

    def rejects(self) -> list[Sample]:
        """The answers that must fail as their headers say, in reject/."""
        return list(self._samples("reject", {"exercise", "belief", "fails", "word"}))

    def filled(self, exercise: Exercise, *lines: str) -> str:
        """The starter's answer with these lines wherever it asks for something."""
        return re.sub(
            r"^(\s*)raise NotImplementedError\(.*\)$",
            lambda match: "\n".join(match[1] + line for line in lines),
            self.stub(exercise),
            flags=re.MULTILINE,
        )

    def blunders(self, exercise: Exercise) -> dict[str, str]:
        """The answers that are wrong in every lab, made from the starter: each must score nothing."""
        instead = partial(self.filled, exercise)
        return {
            "the stub": self.stub(exercise),
            "returns True": instead("return True"),
            "returns 0": instead("return 0"),
            "hangs": instead("while True:", "    pass"),
            "hangs and swallows": instead("while True:", "    try:", "        1 / 0", "    except:", "        pass"),
            "exits": instead("raise SystemExit"),
            "raises": instead("raise RuntimeError('no')"),
        }

    def _samples(self, kind: str, required: set[str]) -> Iterator[Sample]:
        for path in sorted((self.folder / kind).glob("*.py")):
            source = path.read_text(encoding="utf-8")
            header = [line for line in source.splitlines() if line.startswith("#")]
            fields = {match[1]: match[2].strip() for line in header if (match := FIELD.match(line))}
            where = f"{self.name}/{kind}/{path.name}"
            if absent := sorted(required - {name for name, value in fields.items() if value}):
                raise LabError(f"{where}: its header lacks {', '.join(absent)}")
            if fields["exercise"] not in self.exercises:
                raise LabError(f"{where}: the exam has no exercise {fields['exercise']!r}")
            if "rest" in fields:  # only what differs stands there
                reference = self.reference(self.exercises[fields["exercise"]])
                source = "\n".join([*header, functions.overlaid(reference, source)])
            yield Sample(path, source, fields)


def releases(folder: Path) -> list[Release]:
    """The labs under `folder`, or the one that it is."""
    folder = Path(folder)
    found = [folder] if (folder / "exam.py").is_file() else sorted(path.parent for path in folder.glob("*/exam.py"))
    return [Release(path) for path in found]
