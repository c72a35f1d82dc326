"""Results for other programs: Gradescope's results.json, a grade book of our own, CSV for Canvas and Moodle."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from letitcrash.classroom.grading.files import printable, replace
from letitcrash.classroom.grading.results import Line, Result
from letitcrash.classroom.verdict import CORRECT
from letitcrash.text import number_of

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""The beginnings of what a spreadsheet takes for a formula, East Asian ones included."""
INSIDE = re.compile(rf"((?:[;\n]|(?<=\S)\t)[\s\"']*)(?=[{re.escape(''.join(FORMULA))}])")
"""The place before them inside a cell: where a comma is for decimals, a spreadsheet splits lines at `;`."""


def write(results: Sequence[Result], folder: Path) -> list[Path]:
    """Write all of them under `folder`; returns the files that a teacher is told of."""
    written = [_table(folder / "grades.csv", *_grades(results))]
    for lab in sorted({result.lab for result in results}):
        of_lab = [result for result in results if result.lab == lab]
        written.append(_table(folder / f"canvas-{lab}.csv", *_canvas(of_lab)))
        written.append(_table(folder / f"moodle-{lab}.csv", *_moodle(of_lab)))
        for result in of_lab:
            text = json.dumps(gradescope(result), indent=1, ensure_ascii=False)
            replace(folder / "gradescope" / lab / result.slug / "results.json", text)
    return written


def gradescope(result: Result) -> dict[str, Any]:
    """The result as Gradescope reads it: a test per criterion, one more for what lateness or the teacher changed."""
    tests = [test for line in result.lines for test in _tests(line)]
    change = result.final - sum(test["score"] for test in tests)
    if abs(change) > 1e-9:
        reasons = [f"{number_of(result.late_days, 'day')} late"] if result.late_days else []
        reasons += ["points given by the teacher"] if any(line.given is not None for line in result.lines) else []
        tests.append({"name": " and ".join(reasons), "score": change, "max_score": 0, "output": ""})
    said = [*result.comments, *(f"{line.exercise}: {text}" for line in result.lines for text in line.comments)]
    return {
        "score": result.final,
        "output": "\n".join([f"{result.lab}, {result.sandbox}, {_seeds(result)}", *said]),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "stdout_visibility": "hidden",
        "tests": tests,
    }


def _tests(line: Line) -> list[dict[str, Any]]:
    if line.record is None:
        return [{"name": line.exercise, "score": 0, "max_score": line.total, "output": "not graded yet"}]
    return [
        {
            "name": f"{line.exercise}: {finding['says']}",
            "score": finding["points"] if finding["holds"] else 0,
            "max_score": finding["points"],
            "status": "passed" if finding["holds"] else "failed",
            "output": finding["message"],
        }
        for finding in line.record.findings
    ]


def _grades(results: Sequence[Result]) -> tuple[list[str], list[list[Any]]]:
    header = ["student", "lms_id", "lab", "exercise", "status", "machine_points", "given_points", "points", "of"]
    header += ["late_days", "seed", "sandbox", "seconds", "found", "note", "feedback"]
    rows = []
    for result in results:
        for line in result.lines:
            record = line.record
            status, machine = (record.status, record.points) if record else ("not graded", 0)
            rest = [record.seed, record.sandbox, record.seconds, record.how, record.note] if record else [""] * 5
            rest.append(f"feedback/{result.lab}/{result.slug}.html")
            given = "" if line.given is None else line.given
            who = [result.student, result.lms_id, result.lab, line.exercise]
            rows.append([*who, status, machine, given, line.points, line.total, result.late_days, *rest])
    return header, rows


def _canvas(results: Sequence[Result]) -> tuple[list[str], list[list[Any]]]:
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", results[0].lab]
    possible = ["    Points Possible", "", "", "", "", results[0].total]
    return header, [possible, *([each.student, each.lms_id, "", "", "", each.final] for each in results)]


def _moodle(results: Sequence[Result]) -> tuple[list[str], list[list[Any]]]:
    """Comments are HTML there; without "Last modified (grade)", empty before the first grade, it takes no worksheet."""
    header = ["Identifier", "Full name", "Grade", "Maximum grade", "Last modified (grade)", "Feedback comments"]
    return header, [
        [
            f"Participant {each.lms_id}" if each.lms_id else "",
            each.student,
            each.final,
            each.total,
            "",
            _as_html(in_words(each)),
        ]
        for each in results
    ]


def _as_html(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def in_words(result: Result) -> str:
    """The result in a few sentences."""
    lines = [*result.comments]
    for line in result.lines:
        status = line.record.status if line.record else "not graded yet"
        failed = [finding["message"] for finding in line.record.findings if not finding["holds"]] if line.record else []
        why = "" if status == CORRECT or not failed else f" ({failed[0]})"
        lines += [f"{line.exercise}: {status}, {line.points:g} of {line.total:g}{why}", *line.comments]
    lines += (
        [f"{number_of(result.late_days, 'day')} late: {number_of(result.final, 'point')} counted"]
        if result.late_days
        else []
    )
    return "\n".join(lines)


def _seeds(result: Result) -> str:
    seeds = sorted({line.record.seed for line in result.lines if line.record})
    return f"seed {', '.join(map(str, seeds))}"


def _table(path: Path, header: list[str], rows: Iterable[list[Any]]) -> Path:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([header, *([tame(cell) for cell in row] for row in rows)])
    replace(path, written.getvalue())
    return path


def tame(cell: Any) -> Any:
    """The cell, whole numbers whole, and text that a spreadsheet would take for a formula made plain."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if not isinstance(cell, str):
        return cell
    cell = INSIDE.sub(r"\1'", printable(cell))
    return f"'{cell}" if cell.lstrip().startswith(FORMULA) else cell
