"""Give pages back: zips that Moodle and Canvas take, and for folders a command.

    python -m letitcrash.classroom.grading.give_back grades 'clones/lab-1-submissions/{student}/feedback.html'

The command copies each student's page, found by the student's record and not by what a file is called, to the place
that the pattern gives for that student, in a folder that is there already.
"""

import argparse
import io
import os
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from letitcrash.classroom.grading import files, marking
from letitcrash.classroom.grading.results import Result
from letitcrash.classroom.grading.submissions import CANVAS, MOODLE, Student

STUDENT, LAB = "{student}", "{lab}"


class GiveBackError(ValueError):
    """A pattern or a folder that gives no place for a page; the message says what would."""


def write(results: Sequence[Result], folder: Path) -> list[Path]:
    """Write feedback-<LMS>-<lab>.zip for each LMS that packed something of the lab; returns the zips."""
    written = []
    for lab in sorted({result.lab for result in results}):
        for lms, name in (("moodle", for_moodle), ("canvas", for_canvas)):
            named = {name(each): each for each in results if each.lab == lab}
            named.pop("", None)
            if named:
                written.append(folder / f"feedback-{lms}-{lab}.zip")
                files.replace(written[-1], _packed(named, folder))
    return written


def for_moodle(result: Result) -> str:
    """The path of the page in Moodle's zip of feedback files, which knows a student by the number after the name."""
    if not MOODLE.fullmatch(result.handed):
        return ""
    name = files.printable(result.student).replace("_", " ").replace("\n", " ").replace("\\", " ")
    return f"{name}_{result.lms_id}_assignsubmission_file_/feedback-{result.lab}.html"


def for_canvas(result: Result) -> str:
    """The name of the page in a zip that Canvas takes back: that of the file handed in, numbers and all."""
    if not CANVAS.fullmatch(result.handed) or MOODLE.fullmatch(result.handed):
        return ""
    return f"{Path(result.handed).stem}.html"


def _packed(named: dict[str, Result], folder: Path) -> bytes:
    """A zip of the pages, the same bytes for the same pages."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, result in sorted(named.items()):
            member = zipfile.ZipInfo(name.encode("utf-8", "replace").decode("utf-8"), (2026, 1, 1, 0, 0, 0))
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(member, (folder / page(result.lab, result.slug)).read_bytes())
    return packed.getvalue()


def page(lab: str, slug: str) -> str:
    """The path of a student's page under the folder of grades."""
    return f"feedback/{lab}/{slug}.html"


def copy(grades: Path, pattern: str, lab: str = "") -> Iterator[tuple[str, str]]:
    """Copy each page to its student's place; yields every student with the place, or with the reason against it.

    Raises GiveBackError for a pattern or a folder of grades from which no place follows.
    """
    parts = Path(pattern).parts
    if sum(STUDENT in part for part in parts) != 1 or STUDENT in parts[-1]:
        raise GiveBackError(f"{pattern}: one of its folders should hold {STUDENT}: clones/{STUDENT}/feedback.html")
    there = sorted(path.name for path in (grades / "feedback").glob("*/"))
    if lab and lab not in there:
        raise GiveBackError(f"{grades} has no pages of {lab}; there are {', '.join(there) or 'none at all'}")
    if not there:
        raise GiveBackError(f"{grades} has no pages: is it a folder of grades, and has it been graded?")
    if not lab and len(there) > 1 and LAB not in parts[-1]:
        raise GiveBackError(f"{grades} has pages of {', '.join(there)}: give --lab, or {LAB} in the file's name")
    for each in [lab] if lab else there:
        for student in sorted(_students(grades / "records" / each), key=lambda one: (one.name, one.lms_id)):
            yield files.printable(student.name), _copied(grades / page(each, student.slug), student, pattern, each)


def _students(records: Path) -> set[Student]:
    kept = filter(None, map(marking.read, records.glob("*/*.json")))
    return {Student(record.student, record.lms_id) for record in kept}


def _copied(own: Path, student: Student, pattern: str, lab: str) -> str:
    """The place to which the page went, or the reason why it went nowhere."""
    before, _, after = pattern.replace(LAB, lab).partition(STUDENT)
    base = Path(before + "x").parent  # the folder of the pattern that is the teacher's own: no student is in it yet
    place = Path(before + student.name + after)
    inside = os.path.relpath(place.parent, base)
    if os.path.realpath(place.parent) != os.path.join(os.path.realpath(base), inside):
        return f"not copied: {files.printable(str(place.parent))} leads elsewhere over a link"
    if not place.parent.is_dir():
        return f"not copied: there is no folder {files.printable(str(place.parent))}"
    if not own.is_file():
        return "not copied: there is no page; grade again"
    try:
        files.replace(place, own.read_text(encoding="utf-8"))
    except OSError as error:
        return f"not copied: {files.printable(str(place))}: {error.strerror}"
    return files.printable(str(place))


def main() -> None:
    """Copy the pages that the command line asks for; ends with status 1 when one was not copied."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("grades", type=Path, help="the folder of grades")
    parser.add_argument("pattern", help="the place of a page, with {student}, and with {lab} if you like")
    parser.add_argument("--lab", default="", help="of this lab alone: 01_the_till_and_the_queue")
    arguments = parser.parse_args()
    whole = True
    try:
        for student, said in copy(arguments.grades, arguments.pattern, arguments.lab):
            print(f"{student}: {said}")
            whole &= not said.startswith("not copied")
    except GiveBackError as error:
        parser.error(str(error))
    sys.exit(0 if whole else 1)


if __name__ == "__main__":
    main()
