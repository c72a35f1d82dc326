"""One run of grading: labs, students, options, notes and sandboxes, as all items of a process share them."""

import json
import secrets
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from letitcrash.classroom.exam import Exercise
from letitcrash.classroom.grading import archives, files, marking, notes, options, results, submissions
from letitcrash.classroom.grading.proof import prove
from letitcrash.classroom.grading.sandbox import Sandbox
from letitcrash.classroom.grading.staging import bare, stage
from letitcrash.classroom.release import Release, releases


class RunError(ValueError):
    """A command that cannot be meant; the sentence is for the teacher."""


class Run:
    """The run that `option` asks for, on the folders and zips in `arguments`. Raises RunError.

    `room(prefix)` makes a new folder that is gone when the run is over. Of several processes one, `first`, keeps the
    options.
    """

    def __init__(self, option: Any, arguments: Sequence[Path], room: Callable[[str], Path], first: bool):
        self._room, self.roots = room, []
        self.folder = Path(option.grade_to).resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.records = self.folder / "records"
        self.labs = releases(Path(option.grade))
        if not self.labs:
            raise RunError(f"--grade {option.grade}: no lab is there (a folder with exam.py and solution.ipynb)")
        try:
            self._settle(option, first)
            self._find(arguments, *_shard(option.shard))
        except (submissions.Unreadable, notes.NotesError, options.OptionsError) as error:
            raise RunError(str(error)) from None
        if not self.present:
            raise RunError(f"no notebook of {', '.join(self._names())} was handed in")
        self.seed = self._seed(option.grade_seed)
        self._sandboxes: dict[frozenset[str], Sandbox] = {}

    def _settle(self, option: Any, first: bool) -> None:
        """Take the options that the folder keeps."""
        given = dict(vars(option))
        if given["grade_notes"]:
            given["grade_notes"] = str(Path(given["grade_notes"]).resolve())
        labs = {lab.name: str(lab.folder.resolve()) for lab in self.labs}
        self.kept, self.remarks = options.settle(self.folder, given, labs, first)

    def _find(self, arguments: Sequence[Path], part: int, parts: int) -> None:
        """Find the students and their tasks: those handed in now, those that this process marks, and all there are."""
        self.roots = [archives.unpacked(path, self._room("handed-")) for path in arguments]
        self.notes = notes.load(Path(self.kept["grade_notes"] or self.folder / "notes.csv"))
        absent = [Path(folder) for name, folder in self.kept["labs"].items() if name not in self._names()]
        self.labs_before = [lab for folder in absent if folder.is_dir() for lab in releases(folder)]
        before = marking.earlier([*self.labs, *self.labs_before], self.records)
        known = {task.student.name for task in before}
        everyone = submissions.together(student for root in self.roots for student in submissions.students(root, known))
        self.present = marking.tasks(self.labs, everyone)
        mine = set(everyone[part::parts])
        self.tasks = [task for task in self.present if task.student in mine]
        there = {task.record.parent for task in self.present}
        self.all_tasks = [*self.present, *(task for task in before if task.record.parent not in there)]
        self.remarks += [f"{path} cannot be listed: {why}" for each in everyone for path, why in each.closed]
        self.remarks += marking.unread([*self.labs, *self.labs_before], self.records, self.present)
        self.remarks += notes.examine(self.notes, self.all_tasks)
        self.twins = submissions.twins(everyone)

    def _names(self) -> list[str]:
        return [lab.name for lab in self.labs]

    def _seed(self, asked: int | None) -> int:
        """The seed of this folder of grades: the one that it was begun with, asked for or drawn."""
        kept = self.folder / "seed.json"
        files.begin(kept, json.dumps({"seed": secrets.randbelow(10**6) + 1 if asked is None else asked}))
        try:
            seed = int(json.loads(kept.read_text(encoding="utf-8"))["seed"])
        except (ValueError, KeyError, TypeError):
            raise RunError(f"{kept} holds no seed: delete it") from None
        if asked not in (None, seed):
            raise RunError(
                f"{kept.parent.name} was begun with seed {seed}, and one class is asked one set of questions: leave "
                f"--grade-seed {asked} out, or begin another folder with --grade-to"
            )
        return seed

    @cached_property
    def probe(self) -> Sandbox:
        """A sandbox without a library, which tells how safely answers run here."""
        return Sandbox(bare(self._room("probe-")), seconds=self.kept["grade_seconds"])

    def sandbox(self, lab: Release, exercise: Exercise) -> Sandbox:
        """The sandbox with the library that the exercise leaves, which is staged for the first answer that runs."""
        hidden = frozenset(lab.hidden(exercise))
        if hidden not in self._sandboxes:
            library = partial(stage, self._room("library-"), hidden)
            self._sandboxes[hidden] = Sandbox(library, self.probe.kind, seconds=self.kept["grade_seconds"])
        return self._sandboxes[hidden]

    def unfit(self) -> str:
        """The sentence that says why a lab itself does not stand here; empty when all do, or nothing is to be run."""
        for lab in {task.lab.name: task.lab for task in self.tasks}.values():
            mine = (task for task in self.tasks if task.lab is lab)
            if all(self._unchanged(task) for task in mine):
                continue
            if trouble := prove(lab, partial(self.sandbox, lab), self.seed, self.folder):
                return f"{lab.name} itself does not stand here: {trouble}"
        return ""

    def _unchanged(self, task: marking.Task) -> bool:
        return marking.unchanged(task, self.sandbox(task.lab, task.exercise), self.seed, self.records)

    def mark(self, task: marking.Task) -> marking.Record:
        """The task's record, made anew only if something changed."""
        return marking.mark(task, self.sandbox(task.lab, task.exercise), self.seed, self.records)[0]

    def results(self) -> list[results.Result]:
        """Everybody's results, those of earlier runs and of other shards too."""
        return results.results(self.all_tasks, self.records, self.notes, self.kept["grade_late"])


def _shard(text: str | None) -> tuple[int, int]:
    """`2/5` as (1, 5)."""
    try:
        part, parts = map(int, (text or "1/1").split("/"))
    except ValueError:
        part, parts = 0, 0
    if not 1 <= part <= parts:
        raise RunError(f"--shard {text}: should be like 2/5, the second part of five")
    return part - 1, parts
