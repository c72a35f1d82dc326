"""The teacher's own: late days, points given by hand, comments. Read from a CSV file, never written to but once.

    student,lab,exercise,late_days,points,comment
    Ann,01_the_till_and_the_queue,,2,,was ill; no deduction from me
    Ann,01_the_till_and_the_queue,erlang_b,,3,the idea is right: one digit was mistyped

`student` is the name or the number in the LMS. A row without exercise is for the whole lab.
"""

import codecs
import csv
import io
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from letitcrash.classroom.grading import files
from letitcrash.classroom.grading.marking import Task
from letitcrash.classroom.grading.submissions import Student
from letitcrash.classroom.sources import nearest

COLUMNS = ["student", "lab", "exercise", "late_days", "points", "comment"]


class NotesError(ValueError):
    """A row that cannot be meant; the message names the line."""


@dataclass
class Notes:
    """The teacher's rows, by student, lab and exercise ("" for the whole lab); `lines` says where each stands."""

    late: dict[tuple[str, str], float] = field(default_factory=dict)
    points: dict[tuple[str, str, str], float] = field(default_factory=dict)
    comments: dict[tuple[str, str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    lines: list[tuple[str, tuple[str, str, str]]] = field(default_factory=list)


def load(path: Path) -> Notes:
    """The notes at `path`; where there is no file, one with a header is begun. Raises NotesError naming the line."""
    notes = Notes()
    try:
        if files.begin(path, ",".join(COLUMNS) + "\r\n"):
            return notes
        text = _text(path)
    except OSError as error:
        raise NotesError(f"{path.name} cannot be read: {error.strerror}") from None
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)  # a spreadsheet writes what its locale splits at
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    ended = 1
    try:
        rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or ()]
        if sorted(rows.fieldnames) != sorted(COLUMNS):
            raise NotesError(
                f"{path.name}, line 1: it should name the columns, {', '.join(COLUMNS)}, each once; "
                f"it is {head.strip()[:80]!r}"
            )
        for row in rows:
            ended = rows.line_num
            begun = ended - sum(str(cell).count("\n") for cell in row.values())
            _take(row, f"{path.name}, line {begun}", notes)
    except csv.Error:
        raise NotesError(f"{path.name}, line {ended + 1}: from here on a quotation mark is not closed") from None
    return notes


def _text(path: Path) -> str:
    """The file's text, in one of the encodings in which spreadsheets write CSV. Raises NotesError with the line."""
    raw = path.read_bytes()
    encoding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    for each in (encoding, "cp1252"):
        try:
            text = raw.decode(each)
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            continue
        if "\0" not in text:
            return text
        line = text[: text.index("\0")].count("\n") + 1
    raise NotesError(f"{path.name}, line {line}: this is no text: save it as CSV in UTF-8")


def _take(row: dict[str | None, Any], where: str, notes: Notes) -> None:
    """Add a row to the notes. Raises NotesError."""
    if row.get(None):
        raise NotesError(f"{where}: it has more cells than there are columns; a comma inside a cell needs quotes")
    row = {name: _plain(row[name] or "") for name in COLUMNS}
    if not any(row.values()):
        return
    if not row["student"] or not row["lab"]:
        raise NotesError(f"{where}: it should name a student and a lab")
    key = (row["student"], row["lab"], row["exercise"])
    notes.lines.append((where, key))
    if row["late_days"]:
        if key[:2] in notes.late:
            raise NotesError(f"{where}: late_days of {key[0]!r} in {key[1]} stand in an earlier line too")
        notes.late[key[:2]] = _number(row["late_days"], f"{where}, late_days")
    if row["points"]:
        if not row["exercise"]:
            raise NotesError(f"{where}: points are given to an exercise; this row names none")
        if key in notes.points:
            raise NotesError(f"{where}: points of {key[0]!r} for {key[2]} stand in an earlier line too")
        notes.points[key] = _number(row["points"], f"{where}, points")
    if row["comment"]:
        notes.comments[key].append(row["comment"])


def examine(notes: Notes, wanted: Sequence[Task]) -> list[str]:
    """The rows that concern nobody here, in a sentence each. Raises NotesError for one that would count wrongly."""
    owners: dict[str, set[Student]] = defaultdict(set)
    totals: dict[str, dict[str, float]] = defaultdict(dict)
    for task in wanted:
        totals[task.lab.name][task.exercise.name] = task.exercise.points
        for label in labels_of(task.student.name, task.student.lms_id):
            owners[label].add(task.student)
    said = []
    for where, (student, lab, exercise) in notes.lines:
        if lab not in totals:
            said.append(f"{where}: no lab {lab!r} is graded here; there {_are(totals, lab)}")
        elif exercise and exercise not in totals[lab]:
            raise NotesError(f"{where}: {lab} has no exercise {exercise!r}; there {_are(totals[lab], exercise)}")
        elif notes.points.get((student, lab, exercise), 0) > (most := totals[lab].get(exercise, math.inf)):
            given = notes.points[student, lab, exercise]
            raise NotesError(f"{where}, points: {given:g} is more than the {most:g} that {exercise} is worth")
        if len(owners[student]) > 1:
            numbers = " or ".join(sorted(each.lms_id or f"{each.name!r} without a number" for each in owners[student]))
            raise NotesError(f"{where}: {student!r} is what several students are called; give a number: {numbers}")
        if not owners[student]:
            known = {label.casefold(): label for label in owners if owners[label]}
            near = known.get(student.casefold()) or known.get(nearest(student.casefold(), known))
            hint = f"; there is {near!r}" if near else ""
            said.append(f"the notes name {student!r}, who handed nothing in{hint} ({where})")
    for labels in {tuple(labels_of(task.student.name, task.student.lms_id)) for task in wanted}:
        _refuse_two_values(labels, notes)
    return said


def _refuse_two_values(labels: Sequence[str], notes: Notes) -> None:
    """Raise NotesError when one student has two values for the same, under the name and under the number."""
    seen: dict[tuple[str, ...], str] = {}
    for what, values in ("late_days", notes.late), ("points", notes.points):
        for key in values:
            if key[0] not in labels:
                continue
            other = seen.setdefault((what, *key[1:]), key[0])
            if other != key[0]:
                where = next(where for where, row in reversed(notes.lines) if row[: len(key)] == key)
                raise NotesError(f"{where}: {what} of {key[0]!r}, who is {other!r}, stand in an earlier line too")


def _are(known: Iterable[str], wanted: str) -> str:
    near = nearest(wanted, known)
    return f"is {near!r}" if near else f"are {', '.join(sorted(known))}"


def _plain(text: str) -> str:
    """The text without what cannot be seen at its ends, spelt as other programs spell it."""
    return files.printable(unicodedata.normalize("NFC", text).replace("\xa0", " ")).strip()


def _number(text: str, where: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise NotesError(f"{where}: {text!r} should be a number, 0 or more")
    return value


def labels_of(name: str, lms_id: str) -> list[str]:
    """The words by which a row may call a student: the name as reports show it, the number."""
    return [_plain(name), *([lms_id] if lms_id else [])]
