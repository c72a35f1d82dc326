"""A search that forgives slips of the pen: misspelt.js on the search page, with Sphinx's own index and no server."""

import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

SCRIPT = Path(__file__).with_suffix(".js")


def add_script(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Load the script on the search page, before Sphinx searches."""
    if page == "search":
        app.add_js_file(f"letitcrash/{SCRIPT.name}", loading_method="defer")


def copy_script(app: Sphinx, exception: Exception | None) -> None:
    """Put the script where the page finds it; html_static_path would load it on every page."""
    if exception is None and app.builder.format == "html":
        target = Path(app.outdir) / "_static" / "letitcrash"
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(SCRIPT, target)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("html-page-context", add_script)
    app.connect("build-finished", copy_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
