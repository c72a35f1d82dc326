"""Mark one exercise of one student: find the answer, gather in the sandbox, judge here, write a record."""

import contextlib
import dataclasses
import hashlib
import json
import signal
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import letitcrash
from letitcrash.classroom.exam import Exercise
from letitcrash.classroom.grading import answers
from letitcrash.classroom.grading.files import replace
from letitcrash.classroom.grading.sandbox import Sandbox
from letitcrash.classroom.grading.submissions import Student, Unreadable, belongs
from letitcrash.classroom.judge import CRASHED, MISSING, TIMED_OUT, UNREADABLE, Verdict, judge, without_evidence
from letitcrash.classroom.release import Release
from letitcrash.classroom.sources import is_stub

OUR_SECONDS = 20
"""Of real time, to find an answer, and to judge what came back; usual are some milliseconds."""


@dataclass(frozen=True)
class Task:
    """One exercise of one student: what becomes one pytest item."""

    lab: Release
    student: Student
    exercise: Exercise
    files: tuple[Path, ...]

    @property
    def id(self) -> str:
        """As pytest shows it: lab/student/exercise."""
        return f"{self.lab.name}/{self.student.name}/{self.exercise.name}"

    @property
    def record(self) -> Path:
        """Where its record is, under the folder of records."""
        return Path(self.lab.name, self.student.slug, f"{self.exercise.name}.json")


@dataclass(frozen=True)
class Record:
    """What the machine found, as it is kept: the teacher's own notes are elsewhere."""

    key: str
    lab: str
    student: str
    lms_id: str
    exercise: str
    status: str
    points: float
    total: float
    seed: int
    sandbox: str
    seconds: float
    how: str = ""
    note: str = ""
    output: str = ""
    findings: list[dict[str, Any]] = field(default_factory=list)


def tasks(labs: Sequence[Release], everyone: Sequence[Student]) -> list[Task]:
    """A task per student and exercise, for every lab that somebody handed in (for the only one in any case)."""
    handed: dict[tuple[str, int], list[Path]] = {}
    for number, student in enumerate(everyone):
        for path in student.files:
            if lab := belongs(path, student.root, labs):
                handed.setdefault((lab.name, number), []).append(path)
    wanted = {name for name, _ in handed} or ({labs[0].name} if len(labs) == 1 else set())
    return [
        Task(lab, student, exercise, tuple(handed.get((lab.name, number), ())))
        for lab in labs
        if lab.name in wanted
        for number, student in enumerate(everyone)
        for exercise in lab.exercises.values()
    ]


def mark(task: Task, sandbox: Sandbox, seed: int, records: Path) -> tuple[Record, bool]:
    """The task's record, and whether it was made anew. What the student did wrong never raises."""
    try:
        with _in_time():
            found = _found(task)
    except TooLong:
        found = (
            UNREADABLE,
            f"this takes more than {OUR_SECONDS} s to read: hand in this lab's notebook alone",
        )
    job = None
    if isinstance(found, answers.Found):
        job = task.lab.job(task.exercise, found.answer, seed, found.helpers)
    key = _key(task, sandbox, seed, job if job else found[1])
    if (kept := read(records / task.record)) and kept.key == key:
        return kept, False
    verdict, how, seconds = _marked(task, sandbox, seed, found, job)
    record = Record(
        key=key,
        lab=task.lab.name,
        student=task.student.name,
        lms_id=task.student.lms_id,
        exercise=task.exercise.name,
        status=verdict.status,
        points=verdict.points,
        total=verdict.total,
        seed=seed,
        sandbox=sandbox.kind,
        seconds=round(seconds, 2),
        how=how,
        note=verdict.note,
        output=verdict.output,
        findings=[dataclasses.asdict(finding) for finding in verdict.findings],
    )
    replace(records / task.record, json.dumps(dataclasses.asdict(record), indent=1))
    return record, True


def _found(task: Task) -> answers.Found | tuple[str, str]:
    """The answer in the student's files, the last one that is no stub; or status and sentence."""
    if not task.files:
        others = ", ".join(path.name[:60] for path in task.student.others[:5])
        what = f"{others} was handed in, and no notebook: hand in the .ipynb that Jupyter saved" if others else ""
        return MISSING, what or "nothing was handed in for this lab"
    trouble: list[tuple[str, str]] = []
    stub: answers.Found | None = None
    for path in reversed(task.files):
        try:
            found = answers.find(path, task.exercise, task.lab.known(task.exercise))
        except Unreadable as error:
            trouble.append((UNREADABLE, str(error)))
            continue
        if not isinstance(found, answers.Found):
            trouble.append((MISSING, found))
            continue
        several = f" in {path.name}, one of {len(task.files)} notebooks" if len(task.files) > 1 else ""
        found = dataclasses.replace(found, how=found.how + several)
        if not is_stub(found.answer):
            return found
        stub = stub or found
    return stub or min(trouble, key=lambda each: each[0] != MISSING)


def _marked(task: Task, sandbox: Sandbox, seed: int, found: Any, job: Any) -> tuple[Verdict, str, float]:
    if job is None:
        return without_evidence(task.exercise, seed, *found), "", 0.0
    outcome = sandbox.run(job)
    if outcome.gathered is not None:
        try:
            with _in_time():
                return judge(task.exercise, seed, outcome.gathered), found.how, outcome.seconds
        except TooLong:
            note = f"what came back cannot be judged within {OUR_SECONDS} s: is it a number beyond all measure?"
            return without_evidence(task.exercise, seed, CRASHED, note), found.how, outcome.seconds
    if outcome.why == "time-out":
        note = f"it did not end within {sandbox.seconds} s: does it wait, or sleep, for something?"
        return without_evidence(task.exercise, seed, TIMED_OUT, note), found.how, outcome.seconds
    note = "it ended Python itself, or wrote where it should not, or more than anybody can read"
    return without_evidence(task.exercise, seed, CRASHED, note), found.how, outcome.seconds


class TooLong(BaseException):
    """What this side does with one answer has taken too long."""


@contextlib.contextmanager
def _in_time() -> Iterator[None]:
    """Raise TooLong after so many seconds: 10 ** 18 tills must not keep an exam that tries them one by one.

    And again after as many more: what is raised while Python clears up behind somebody is lost.
    """

    def late(*_: Any) -> None:
        raise TooLong

    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        yield
        return
    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, OUR_SECONDS, OUR_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _key(task: Task, sandbox: Sandbox, seed: int, what: Any) -> str:
    exam = (task.lab.folder / "exam.py").read_text(encoding="utf-8")
    key = [what, seed, sandbox.kind, sandbox.seconds, sandbox.megabytes, exam, _library()]
    return hashlib.sha256(json.dumps(key).encode()).hexdigest()


@cache
def _library() -> str:
    """A digest of the library: with another one everything is marked again."""
    package = Path(letitcrash.__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.py"))]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def read(path: Path) -> Record | None:
    """The record at `path`; None when there is none, or none that this release wrote."""
    try:
        return Record(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
