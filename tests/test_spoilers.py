"""No chapter and no page of the book prints a line that a lab asks its readers to write."""

import inspect
import json
import re
from functools import cache

import pytest
from chapter_runs import NOTEBOOKS, ROOT, Chapter, numbered

from letitcrash.classroom import parts

TELLING = 16  # characters: a shorter line of a solution could stand anywhere
IDIOMS = {"arrived = env.now", "with tills.request() as turn:"}  # SimPy's own, which chapter 1 teaches


def code_lines(text: str) -> set[str]:
    """The lines of code that could not stand anywhere, without comments and margins."""
    lines = {line.partition("  #")[0].strip() for line in text.splitlines()}
    return {line for line in lines if len(line) >= TELLING and not line.startswith(("#", "class "))} - IDIOMS


@cache
def solved() -> dict[str, str]:
    """Each line of a lab's folded solution, or of the library's own part that it stands in for, with its place."""
    found = {}
    for name in parts.known():
        found |= dict.fromkeys(code_lines(inspect.getsource(parts.reference(name))), f"the library's {name}")
    for path in sorted(ROOT.glob("labs/*/solution.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for gap in re.findall(r"### BEGIN SOLUTION.*?\n(.*?)### END SOLUTION", Chapter.source(cell), re.DOTALL):
                found |= dict.fromkeys(code_lines(gap), f"{path.parent.name}, {cell['id']}")
    return found


def test_the_lines_that_labs_ask_for_are_known():
    assert {'if reason == "kill" and not linked:', "me.demonitor(ref, flush=True)"} <= solved().keys()


@pytest.mark.parametrize("number", [int(path.name[:2]) for path in NOTEBOOKS], ids="chapter {}".format)
def test_no_chapter_prints_a_line_that_a_lab_asks_for(number):
    chapter = numbered(number)
    texts = {cell["id"]: Chapter.source(cell) for cell in chapter.cells}
    for name, what in chapter.names["shown"].items():
        texts[name] += f"\n{what!r}"
    spoilt = [
        f"{name}: {line} ({solved()[line]})"
        for name, text in texts.items()
        for line in sorted(code_lines(text) & solved().keys())
    ]
    assert spoilt == []


@pytest.mark.parametrize("path", sorted((ROOT / "book").glob("*.md")), ids=lambda path: path.stem)
def test_no_page_prints_a_line_that_a_lab_asks_for(path):
    assert sorted(code_lines(path.read_text(encoding="utf-8")) & solved().keys()) == []
