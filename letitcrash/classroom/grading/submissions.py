"""What students handed in: found, and opened with care."""

import hashlib
import os
import re
import stat
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from letitcrash.classroom.release import Release

NOTEBOOK_BYTES = 5 * 2**20
"""Of a notebook; one without outputs has some ten thousand."""
ZIP_FILES, ZIP_BYTES = 20_000, 2 * 2**30
NOTEBOOKS_EACH = 40

MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_.*")
CANVAS = re.compile(r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<id>\d+)_\d+_.*")
LAB_NUMBER = re.compile(r"(?:^|[^a-z0-9])(?:lab[ _-]?)?(\d\d)(?:[_-][a-z_]+|[^0-9]|$)")


class Unreadable(ValueError):
    """A file that is no notebook; the sentence is for the student."""


@dataclass(frozen=True)
class Student:
    """Who handed in: a name to show, the number by which the LMS knows them, their files."""

    name: str
    lms_id: str
    files: tuple[Path, ...] = ()
    root: Path | None = None

    @property
    def slug(self) -> str:
        """A name for the student's files: readable, and nobody else's."""
        digest = hashlib.sha256(f"{self.name}\0{self.lms_id}".encode("utf-8", "surrogatepass")).hexdigest()
        return f"{re.sub(r'[^A-Za-z0-9]+', '-', self.name)[:40].strip('-')}-{digest[:8]}"


def unpacked(path: Path, target: Path) -> Path:
    """The folder at `path`; of a zip, its notebooks in the empty folder `target`. Raises Unreadable.

    Links, absolute paths and ".." are left out; nothing but notebooks is written, and not more than is sane.
    """
    if path.is_dir():
        return path
    try:
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if each.filename.endswith(".ipynb")]
            if len(members) > ZIP_FILES or sum(each.file_size for each in members) > ZIP_BYTES:
                raise Unreadable(f"{path.name} holds more than a class can hand in")
            for each in members:
                parts = Path(each.filename.replace("\\", "/")).parts
                if stat.S_ISLNK(each.external_attr >> 16) or ".." in parts or os.path.isabs(each.filename):
                    continue
                place = target.joinpath(*parts)
                place.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(each) as source:
                    place.write_bytes(source.read(NOTEBOOK_BYTES + 1))
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise Unreadable(f"{path.name} is not a zip that can be read: {error}") from None
    return _class_folder(target)


def _class_folder(folder: Path) -> Path:
    """The folder that holds the students: `folder`, or the one folder that the zip wrapped around them."""
    inside = list(folder.iterdir())
    if len(inside) != 1 or not inside[0].is_dir() or MOODLE.fullmatch(inside[0].name):
        return folder
    own = list(inside[0].glob("*.ipynb"))
    return folder if own and not any(CANVAS.fullmatch(path.stem) for path in own) else inside[0]


def students(root: Path) -> list[Student]:
    """Who handed in under `root`: a folder each, or files that carry a name, in order of names."""
    found: dict[tuple[str, str], list[Path]] = {}
    for path in sorted(root.iterdir()):
        if path.name.startswith((".", "__MACOSX")):
            continue
        if path.is_dir() and not path.is_symlink():
            found.setdefault(_who(path.name), []).extend(_notebooks(path))
        elif path.suffix == ".ipynb":
            found.setdefault(_who(path.stem, file=True), []).append(path)
        elif path.is_symlink():
            found.setdefault(_who(path.stem), []).append(path)
    return [Student(name, lms_id, tuple(files), root) for (name, lms_id), files in sorted(found.items())]


def _who(label: str, file: bool = False) -> tuple[str, str]:
    pattern = CANVAS if file else MOODLE
    match = pattern.fullmatch(label) or MOODLE.fullmatch(label)
    return (match["name"], match["id"]) if match else (label, "")


def _notebooks(folder: Path) -> list[Path]:
    found = []
    for here, folders, files in os.walk(folder, followlinks=False):
        depth = len(Path(here).relative_to(folder).parts)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and depth < 4)
        found += [Path(here) / name for name in sorted(files) if name.endswith(".ipynb")]
        if len(found) > NOTEBOOKS_EACH:
            break
    return found[:NOTEBOOKS_EACH]


def belongs(path: Path, labs: Sequence[Release]) -> Release | None:
    """Which lab the notebook at `path` is for: the only one, or as its path says, or as its cells' ids say."""
    if len(labs) == 1:
        return labs[0]
    label = "/".join(path.parts[-3:])
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
