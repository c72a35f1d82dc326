"""Zips of submissions, unpacked with care: what one student packed spoils nobody else's work."""

import contextlib
import hashlib
import lzma
import os
import stat
import time
import zipfile
import zlib
from collections import Counter
from pathlib import Path, PurePosixPath

from letitcrash.classroom.grading.submissions import (
    CANVAS,
    FILES_EACH,
    MOODLE,
    NOTEBOOK_BYTES,
    Unreadable,
    is_notebook,
    who,
)


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
                owner = (who(parts[0], file=True)[1] or parts[:-1] or parts, is_notebook(parts[-1]))
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
    with contextlib.suppress(OSError, ValueError, OverflowError):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        packed = time.mktime((*member.date_time, 0, 0, -1))  # the newest of several notebooks counts
        os.utime(place, (packed, packed))
        if is_notebook(place.name) and large:
            os.truncate(place, member.file_size)  # its size says what is wrong with it, and it takes no room


DAMAGED = (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error, lzma.LZMAError)
"""The errors of a member of a zip that was damaged, encrypted or packed in an unknown way."""


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
