"""Many script files as one: a notebook takes one module, and a page opened from a file may load no module at all.

Each file becomes a function that gives back what it exports and keeps its other names to itself.
"""

import re
from collections.abc import Iterable
from pathlib import Path

IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.MULTILINE)
COMMENT = re.compile(r"^[ \t]*(?://.*|/\*\*(?:(?!\*/).)*\*/[ \t]*)\n", re.MULTILINE)  # a line that is nothing else
EXPORT = re.compile(r"^export (?:async )?(?:const|let|function\*?|class) (\w+)", re.MULTILINE)


def joined(folder: Path, parts: Iterable[str]) -> str:
    """The files `parts` of `folder`, each after those that it imports from; `$part` is what one exports.

    Lines that are only a comment stay at home: they are an eighth of what a page would load.
    """
    return "".join(_wrapped(folder, part) for part in parts)


def _wrapped(folder: Path, part: str) -> str:
    text = COMMENT.sub("", (folder / f"{part}.js").read_text("utf-8"))
    names = ", ".join(EXPORT.findall(text))
    text = IMPORT.sub(lambda found: f"const {{{found[1]}}} = ${found[2]};\n", text)
    text = re.sub(r"^export ", "", text, flags=re.MULTILINE)
    return f"const ${part} = (() => {{\n{text}return {{ {names} }};\n}})();\n"


def module(code: str) -> str:
    """Joined files as an ES module for anywidget, which calls the `render` of the part `widget`."""
    return f"{code}export default {{ render: $widget.render }};\n"


def script(code: str) -> str:
    """Joined files as a classic script, whose part `page` does the rest."""
    return f'(() => {{\n"use strict";\n{code}}})();\n'
