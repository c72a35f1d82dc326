"""Pages that no source makes: the front door (index.html) and the one for wrong addresses (404.html)."""

from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from sphinx.application import Sphinx

TEMPLATES = Path(__file__).resolve().parent.parent / "_templates"


def write_front(app: Sphinx, exception: Exception | None) -> None:
    """Write index.html, which leads to the welcome page, and 404.html, which stands alone at any depth."""
    if exception is not None or app.builder.name != "html":
        return
    root = app.config.root_doc
    names = {
        "title": escape(app.config.html_title),
        "welcome": f"{root}.html",
        "base": urlsplit(app.config.html_baseurl).path or "/",
        "canonical": escape(f"{app.config.html_baseurl}{root}.html"),
    }
    for name in ("index.html", "404.html"):
        text = Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(names)
        (Path(app.outdir) / name).write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("build-finished", write_front, priority=100)  # before the table of contents writes its own index.html
    return {"parallel_read_safe": True, "parallel_write_safe": True}
