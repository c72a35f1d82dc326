"""The three sizes of the suite: `make quick`, `make test` and `make test-long`.

`make test` draws three seeds where `make test-long` draws twenty, and leaves out tests marked `long`. A test module
takes its seeds from here: `@pytest.mark.parametrize("seed", SEEDS)`, or `for seed in SEEDS`.
"""

import os
import re
from functools import cache
from pathlib import Path

LONG = os.environ.get("LETITCRASH_LONG", "") not in ("", "0")
ALL_SEEDS = 20
SEEDS = range(ALL_SEEDS if LONG else 3)

LEFT_INSIDE = "inside other tests: pages at their other width, twenty students, words to misconceptions by seed"
"""The parts of tests of `make test` that only the long suite runs: each asks `LONG`."""

ROOT = Path(__file__).resolve().parent.parent
MARKS = {"site": "tests/site/", "conformance": "tests/conformance/", "grading": "tests/grading/"}
"""The marks that shards choose by, and the folder whose tests carry each."""


def mark_of(path: Path) -> str | None:
    """The mark that every test of this file carries, or None.

    >>> mark_of(ROOT / "tests" / "site" / "test_pages.py")
    'site'
    """
    inside = path.relative_to(ROOT).as_posix()
    return next((mark for mark, folder in MARKS.items() if inside.startswith(folder)), None)


def chapters_of(nodeid: str) -> set[int]:
    """The numbers of the chapters that a test's id names, through its file or its parameters.

    >>> chapters_of("tests/test_lab04.py::test_x"), chapters_of("tests/site/test_pages.py::test_y[labs/04_who/lab]")
    ({4}, {4})
    >>> chapters_of("tests/test_world.py::test_z[200]")
    set()
    """
    path, _, rest = nodeid.partition("::")
    words = re.findall(r"test_(?:chapter|lab)(\d\d)\.py$", path)
    words += re.findall(r"(?:^|[\[/\-])(\d\d)_[a-z]", rest)
    return {int(word) for word in words}


def group_of(nodeid: str) -> str:
    """The name of a test's group, which one worker runs: its chapter's in its file, its file's, or its own.

    A file is a group where it has a fixture of its own that all its tests share.

    >>> group_of("tests/test_labs.py::test_x[04_who-alarm]"), group_of("tests/test_world.py::test_z[200]")
    ('tests/test_labs.py 4', 'tests/test_world.py::test_z[200]')
    >>> group_of("tests/site/test_folds.py::test_w")
    'tests/site/test_folds.py'
    """
    path = nodeid.partition("::")[0]
    chapters = "".join(f" {number}" for number in sorted(chapters_of(nodeid)))
    return path + chapters if chapters or shares_a_fixture(ROOT / path) else nodeid


@cache
def shares_a_fixture(path: Path) -> bool:
    """True where the tests of this file share a fixture of its own."""
    return 'scope="module"' in path.read_text(encoding="utf-8")
