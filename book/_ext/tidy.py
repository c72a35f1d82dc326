"""Takes out of every page what the stock theme and extensions bring and this site does not use."""

from typing import Any

from sphinx.application import Sphinx

# sphinx-thebe loads itself from a CDN on every page, wanted or not.
UNWANTED = ("thebe",)


def drop_unwanted_scripts(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Drop scripts and styles whose address names something unwanted."""
    for kind in ("script_files", "css_files"):
        context[kind] = [file for file in context[kind] if not is_unwanted(file)]


def is_unwanted(file: object) -> bool:
    """Whether the asset's address, or the script's own text, names something unwanted."""
    words = f"{getattr(file, 'filename', file)} {getattr(file, 'attributes', {}).get('body', '')}"
    return any(name in words for name in UNWANTED)


def forget_a_build_that_warned(app: Sphinx, exception: Exception | None) -> None:
    """With warnings as errors, make the next build read every page again: Sphinx would keep the pages and lose the warnings."""
    if app.warningiserror and app._warncount:
        (app.doctreedir / "environment.pickle").unlink(missing_ok=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("html-page-context", drop_unwanted_scripts, priority=999)
    app.connect("build-finished", forget_a_build_that_warned, priority=999)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
