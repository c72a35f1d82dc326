"""Answers that ended the grader: named, and not run again.

Without bubblewrap an answer shares the machine's processes with the grader. A file beside its record is locked while it
runs and gone afterwards. A file that is left, and that nobody locks, is of an answer during which the grader ended.
"""

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def beside(record: Path) -> Path:
    """The file of the answer whose record is at `record`."""
    return record.with_suffix(".running")


def ended_the_grader(record: Path, job: dict[str, Any] | None = None) -> bool:
    """Say if the grader ended while this answer ran; without a job, while any answer to the exercise did."""
    try:
        with beside(record).open("r", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return job is None or file.read() == _digest(job)
    except OSError:  # there is none, or it is locked: it runs
        return False


@contextlib.contextmanager
def watched(record: Path, job: dict[str, Any]) -> Iterator[None]:
    """Keep the file as long as the answer runs."""
    path = beside(record)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(_digest(job))
        file.flush()
        os.fsync(file.fileno())
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _digest(job: dict[str, Any]) -> str:
    """A digest of what the student wrote; other questions make no other suspect."""
    own = json.dumps([job["answer"], job["before"]])
    return hashlib.sha256(own.encode("utf-8", "surrogatepass")).hexdigest()
