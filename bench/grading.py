"""A submission of lab 1 graded, five exercises in five sandboxes, against one kernel that does nothing."""

import contextlib
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

from bench.harness import Claim, Race
from letitcrash.classroom.grading import marking
from letitcrash.classroom.grading.sandbox import Sandbox
from letitcrash.classroom.grading.staging import stage
from letitcrash.classroom.grading.submissions import Student
from letitcrash.classroom.release import Release

LAB = Path(__file__).parents[1] / "labs" / "01_the_till_and_the_queue"
STUDENTS = 6
WORKERS = 2
GOAL = 0.63
"""0.6 s a submission where nbmake takes 0.95 s for an empty notebook."""


def graded(lab: Release, sandboxes: dict[str, Sandbox]) -> float:
    """Seconds of wall time for each submission, by two workers."""
    path = lab.folder / "solution.ipynb"
    everyone = [Student(f"student {number}", "", (path,)) for number in range(STUDENTS)]
    with tempfile.TemporaryDirectory() as records, ThreadPoolExecutor(WORKERS) as workers:
        began = perf_counter()
        todo = marking.tasks([lab], everyone)
        mark = lambda task: marking.mark(task, sandboxes[task.exercise.name], 1, Path(records))
        for record, _ in workers.map(mark, todo):
            assert record.status == "correct", record
        return (perf_counter() - began) / STUDENTS


def empty_notebook() -> float:
    """Seconds of wall time in which nbmake runs a notebook with one empty cell: what a kernel costs."""
    from nbformat import v4, write
    from nbmake.nb_run import NotebookRun

    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as nowhere, contextlib.redirect_stderr(nowhere):
        path = Path(folder, "empty.ipynb")
        write(v4.new_notebook(cells=[v4.new_code_cell("")]), path)
        began = perf_counter()
        NotebookRun(path, 120).execute()
        return perf_counter() - began


def ours() -> tuple[str, tuple[int, Callable[[int], float]]]:
    """Our variant of a race, by a name that says how safely."""
    lab = Release(LAB)
    sandboxes = {
        name: Sandbox(stage(Path(tempfile.mkdtemp(prefix="library-")), lab.hidden(exercise)), seconds=120)
        for name, exercise in lab.exercises.items()
    }
    kind = next(iter(sandboxes.values())).kind
    return f"graded, {kind}", (STUDENTS, lambda _: graded(lab, sandboxes))


def races() -> list[Race]:
    """The goal: five exercises within 0.6 s a submission with two workers, beside a kernel."""
    name, variant = ours()
    variants = {name: variant, "a kernel": (1, lambda _: empty_notebook())}
    claim = Claim("grade 5 exercises, 2 workers / start 1 kernel", name, "a kernel", at_most=GOAL)
    return [Race("s per submission", variants, [claim], ("nbmake",))]
