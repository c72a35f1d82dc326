"""What students handed in: found, and opened with care."""

import contextlib
import hashlib
import lzma
import os
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

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
    """Who handed in: a name to show, the number by which the LMS knows them, their notebooks, their other files."""

    name: str
    lms_id: str
    files: tuple[Path, ...] = ()
    root: Path | None = None
    others: tuple[Path, ...] = ()

    @property
    def slug(self) -> str:
        """A name for the student's files: readable, and nobody else's."""
        digest = hashlib.sha256(f"{self.name}\0{self.lms_id}".encode("utf-8", "surrogatepass")).hexdigest()
        return f"{re.sub(r'[^A-Za-z0-9]+', '-', self.name)[:40].strip('-')}-{digest[:8]}"


def unpacked(path: Path, target: Path) -> Path:
    """The folder at `path`; of a zip, its files in the empty folder `target`. Raises Unreadable.

    Links, absolute paths and ".." are left out. Of what is no notebook the name alone is written, and of everybody no
    more than is looked at: what one student packed spoils nobody else's work.
    """
    if path.is_dir():
        return path
    home, seen = target / path.stem, Counter()
    try:
        with zipfile.ZipFile(path) as archive:
            for each in archive.infolist():
                parts = PurePosixPath(each.filename.replace("\\", "/")).parts
                if each.is_dir() or stat.S_ISLNK(each.external_attr >> 16) or {"..", "/", "//"} & set(parts):
                    continue
                owner = (_who(parts[0], file=True)[1] or parts[:-1] or parts, is_notebook(parts[-1]))
                seen[owner] += 1
                if seen[owner] <= FILES_EACH:
                    _extract(archive, each, home.joinpath(*map(_short, parts)))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable(f"{path.name} is not a zip that can be read: {error}") from None
    home.mkdir(exist_ok=True)
    return _class_folder(home)


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: Path) -> None:
    """Write a member, or what can be read of it, to `place`; nothing where its name is another one's folder."""
    content, large = b"", member.file_size > NOTEBOOK_BYTES
    if is_notebook(place.name) and not large:
        with contextlib.suppress(*DAMAGED), archive.open(member) as source:
            content = source.read()
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        if is_notebook(place.name) and large:
            os.truncate(place, member.file_size)  # its size says what is wrong with it, and it takes no room


DAMAGED = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error, lzma.LZMAError)
"""What a member of a zip raises when it was damaged, encrypted or packed in an unknown way."""


def is_notebook(name: str) -> bool:
    """Whether a file of that name should be one."""
    return name.lower().endswith(".ipynb")


def _short(name: str) -> str:
    """The name, or one that every file system takes."""
    raw = name.encode("utf-8", "surrogatepass")
    return name if len(raw) < 200 else f"{name[:40]}-{hashlib.sha256(raw).hexdigest()[:16]}{Path(name).suffix[:10]}"


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
            found.setdefault(_who(path.name), []).extend(_files(path))
        elif is_notebook(path.name) or CANVAS.fullmatch(path.stem) or path.is_symlink():
            found.setdefault(_who(path.stem, file=True), []).append(path)
    return [
        Student(
            name,
            lms_id,
            tuple(path for path in files if is_notebook(path.name) or path.is_symlink()),
            root,
            tuple(path for path in files if not is_notebook(path.name) and not path.is_symlink()),
        )
        for (name, lms_id), files in sorted(found.items())
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


def _who(label: str, file: bool = False) -> tuple[str, str]:
    pattern = CANVAS if file else MOODLE
    match = pattern.fullmatch(label) or MOODLE.fullmatch(label)
    return (match["name"], match["id"]) if match else (label, "")


def _files(folder: Path) -> list[Path]:
    """Notebooks first, and no more than are looked at."""
    found = []
    for here, folders, files in os.walk(folder, followlinks=False):
        depth = len(Path(here).relative_to(folder).parts)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and depth < 4)
        found += [Path(here) / name for name in sorted(files) if not name.startswith(".")]
        if len(found) > 100 * FILES_EACH:
            break
    return sorted(found, key=lambda path: not is_notebook(path.name))[:FILES_EACH]


def belongs(path: Path, root: Path, labs: Sequence[Release]) -> Release | None:
    """Which lab the notebook at `path` is for: the only one, or as its path from `root` on says, or its cells' ids."""
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
