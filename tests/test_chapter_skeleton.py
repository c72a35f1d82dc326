"""`make chapter` writes a chapter and a lab that the quick tests pass as they are, and overwrites nothing."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import chapter
import pytest

ROOT = Path(__file__).resolve().parents[1]
RULES = ("chapters", "labs", "notebooks", "tools")
COPIED = ("book", "labs", "letitcrash", "notebooks", "tests", "tools")


@pytest.fixture
def project(tmp_path):
    """A copy of what a chapter needs of the project."""
    for name in COPIED:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for name in ("_toc.yml", "pyproject.toml", "_config.yml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


@pytest.mark.slow
def test_a_new_chapter_passes_the_quick_tests_as_it_is(project):
    number = 1 + max(int(path.name[:2]) for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
    written = chapter.write(project, number, "Two more stores")
    assert all(path.is_file() for path in written)
    own = [f"tests/test_{name}.py" for name in (f"chapter{number:02}", f"lab{number:02}", *RULES)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--chapter", str(number), *own],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project), "LETITCRASH_LONG": "", "PYTEST_XDIST_WORKER": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= 30, "the tests did not find the new chapter"


def test_a_new_chapter_stands_in_the_contents_after_the_one_before_it(tmp_path):
    contents = (ROOT / "_toc.yml").read_text()
    files = re.findall(r"file: (\S+)", chapter.in_contents(contents, 77, "Two stores"))
    before = re.findall(r"file: (\S+)", contents)
    assert [file for file in files if "77" not in file] == before
    at = files.index("notebooks/77_two_stores")
    assert files[at : at + 3] == [files[at], "labs/77_two_stores/lab", "labs/77_two_stores/solution"]
    last = max(file for file in before if file.startswith("labs/") and file.endswith("/solution"))
    assert files[at - 1] == last


@pytest.mark.parametrize(
    ("number", "name", "says"),
    [
        (5, "Two stores", "chapter 5 is there"),
        (0, "Two stores", "no chapter before it"),
        (77, '"~', "a name has letters"),
    ],
)
def test_a_chapter_that_cannot_be_is_refused_and_nothing_is_written(project, number, name, says):
    before = sorted(project.rglob("*"))
    with pytest.raises(SystemExit, match=says):
        chapter.write(project, number, name)
    assert sorted(project.rglob("*")) == before
