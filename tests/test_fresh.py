"""The site never shows a number of yesterday's library, and executes no notebook for nothing."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

pytestmark = pytest.mark.slow  # each build takes ten seconds of processor time

ROOT = Path(__file__).parents[1]
CONFIG = """
title: A book
only_build_toc_files: true
execute: {execute_notebooks: cache}
sphinx: {local_extensions: {fresh: EXTENSIONS, tidy: EXTENSIONS}}
"""


class Book:
    """A book of one chapter and another, on a library of one number."""

    def __init__(self, folder: Path):
        self.folder = folder
        (folder / "_config.yml").write_text(
            CONFIG.replace("EXTENSIONS", os.path.relpath(ROOT / "book" / "_ext", folder))
        )
        (folder / "_toc.yml").write_text("format: jb-book\nroot: notebooks/one\nchapters:\n- file: notebooks/two\n")
        (folder / "letitcrash").mkdir()
        (folder / "notebooks").mkdir()
        self.module("__init__", "ANSWER = 41")
        self.module("eggs", "DOZEN = 12")
        self.chapter("one", "letitcrash.ANSWER")
        self.chapter("two", "2 * letitcrash.ANSWER")

    def module(self, name: str, text: str) -> None:
        """Write a module of the library."""
        (self.folder / "letitcrash" / f"{name}.py").write_text(text)

    def chapter(self, name: str, code: str, words: str = "Words.", imports: str = "import letitcrash") -> None:
        """Write a chapter, which notes each time that it is executed."""
        note = f'open("../{name}.runs", "a").write("x")'
        cells = [
            new_markdown_cell(f"# Chapter {name}\n\n{words}"),
            new_code_cell(f"{imports}\n{note};\n{code}"),
        ]
        kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
        nbformat.write(new_notebook(cells=cells, metadata=kernel), self.folder / "notebooks" / f"{name}.ipynb")

    def build(self) -> subprocess.CompletedProcess:
        """Build it as `make site` does."""
        shutil.rmtree(self.folder / "letitcrash" / "__pycache__", ignore_errors=True)
        command = [str(Path(sys.executable).with_name("jupyter-book")), "build", ".", "-W", "--keep-going", "-q"]
        path = os.pathsep.join([str(self.folder), str(ROOT / "tools")])
        environment = {**os.environ, "PYTHONPATH": path, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=120)

    def page(self, name: str) -> str:
        """A built page."""
        return (self.folder / "_build" / "html" / "notebooks" / f"{name}.html").read_text()

    def runs(self) -> tuple[int, int]:
        """The number of times that each chapter was executed."""
        return tuple((self.folder / f"{name}.runs").stat().st_size for name in ("one", "two"))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return Book(tmp_path_factory.mktemp("book"))


def test_an_edit_executes_what_depends_on_it_and_nothing_else(book):
    assert book.build().returncode == 0
    assert book.runs() == (1, 1)
    assert ">41\n" in book.page("one")

    book.chapter("one", "letitcrash.ANSWER", words="Other words.")
    assert book.build().returncode == 0
    assert "Other words." in book.page("one")
    assert book.runs() == (1, 1), "words run nothing, nor does what did not change"

    book.chapter("one", "letitcrash.ANSWER + 1")
    assert book.build().returncode == 0
    assert ">42\n" in book.page("one")
    assert book.runs() == (2, 1), "another cell runs its own notebook only"

    book.module("__init__", "ANSWER = 50")
    book.chapter("two", "letitcrash.eggs.DOZEN * letitcrash.ANSWER", imports="import letitcrash.eggs")
    assert book.build().returncode == 0
    assert (">51\n" in book.page("one"), ">600\n" in book.page("two")) == (True, True)
    assert book.runs() == (3, 2), "a module that all import runs them all"

    book.module("eggs", "DOZEN = 13")
    assert book.build().returncode == 0
    assert ">650\n" in book.page("two")
    assert book.runs() == (3, 3), "a module that one notebook imports runs that one"


def test_a_build_that_failed_fails_again(book):
    book.chapter("two", "1 / 0")
    first, second = book.build(), book.build()
    assert (first.returncode, second.returncode) == (1, 1)
    assert "Executing notebook failed" in second.stderr


def test_the_lab_is_a_page_that_is_not_executed():
    config = (ROOT / "_config.yml").read_text()
    assert 'exclude_patterns: ["labs/*/lab.ipynb"]' in config
    for path in ROOT.glob("labs/*/lab.ipynb"):
        assert not any(cell.get("outputs") for cell in json.loads(path.read_text())["cells"])
