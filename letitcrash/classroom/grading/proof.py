"""Prove a release before grading with it: its solution, with nbmake's NotebookRun as in class, and in the sandbox."""

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from letitcrash.classroom.exam import Exercise
from letitcrash.classroom.grading.sandbox import Sandbox
from letitcrash.classroom.judge import judge
from letitcrash.classroom.release import Release
from letitcrash.classroom.verdict import CORRECT

NOTEBOOK_SECONDS = 120


def prove(lab: Release, sandbox: Callable[[Exercise], Sandbox], seed: int, folder: Path) -> str:
    """The fault of the release on this machine; empty when there is none. `sandbox` gives that of an exercise.

    A class that fails because simpy is missing here is not marked down for it. The notebook is run once for a solution
    and exam; the sandbox is tried every time that an answer is to be run.
    """
    for exercise in lab.exercises.values():
        outcome = sandbox(exercise).run(lab.job(exercise, lab.reference(exercise), seed))
        if outcome.gathered is None:
            return f"the reference for {exercise.name} gives no evidence ({outcome.why})"
        verdict = judge(exercise, seed, outcome.gathered)
        if verdict.status != CORRECT:
            failed = next((finding.message for finding in verdict.findings if not finding.holds), verdict.note)
            return f"the reference for {exercise.name} is {verdict.status}: {failed}"
    digest = hashlib.sha256()
    for name in ("solution.ipynb", "exam.py"):
        digest.update((lab.folder / name).read_bytes())
    proved = folder / "records" / lab.name / f"proved-{digest.hexdigest()[:16]}"
    if not proved.exists():
        if trouble := _notebook(lab.folder / "solution.ipynb"):
            return trouble
        proved.parent.mkdir(parents=True, exist_ok=True)
        proved.touch()
    return ""


def _notebook(path: Path) -> str:
    from nbmake.nb_run import NotebookRun

    with _quiet_kernel():
        error = NotebookRun(path, NOTEBOOK_SECONDS).execute().error
    return f"{path.name} fails under nbmake: {error.summary}" if error else ""


@contextlib.contextmanager
def _quiet_kernel() -> Iterator[None]:
    """Send what a kernel writes to its own standard error nowhere: it is started with ours."""
    ours, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(ours, 2)
        os.close(ours)
        os.close(nowhere)
