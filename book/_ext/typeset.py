"""Formulas as pictures made at build time: a page needs no MathJax (680 kB), and nothing jumps when it has loaded.

MathJax runs in Node and gives SVG with MathML for screen readers. A formula it cannot read is a warning that names it.
"""

import json
import os
import subprocess
from pathlib import Path

import vendor
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

log = logging.getLogger(__name__)


class Typesetter:
    """One Node process that typesets formulas; it starts with the first."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None
        self.known: dict[tuple[str, bool], dict[str, str]] = {}

    def __call__(self, tex: str, display: bool) -> dict[str, str]:
        """`{"html": ...}`, or `{"error": ...}` in MathJax's words."""
        formula = (tex, display)
        if formula not in self.known:
            self.known[formula] = self.ask({"tex": tex, "display": display})
        return self.known[formula]

    def ask(self, formula: dict[str, object]) -> dict[str, str]:
        """Send one formula to Node and wait for its answer."""
        if self.process is None:
            self.process = subprocess.Popen(
                [vendor.node(), str(Path(__file__).with_suffix(".js"))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "NODE_PATH": str(vendor.MODULES)},
            )
        print(json.dumps(formula), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())

    def stop(self, *_: object) -> None:
        """End the Node process."""
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
            self.process = None


typeset = Typesetter()


def picture(node: nodes.math | nodes.math_block, display: bool) -> str:
    """The formula's HTML; its source as text, and a warning, when MathJax cannot read it."""
    answer = typeset(node.astext(), display)
    if "error" in answer:
        log.warning("the formula %r: %s", node.astext(), answer["error"], location=node, type="typeset")
        return f"<code>{node.astext()}</code>"
    return answer["html"]


def inline(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula inside a sentence."""
    self.body.append(f'<span class="math">{picture(node, display=False)}</span>')
    raise nodes.SkipNode


def block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on a line of its own, with its number and a link to it when it has a label."""
    self.body.append(self.starttag(node, "div", CLASS="math", tabindex="0"))
    if node["number"]:
        number = get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append(picture(node, display=True))
    self.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_html_math_renderer("typeset", (inline, None), (block, None))
    app.connect("build-finished", typeset.stop)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
