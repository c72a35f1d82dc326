"""Pictures on static pages: plotly's figures drawn by our own script, explorables brought to life, no CDN.

A page with a picture gets one style sheet and one script from `_static/letitcrash/` (and the player's, if it has one);
the script loads the one plotly bundle of the site, `vendor/plotly-basic.min.js`, when the first picture comes near the
screen.
"""

import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, NbElementRenderer, load_mime_renders
from sphinx.application import Sphinx
from sphinx.util import logging

from letitcrash.show import bundle, figure, widget_output
from letitcrash.show.explore import HEAVIEST
from letitcrash.show.pack import compact, number, unpacked
from letitcrash.show.player import bundle as player

SERVED = "letitcrash"  # the folder under _static
VIEWS = {"show": bundle, "player": player}  # in the order in which a page loads them
PICTURE = re.compile(r'<div class="lic [^>]*>')
DATA = re.compile(r'(<script type="application/json" class="lic-data">)(.*?)(</script>)', re.DOTALL)
INLINE = 8_000  # characters of states that stay in the page
logger = logging.getLogger(__name__)


class PlotlyFigures:
    """Renders application/vnd.plotly.v1+json, a Figure's or any plotly figure's, as our own picture."""

    mime_priority_overrides: ClassVar = [("*", figure.MIME, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """The picture as raw HTML; anything else is left to the others."""
        if data.mime_type != figure.MIME or inline:
            return None
        html = figure.figure_of(data.content).page()
        return [nodes.raw(text=html, format="html", classes=["output", "text_html"])]


def lay_out_files(app: Sphinx) -> None:
    """Write the scripts and style sheets that pages load."""
    folder = Path(app.outdir) / "_static" / SERVED
    folder.mkdir(parents=True, exist_ok=True)
    for name, files in VIEWS.items():
        (folder / f"{name}.js").write_text(files.script(), "utf-8")
        (folder / f"{name}.css").write_text(files.style(), "utf-8")


def set_states_aside(app: Sphinx, body: str) -> str:
    """The page with the heavy states in files of their own, which its script fetches when the reader comes near."""

    def aside(match: re.Match[str]) -> str:
        spec = json.loads(match[2])
        states = spec.pop("states", None)
        text = compact(states)
        if states is None or len(text) < INLINE:
            return match[0]
        name = hashlib.sha256(text.encode()).hexdigest()[:16]
        file = Path(app.outdir) / "_static" / SERVED / "states" / f"{name}.js"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'letitcrash.states["{name}"]={text};\n', "utf-8")
        sizes = [len(control["texts"]) for control in spec["controls"]]
        first = unpacked(states, number(sizes, [control["start"] for control in spec["controls"]]))
        return match[1] + compact({**spec, "first": first, "file": name}) + match[3]

    return DATA.sub(aside, body)


def load_where_needed(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Give the script and the style to a page that holds a picture, and say which pictures are too heavy."""
    pictures = PICTURE.findall(context.get("body") or "")
    if not pictures:
        return
    context["body"] = set_states_aside(app, context["body"])
    played = any('data-lic="player"' in opening for opening in pictures)
    for name in VIEWS if played else ["show"]:
        app.add_css_file(f"{SERVED}/{name}.css")
        app.add_js_file(f"{SERVED}/{name}.js", loading_method="defer")
    for opening in pictures:
        weight = re.search(r'data-gzipped="(\d+)"', opening)
        if weight and int(weight[1]) > HEAVIEST:
            label = re.search(r'aria-label="([^"]*)"', opening)[1]
            logger.warning(
                "the explorable %r weighs %d kB gzipped, more than %d: give its controls fewer positions",
                label, int(weight[1]) // 1000, HEAVIEST // 1000, location=page, type="letitcrash", subtype="weight",
            )  # fmt: skip


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    os.environ.setdefault(widget_output.STATIC, "1")  # the kernels that execute notebooks inherit it
    renderers = load_mime_renders()  # MyST-NB's own list: plugins are otherwise found by entry points of a package
    if PlotlyFigures not in renderers:
        renderers.append(PlotlyFigures)
    app.connect("builder-inited", lay_out_files)
    app.connect("html-page-context", load_where_needed)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
