"""Folds on a chapter's page: optional sections, which their headings open, and a switch that hides the code.

Paper shows everything, and so does a browser without scripts, but for what `details` folds by itself.
"""

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

OPTIONAL = {
    "In real Erlang": "Optional: the idea of this chapter as an Erlang program",
    "In KAZOO": "Optional: the idea of this chapter in a telephone platform",
}
PRIMER = "read-erlang"  # the page that teaches to read a program
PRIMER_LINK = f'<p>New to Erlang? <a href="../book/{PRIMER}.html">Eight sentences</a> are enough to read it.</p>'
CHAPTERS = "notebooks/"
BAR_ENDS = "</nav>"  # of the bar with the ways to run the page
# The switch; beside it the one line that must run before the code below is laid out, or the page would jump.
SWITCH = (
    '<button type="button" class="lic-code-switch" aria-pressed="false">Hide the code</button>'
    '<script>try { if (localStorage.getItem("letitcrash/code") === "hidden") '
    'document.documentElement.dataset.licCode = "hidden"; } catch { /* nothing is kept here */ }</script>'
)


def fold_optional_sections(app: Sphinx, doctree: nodes.document) -> None:
    """Put all of an optional section but its heading into a `details` element."""
    if not app.env.docname.startswith(CHAPTERS):
        return
    for section in doctree.findall(nodes.section):
        words = OPTIONAL.get(section[0].astext()) if isinstance(section[0], nodes.title) else None
        if words:
            opening = f'<details class="lic-optional"><summary>{escape(words)}</summary>'
            if "Erlang" in words and PRIMER not in section.pformat():  # the text may link it by itself
                opening += PRIMER_LINK
            section.insert(1, nodes.raw("", opening, format="html"))
            section.append(nodes.raw("", "</details>", format="html"))


def add_switch(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Put the switch for the code into the bar under a chapter's title."""
    if doctree is None or not page.startswith(CHAPTERS):
        return
    context["body"] = context["body"].replace(BAR_ENDS, SWITCH + BAR_ENDS, 1)
    app.add_js_file("folds.js", loading_method="defer")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("doctree-read", fold_optional_sections)
    app.connect("html-page-context", add_switch, priority=900)  # after the bar is there
    return {"parallel_read_safe": True, "parallel_write_safe": True}
