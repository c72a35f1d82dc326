"""Tells whether files changed: what was built from the same fingerprint need not be built again."""

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path


def fingerprint(root: Path, patterns: Iterable[str], leave_out: tuple[str, ...] = ()) -> str:
    """A hash of the Python version and of the path and bytes of each file below `root` that matches a glob pattern.

    Files with a suffix in `leave_out` do not count, nor does compiled Python.
    """
    digest = hashlib.sha256(sys.version.encode())
    paths = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    for path in sorted(paths):
        if path.suffix not in (".pyc", *leave_out):
            digest.update(
                f"{path.relative_to(root).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest()
            )
    return digest.hexdigest()
