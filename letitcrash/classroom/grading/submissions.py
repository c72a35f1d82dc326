"""Submissions of students: each student's files under a folder, the lab of each, and the text of one."""

import hashlib
import os
import re
import stat
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from letitcrash.classroom.release import Release

NOTEBOOK_BYTES = 5 * 2**20
"""Of a notebook; one without outputs has some ten thousand."""
FILES_EACH = 40
"""Of one student, notebooks and others; more are not looked at."""

MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_.*", re.DOTALL)
CANVAS = re.compile(r"(?P<name>.+?)_(?:LATE_)?(?P<id>\d+)_\d+_.*", re.DOTALL)
LAB_NUMBER = re.compile(r"(?:^|[^a-z0-9])(?:lab[ _-]?)?(\d\d)(?:[_-][a-z_]+|[^0-9]|$)")


class Unreadable(ValueError):
    """A file that is no notebook; the sentence is for the student."""


@dataclass(frozen=True)
class Student:
    """A student: a name to show, the number by which the LMS knows them, their notebooks, their other files.

    `closed` are the folders of theirs that could not be listed, each with the reason.
    """

    name: str
    lms_id: str
    files: tuple[Path, ...] = ()
    root: Path | None = None
    others: tuple[Path, ...] = ()
    roots: tuple[Path, ...] = ()
    closed: tuple[tuple[Path, str], ...] = ()

    def root_of(self, path: Path) -> Path:
        """The folder of submissions that a file of theirs is in."""
        return next((root for root in self.roots if path.is_relative_to(root)), self.root)

    @property
    def handed(self) -> str:
        """The name under which an LMS packed their work; empty when none did."""
        named = [
            label
            for path in (*self.files, *self.others)
            if self.lms_id and (root := self.root_of(path))
            for label in (path.relative_to(root).parts[0], root.name)
        ]
        return next((each for each in named if who(each, file=True) == (self.name, self.lms_id)), "")

    @property
    def slug(self) -> str:
        """A name for the student's files: readable, and nobody else's, whatever they call themselves."""
        digest = hashlib.sha256(f"{self.name}\0{self.lms_id}".encode("utf-8", "surrogatepass")).hexdigest()
        return f"{re.sub(r'[^A-Za-z0-9]+', '-', self.name)[:40].strip('-')}-{digest[:32]}"


def is_notebook(name: str) -> bool:
    """Say if a file of that name should be one."""
    return name.lower().endswith(".ipynb")


def students(root: Path, known: Collection[str] = ()) -> list[Student]:
    """The students under `root`, in order of names: a folder each, or files that carry a name.

    The folder of one student is that student, where the LMS named it, where `known` has its name, or where the only
    notebook in it is called lab.ipynb.
    """
    found: dict[tuple[str, str], list[Path]] = {}
    closed: dict[tuple[str, str], list[tuple[Path, str]]] = {}
    try:
        one, inside = _is_one(root, known), sorted(root.iterdir())
    except OSError as error:
        raise Unreadable(f"{root} cannot be listed: {error.strerror}; is it yours, and may you read it?") from None
    for path in [root] if one else inside:
        if not one and path.name.startswith((".", "__MACOSX")):
            continue
        if os.path.isdir(path) and not os.path.islink(path):
            files, shut = _files(path)
            found.setdefault(who(path.name), []).extend(files)
            closed.setdefault(who(path.name), []).extend(shut)
        elif is_notebook(path.name) or CANVAS.fullmatch(path.stem) or os.path.islink(path):
            found.setdefault(who(path.stem, file=True), []).append(path)
    return [
        Student(
            name,
            lms_id,
            files=tuple(path for path in files if _is_answer(path)),
            others=tuple(path for path in files if not _is_answer(path)),
            root=root,
            closed=tuple(closed.get((name, lms_id), ())),
        )
        for (name, lms_id), files in sorted(found.items())
    ]


def _is_one(root: Path, known: Collection[str]) -> bool:
    if MOODLE.fullmatch(root.name) or who(root.name)[0] in known:
        return True
    inside = [path for path in root.iterdir() if not path.name.startswith((".", "__MACOSX"))]
    notebooks = [path.name.lower() for path in inside if is_notebook(path.name)]
    return notebooks == ["lab.ipynb"] and not any(map(os.path.isdir, inside))


def _is_answer(path: Path) -> bool:
    return is_notebook(path.name) or os.path.islink(path)


def together(handed: Iterable[Student]) -> list[Student]:
    """Each student once, with the files of all folders: a second one holds what came late."""
    found: dict[tuple[str, str], list[Student]] = {}
    for student in handed:
        found.setdefault((student.name, student.lms_id), []).append(student)
    return [
        replace(
            each[0],
            files=tuple(dict.fromkeys(path for one in each for path in one.files)),
            others=tuple(dict.fromkeys(path for one in each for path in one.others)),
            closed=tuple(dict.fromkeys(shut for one in each for shut in one.closed)),
            roots=tuple(one.root for one in each if one.root),
        )
        for each in found.values()
    ]


def twins(everyone: Sequence[Student]) -> list[str]:
    """In a sentence each, where one number of the LMS has two names: somebody may have chosen a name that holds it."""
    names: dict[str, list[str]] = {}
    for student in everyone:
        names.setdefault(student.lms_id, []).append(student.name)
    return [
        f"number {lms_id} belongs to {' and to '.join(map(repr, found))}: find out whose it is"
        for lms_id, found in names.items()
        if lms_id and len(found) > 1
    ]


def who(label: str, file: bool = False) -> tuple[str, str]:
    """The student's name and number, from the name of their folder or file."""
    pattern = CANVAS if file else MOODLE
    match = pattern.fullmatch(label) or MOODLE.fullmatch(label)
    return (match["name"], match["id"]) if match else (label, "")


def _files(folder: Path) -> tuple[list[Path], list[tuple[Path, str]]]:
    """The files in it, notebooks first and no more than are looked at; and the folders that cannot be listed."""
    found, closed = [], []
    note = lambda error: closed.append((Path(error.filename), str(error.strerror)))
    for here, folders, files in os.walk(folder, onerror=note, followlinks=False):
        depth = len(Path(here).relative_to(folder).parts)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and depth < 4)
        found += [Path(here) / name for name in sorted(files) if not name.startswith(".")]
        if len(found) > 100 * FILES_EACH:
            break
    return sorted(found, key=lambda path: not is_notebook(path.name))[:FILES_EACH], closed[:FILES_EACH]


def in_order_of_age(paths: Iterable[Path]) -> list[Path]:
    """The newest file first; of the same second, the last by its name."""
    return sorted(paths, key=lambda path: (_second(path), str(path)), reverse=True)


def as_old(one: Path, other: Path) -> bool:
    """Say if the files are of the same second, so that neither is the newer one."""
    return _second(one) == _second(other)


def _second(path: Path) -> int:
    try:
        return int(path.lstat().st_mtime)
    except OSError:
        return 0


def is_the_book_s(path: Path) -> bool:
    """Say if the file is called as the book's own solution is, as a browser or an LMS saves it."""
    return re.search(r"(?:^|_)solution(?:[ _-]?\(?\d+\)?)?$", path.stem.lower()) is not None


def belongs(path: Path, root: Path, labs: Sequence[Release]) -> Release | None:
    """The lab that the notebook at `path` is for: the only one, or as its path from `root` says, or its cells' ids."""
    if len(labs) == 1:
        return labs[0]
    label = "/".join([root.name, *path.relative_to(root).parts])
    for lab in labs:
        if lab.name in label:
            return lab
    numbers = LAB_NUMBER.findall(label.lower())
    if by_number := [lab for lab in labs if lab.name[:2] in numbers]:
        return by_number[-1]
    try:
        text = source_of(path)
    except Unreadable:
        return None
    counts = [sum(exercise.cell_id in text for exercise in lab.exercises.values()) for lab in labs]
    return labs[counts.index(max(counts))] if max(counts, default=0) else None


def source_of(path: Path) -> str:
    """The text of the file at `path`, which the student chose. Raises Unreadable in words."""
    try:
        about = path.lstat()
        if stat.S_ISLNK(about.st_mode):
            raise Unreadable(f"{path.name} is a link to a file elsewhere: hand in the notebook itself")
        if not stat.S_ISREG(about.st_mode):
            raise Unreadable(f"{path.name} is no file")
        if about.st_size > NOTEBOOK_BYTES:
            raise Unreadable(f"{path.name} has {about.st_size / 2**20:.0f} MB: clear its outputs and hand it in again")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(f"{path.name} is not text: hand in the .ipynb that Jupyter saved") from None
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be opened: {error.strerror}") from None
