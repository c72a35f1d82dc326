"""The bar under a notebook's title: the ways to run it, and from a lab to its solution, folded, and back.

An extension adds a way by connecting to the event `ways-to-run`: called with the page's name, such as
`labs/01_the_till_and_the_queue/lab`, it returns a `Way` or None.
"""

import json
import re
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit

from sphinx.application import Sphinx

EVENT = "ways-to-run"


@dataclass(frozen=True)
class Way:
    """A link: its words, its address (from the page, or absolute), what to expect, and whether it is a file to keep."""

    words: str
    address: str
    title: str = ""
    download: bool = False

    def html(self) -> str:
        """The link as HTML."""
        download = " download" if self.download else ""
        title = f' title="{escape(self.title)}"' if self.title else ""
        return f'<a href="{escape(self.address)}"{title}{download}>{escape(self.words)}</a>'


def to_binder(app: Sphinx, page: str) -> Way | None:
    """The notebook on mybinder.org, where the repository is on a host that Binder knows."""
    repository = urlsplit(app.config.repository_url)
    if repository.netloc != "github.com":
        return None
    tag = quote(app.config.repository_tag, safe="")
    address = f"https://mybinder.org/v2/gh{repository.path}/{tag}?urlpath={quote(f'lab/tree/{page}.ipynb', safe='')}"
    return Way("Open in Binder", address, "a machine in the cloud; it takes a minute or more to start")


def to_the_other_half(app: Sphinx, page: str) -> Way | None:
    """From a lab to its solution, and from a solution to its lab."""
    folder, name = PurePosixPath(page).parent, PurePosixPath(page).name
    other = {"lab": "solution", "solution": "lab"}.get(name)
    if other is None or f"{folder}/{other}" not in app.env.found_docs:
        return None
    words = {"solution": "The solution", "lab": "Back to the lab"}[other]
    return Way(words, f"{other}.html", "a page of its own, so that nothing is given away" if name == "lab" else "")


def add_bar(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Put the bar behind the first heading of a notebook's page."""
    if doctree is None or not str(app.env.doc2path(page)).endswith(".ipynb"):
        return
    ways = [way.html() for way in app.emit(EVENT, page) if way is not None]
    bar = f'<nav class="lic-ways" aria-label="Ways to run this page">{"".join(ways)}</nav>'
    context["body"] = context["body"].replace("</h1>", f"</h1>\n{bar}", 1)


def fold_solutions(app: Sphinx, page: str, source: list[str]) -> None:
    """On a solution's page, say so in the title, and fold the answers away until they are asked for."""
    if not page.endswith("/solution"):
        return
    notebook = json.loads(source[0])
    first = notebook["cells"][0]
    first["source"] = re.sub(r"\A# (.+)", r"# \1: solved", "".join(first["source"]))
    for cell in notebook["cells"]:
        if "exercise" in (tags := cell["metadata"].setdefault("tags", [])):
            tags.append("hide-input")
            cell["metadata"]["mystnb"] = {
                "code_prompt_show": "Show the solution",
                "code_prompt_hide": "Hide the solution",
            }
    source[0] = json.dumps(notebook)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_event(EVENT)
    app.connect(EVENT, to_binder, priority=600)
    app.connect(EVENT, to_the_other_half, priority=900)
    app.connect("source-read", fold_solutions)
    app.connect("html-page-context", add_bar)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
