"""The teacher's own: late days, points given by hand, comments. Read from a CSV file, never written to but once.

    student,lab,exercise,late_days,points,comment
    Ann,01_the_till_and_the_queue,,2,,was ill; no deduction from me
    Ann,01_the_till_and_the_queue,erlang_b,,3,the idea is right: one digit was mistyped

`student` is the name or the number in the LMS. A row without exercise is for the whole lab.
"""

import csv
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from letitcrash.classroom.grading import files
from letitcrash.classroom.grading.marking import Record, Task, read
from letitcrash.classroom.grading.submissions import Student
from letitcrash.classroom.judge import CORRECT

COLUMNS = ["student", "lab", "exercise", "late_days", "points", "comment"]


class NotesError(ValueError):
    """A row that cannot be meant; the message names the line."""


@dataclass
class Notes:
    """What the teacher wrote, by student, lab and exercise ("" for the whole lab)."""

    late: dict[tuple[str, str], float] = field(default_factory=dict)
    points: dict[tuple[str, str, str], float] = field(default_factory=dict)
    comments: dict[tuple[str, str, str], list[str]] = field(default_factory=lambda: defaultdict(list))


def load(path: Path) -> Notes:
    """The notes at `path`; where there is no file, one with a header is begun. Raises NotesError naming the line."""
    notes = Notes()
    if files.begin(path, ",".join(COLUMNS) + "\r\n"):
        return notes
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file)
        if strange := set(rows.fieldnames or ()) ^ set(COLUMNS):
            raise NotesError(
                f"{path.name}: its columns are {', '.join(COLUMNS)}; {', '.join(sorted(strange))} is amiss"
            )
        for row in rows:
            where, row = f"{path.name}, line {rows.line_num}", {name: (row[name] or "").strip() for name in COLUMNS}
            key = (row["student"], row["lab"], row["exercise"])
            if row["late_days"]:
                notes.late[key[:2]] = _number(row["late_days"], f"{where}, late_days")
            if row["points"]:
                if not row["exercise"]:
                    raise NotesError(f"{where}: points are given to an exercise; this row names none")
                notes.points[key] = _number(row["points"], f"{where}, points")
            if row["comment"]:
                notes.comments[key].append(row["comment"])
    return notes


def _number(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise NotesError(f"{where}: {text!r} should be a number, 0 or more")
    return value


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
        """What counts: the teacher's points, else the machine's."""
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
        """Whether the machine has been at all of it."""
        return all(line.record for line in self.lines)

    @property
    def stands(self) -> bool:
        """Whether every exercise is correct."""
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
        who = [(label, lab, name) for label in _labels(student.name, student.lms_id)]
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
            late_days=next((notes.late[who, lab] for who in _labels(name, lms_id) if (who, lab) in notes.late), 0),
            late_percent=late_percent,
            comments=tuple(said for who in _labels(name, lms_id) for said in notes.comments.get((who, lab, ""), ())),
        )
        for (name, lms_id, lab), lines in by_student.items()
    ]


def _labels(name: str, lms_id: str) -> list[str]:
    """What a row may call a student: the name as reports show it, the number."""
    return [files.printable(name).strip(), *([lms_id] if lms_id else [])]


def strangers(wanted: Sequence[Task], notes: Notes) -> list[str]:
    """Students in the notes whom nobody knows: most likely a name that was mistyped."""
    known = {label for task in wanted for label in _labels(task.student.name, task.student.lms_id)}
    named = {key[0] for kept in (notes.late, notes.points, notes.comments) for key in kept}
    return sorted(named - known)
