"""The player's scripts and its style sheet, for a notebook and for a page."""

import functools
from pathlib import Path

from letitcrash.show import scripts

HERE = Path(__file__).parent
PARTS = (
    *("text", "words", "names", "state", "data", "pace", "messages", "facts"),
    *("ink", "eggs", "people", "tills", "walls", "sky"),
    *("floor", "scene", "crowd", "falling", "store"),
    *("gauge", "family", "branches", "tree", "strokes", "spacetime"),
    *("run", "telling", "marks", "stage"),
    *("controls", "list", "hands", "player"),
)


@functools.cache
def module() -> str:
    """The ES module that a notebook's widget runs."""
    return scripts.module(scripts.joined(HERE / "js", (*PARTS, "widget")))


@functools.cache
def script() -> str:
    """The classic script of a static page, which also runs from a file: it wakes every player there."""
    return scripts.script(scripts.joined(HERE / "js", (*PARTS, "page")))


@functools.cache
def style() -> str:
    """The player's own style sheet; the cards' common one is `letitcrash.show.bundle.style()`."""
    return (HERE / "player.css").read_text("utf-8")
