"""A chapter as its tests see it: its text, its code, and what its cells define and show when they have run."""

import ast
import json
import re
import shutil
import subprocess
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))


class Chapter:
    """One notebook. `text` is all its prose, `prose` leaves out what stands in fences, `said` is that on one line."""

    def __init__(self, path: Path):
        self.path = path
        self.number = int(path.name[:2])
        self.cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        self.code = [self.source(cell) for cell in self.cells if cell["cell_type"] == "code"]
        self.text = "\n\n".join(self.source(cell) for cell in self.cells if cell["cell_type"] == "markdown")
        self.prose = re.sub(r"```.*?```", "", self.text, flags=re.DOTALL)
        self.said = " ".join(self.prose.split())

    @property
    def is_draft(self) -> bool:
        """True when its title cell is tagged as a draft: its length is nobody's concern yet."""
        return "draft" in self.cells[0]["metadata"].get("tags", [])

    @staticmethod
    def source(cell: dict) -> str:
        """The cell's lines as one string."""
        return "".join(cell["source"])

    def fences(self, language: str) -> list[str]:
        """The blocks of the text between ```language and ```."""
        return re.findall(rf"```{language}\n(.*?)```", self.text, flags=re.DOTALL)

    @cached_property
    def names(self) -> dict:
        """The names that the notebook defines when all its cells have run; `shown` has each cell's output by id."""
        names: dict = {"shown": {}, "__name__": self.path.stem}
        for cell in self.cells:
            if cell["cell_type"] != "code":
                continue
            *before, last = ast.parse(self.source(cell)).body
            if not isinstance(last, ast.Expr):
                before.append(last)
            exec(compile(ast.Module(before, []), cell["id"], "exec"), names)
            if isinstance(last, ast.Expr):
                names["shown"][cell["id"]] = eval(compile(ast.Expression(last.value), cell["id"], "eval"), names)
        return names

    @property
    def questions(self) -> list:
        """The closing questions."""
        return import_module(f"letitcrash.show.chapter{self.number:02}").QUESTIONS

    @property
    def program(self) -> Path:
        """The Erlang program that the text links."""
        (linked,) = set(re.findall(r"\]\((erlang/\w+\.erl)\)", self.text))
        return self.path.parent / linked

    def erlang_prints(self) -> str:
        """The program's output on this machine's Erlang; where there is none, the test is skipped."""
        if shutil.which("escript") is None:
            pytest.skip("no Erlang on this machine: install erlang-base to run the chapter's program")
        command = ["escript", self.program.name]
        done = subprocess.run(command, cwd=self.program.parent, capture_output=True, text=True, timeout=120, check=True)
        return done.stdout


@cache
def numbered(number: int) -> Chapter:
    """The chapter of this number; it runs at most once in a test process."""
    (path,) = (path for path in NOTEBOOKS if int(path.name[:2]) == number)
    return Chapter(path)
