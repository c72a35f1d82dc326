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
from letitcrash.classroom.grading import answers, suspects
from letitcrash.classroom.grading.choice import chosen
from letitcrash.classroom.grading.files import replace
from letitcrash.classroom.grading.sandbox import SANDBOXED, Outcome, Sandbox
from letitcrash.classroom.grading.submissions import (
    Student,
    belongs,
)
from letitcrash.classroom.judge import judge
from letitcrash.classroom.release import Release
from letitcrash.classroom.verdict import CRASHED, TIMED_OUT, UNREADABLE, Verdict, without_evidence

OUR_SECONDS = 20
"""Of real time, to find an answer, and to judge what came back; usual are some milliseconds."""


@dataclass(frozen=True)
class Task:
    """One exercise of one student, which becomes one pytest item."""

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
        """The path of its record under the folder of records."""
        return Path(self.lab.name, self.student.slug, f"{self.exercise.name}.json")


@dataclass(frozen=True)
class Record:
    """The machine's findings as they are kept: the teacher's own notes are elsewhere. `handed` is the LMS's name."""

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
    handed: str = ""
    findings: list[dict[str, Any]] = field(default_factory=list)


def tasks(labs: Sequence[Release], everyone: Sequence[Student]) -> list[Task]:
    """A task per student and exercise, for every lab that somebody handed in (for the only one in any case)."""
    handed: dict[tuple[str, int], list[Path]] = {}
    for number, student in enumerate(everyone):
        for path in student.files:
            if lab := belongs(path, student.root_of(path), labs):
                handed.setdefault((lab.name, number), []).append(path)
    wanted = {name for name, _ in handed} or ({labs[0].name} if len(labs) == 1 else set())
    return [
        Task(lab, student, exercise, tuple(handed.get((lab.name, number), ())))
        for lab in labs
        if lab.name in wanted
        for number, student in enumerate(everyone)
        for exercise in lab.exercises.values()
    ]


def earlier(labs: Sequence[Release], records: Path) -> list[Task]:
    """The tasks of everybody whom earlier runs marked: the tables keep them."""
    return [
        Task(lab, student, exercise, ())
        for lab, folder, student in _marked_before(labs, records)
        if student and student.slug == folder.name
        for exercise in lab.exercises.values()
    ]


def unread(labs: Sequence[Release], records: Path, present: Sequence[Task]) -> list[str]:
    """A sentence about each folder of records that another release wrote, until that student's work is marked anew."""
    there = {(task.lab.name, task.student.slug) for task in present}
    now = {(task.lab.name, task.student.name) for task in present}
    return [
        f"records/{lab.name}/{folder.name} was written by another release of this grader, so "
        f"{student.name if student else 'its student'} is in no table: hand the notebook in to this command once "
        "more, and delete that folder"
        for lab, folder, student in _marked_before(labs, records)
        if not (student and student.slug == folder.name)
        and (lab.name, folder.name) not in there
        and not (student and (lab.name, student.name) in now)
    ]


def _marked_before(labs: Sequence[Release], records: Path) -> Iterator[tuple[Release, Path, Student | None]]:
    """Each folder of a lab's records, with its student as far as this release can read who that is."""
    for lab in labs:
        for folder in sorted(records.joinpath(lab.name).glob("*/")):
            kept = next(filter(None, map(read, sorted(folder.glob("*.json")))), None)
            yield lab, folder, Student(kept.student, kept.lms_id) if kept else None


def unchanged(task: Task, sandbox: Sandbox, seed: int, records: Path) -> bool:
    """Say if the task's record is of the same answer, asked the same in the same way: `mark` would take it."""
    kept = read(records / task.record)
    return kept is not None and kept.key == _looked_up(task, sandbox, seed)[-1]


def mark(task: Task, sandbox: Sandbox, seed: int, records: Path) -> tuple[Record, bool]:
    """The task's record, and True if it was made anew. A mistake of the student never raises."""
    found, job, key = _looked_up(task, sandbox, seed)
    if (kept := read(records / task.record)) and kept.key == key:
        return kept, False
    verdict, how, seconds = _marked(task, sandbox, seed, found, job, records / task.record)
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
        handed=task.student.handed,
        findings=[dataclasses.asdict(finding) for finding in verdict.findings],
    )
    replace(records / task.record, json.dumps(dataclasses.asdict(record), indent=1))
    return record, True


def _looked_up(task: Task, sandbox: Sandbox, seed: int) -> tuple[Any, dict[str, Any] | None, str]:
    """The task's answer, or status and sentence; the job that asks it; and the key of a record that holds both."""
    try:
        with _in_time():
            found = chosen(task.files, task.student, task.lab, task.exercise)
    except TooLong:
        found = (
            UNREADABLE,
            f"this takes more than {OUR_SECONDS} s to read: hand in this lab's notebook alone",
        )
    job = None
    if isinstance(found, answers.Found):
        job = task.lab.job(task.exercise, found.answer, seed, found.helpers)
    return found, job, _key(task, sandbox, seed, [job, found.how] if job else found[1])


def _marked(
    task: Task, sandbox: Sandbox, seed: int, found: Any, job: dict[str, Any] | None, record: Path
) -> tuple[Verdict, str, float]:
    if job is None:
        return without_evidence(task.exercise, seed, *found), "", 0.0
    if sandbox.kind != SANDBOXED and suspects.ended_the_grader(record, job):
        note = (
            "the grader itself ended while this answer ran without a sandbox, so it is not run again; the teacher may "
            f"delete {suspects.beside(task.record)} among the records and grade again, with bubblewrap"
        )
        return without_evidence(task.exercise, seed, CRASHED, note), found.how, 0.0
    with contextlib.nullcontext() if sandbox.kind == SANDBOXED else suspects.watched(record, job):
        outcome = sandbox.run(job)
    if outcome.gathered is not None:
        try:
            with _in_time():
                return judge(task.exercise, seed, outcome.gathered), found.how, outcome.seconds
        except TooLong:
            note = f"what came back cannot be judged within {OUR_SECONDS} s: is it a number beyond all measure?"
        except (RecursionError, MemoryError):
            note = "what came back is nested too deep, or is too large, to be judged"
        return without_evidence(task.exercise, seed, CRASHED, note), found.how, outcome.seconds
    return without_evidence(task.exercise, seed, *_without_outcome(outcome, sandbox)), found.how, outcome.seconds


def _without_outcome(outcome: Outcome, sandbox: Sandbox) -> tuple[str, str]:
    """Status and sentence for an answer of which nothing came back."""
    if outcome.why != "time-out":
        return CRASHED, "it ended Python itself, or wrote where it should not, or more than anybody can read"
    if outcome.busy is None:
        words = "nobody knows why: does it wait for something, or work on far too much?"
    elif outcome.busy > sandbox.seconds / 3:
        words = "was at work all the time: does it work on far too much, or take more and more memory?"
    else:
        words = "was idle for most of it: does it wait, or sleep, for something?"
    return TIMED_OUT, f"it did not end within {sandbox.seconds} s, and {words}"


class TooLong(BaseException):
    """Raised when this side has worked on one answer for too long."""


@contextlib.contextmanager
def _in_time() -> Iterator[None]:
    """Raise TooLong after so many seconds: 10 ** 18 tills must not keep an exam that tries them one by one.

    And again after as many more: what is raised while Python clears up behind somebody is lost. Where Python 3.11 is
    interrupted while it builds a syntax tree, it raises a SystemError of its own instead, which TooLong replaces.
    """
    is_late = False

    def late(*_: Any) -> None:
        nonlocal is_late
        is_late = True
        raise TooLong

    if threading.current_thread() is not threading.main_thread():  # signals are the main thread's
        yield
        return
    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, OUR_SECONDS, OUR_SECONDS)
    try:
        yield
    except SystemError:
        if is_late:
            raise TooLong from None
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _key(task: Task, sandbox: Sandbox, seed: int, what: Any) -> str:
    exam = (task.lab.folder / "exam.py").read_text(encoding="utf-8")
    key = [what, task.student.handed, seed, sandbox.kind, sandbox.seconds, sandbox.megabytes, exam, _library()]
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
