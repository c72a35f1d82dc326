"""The player's one ES module and its style sheet, put together from their files.

`module()` is what a notebook's widget runs. `script()` is the same code as a classic script, so that a page opened from
a file runs it too. Each file keeps its names to itself: it becomes a function that gives back what it exports.
"""

import functools
import re
from pathlib import Path

HERE = Path(__file__).parent
PARTS = (
    *("text", "words", "names", "state", "data", "pace", "messages", "facts"),
    *("ink", "eggs", "people", "tills", "walls", "sky"),
    *("floor", "scene", "crowd", "falling", "store"),
    *("gauge", "family", "branches", "tree", "strokes", "spacetime"),
    *("run", "telling", "marks", "stage"),
    *("controls", "list", "hands", "player", "widget", "page"),
)
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?:async )?(?:const|let|function\*?|class) (\w+)", re.MULTILINE)


def _wrapped(part: str) -> str:
    text = (HERE / "js" / f"{part}.js").read_text("utf-8")
    names = ", ".join(EXPORT.findall(text))
    text = IMPORT.sub(lambda found: f"const {{{found[1]}}} = ${found[2]};\n", text)
    text = re.sub(r"^export ", "", text, flags=re.MULTILINE)
    return f"const ${part} = (() => {{\n{text}return {{ {names} }};\n}})();\n"


@functools.cache
def module() -> str:
    """The ES module: anywidget calls its `render`."""
    return (
        "".join(map(_wrapped, PARTS)) + "export default { render: $widget.render, wakePlayers: $page.wakePlayers };\n"
    )


@functools.cache
def script() -> str:
    """The classic script of a static page: wakes every player on it."""
    wake = (
        "if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', $page.wakePlayers);\n"
        "else $page.wakePlayers();\n"
    )
    return f'(() => {{\n"use strict";\n{"".join(map(_wrapped, PARTS))}{wake}}})();\n'


@functools.cache
def style() -> str:
    """The player's own style sheet; the cards' common one is `letitcrash.show.bundle.style()`."""
    return (HERE / "player.css").read_text("utf-8")
