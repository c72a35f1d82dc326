"""The results of a class: what the machine has recorded, and what the teacher's notes made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from letitcrash.classroom.grading.marking import Record, Task, read
from letitcrash.classroom.grading.notes import Notes, labels_of
from letitcrash.classroom.grading.submissions import Student
from letitcrash.classroom.verdict import CORRECT


@dataclass(frozen=True)
class Line:
    """One exercise in a student's result: the machine's record, and what the teacher made of it."""

    exercise: str
    total: float
    record: Record | None
    given: float | None
    comments: tuple[str, ...]

    @property
    def points(self) -> float:
        """The points that count: the teacher's, else the machine's."""
        return self.given if self.given is not None else self.record.points if self.record else 0


@dataclass(frozen=True)
class Result:
    """A student's lab: its lines, days late and what they cost."""

    student: str
    lms_id: str
    slug: str
    lab: str
    lines: tuple[Line, ...]
    late_days: float
    late_percent: float
    comments: tuple[str, ...]

    @property
    def handed(self) -> str:
        """The name under which an LMS packed the student's work; empty when none did."""
        return next((line.record.handed for line in self.lines if line.record and line.record.handed), "")

    @property
    def earned(self) -> float:
        """Points before lateness."""
        return sum(line.points for line in self.lines)

    @property
    def total(self) -> float:
        """Points that could be had."""
        return sum(line.total for line in self.lines)

    @property
    def final(self) -> float:
        """Points that count."""
        return round(self.earned * max(0.0, 1 - self.late_days * self.late_percent / 100), 2)

    @property
    def graded(self) -> bool:
        """True when the machine has been at all of it."""
        return all(line.record for line in self.lines)

    @property
    def stands(self) -> bool:
        """True when every exercise is correct."""
        return all(line.record and line.record.status == CORRECT for line in self.lines)

    @property
    def sandbox(self) -> str:
        """`sandboxed`, or else what it was."""
        kinds = sorted({line.record.sandbox for line in self.lines if line.record})
        return kinds[-1] if kinds else "not graded"


def results(wanted: Sequence[Task], records: Path, notes: Notes, late_percent: float) -> list[Result]:
    """The result of every student and lab among `wanted`, from what is recorded."""
    by_student: dict[tuple[str, str, str], list[Line]] = {}
    for task in wanted:
        student, lab, name = task.student, task.lab.name, task.exercise.name
        who = [(label, lab, name) for label in labels_of(student.name, student.lms_id)]
        given = next((notes.points[key] for key in who if key in notes.points), None)
        said = tuple(comment for key in who for comment in notes.comments.get(key, ()))
        line = Line(name, task.exercise.points, read(records / task.record), given, said)
        by_student.setdefault((student.name, student.lms_id, lab), []).append(line)
    return [
        Result(
            student=name,
            lms_id=lms_id,
            slug=Student(name, lms_id).slug,
            lab=lab,
            lines=tuple(lines),
            late_days=next((notes.late[who, lab] for who in labels_of(name, lms_id) if (who, lab) in notes.late), 0),
            late_percent=late_percent,
            comments=tuple(said for who in labels_of(name, lms_id) for said in notes.comments.get((who, lab, ""), ())),
        )
        for (name, lms_id, lab), lines in by_student.items()
    ]
