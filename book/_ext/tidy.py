"""Mends what the stock theme and extensions do: what nobody uses, what has no name, warnings that get lost."""

import re
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

# sphinx-thebe writes a kernel's configuration into every page and loads itself from a CDN, wanted or not.
UNWANTED = ("sphinx_thebe",)
EMPTY_HEADER = re.compile(r"<th\b[^>]*>(?:\s|<p>|</p>)*</th>")


def silence_unwanted_extensions(app: Sphinx, config: Config) -> None:
    """Disconnect extensions that Jupyter Book loads whether a book uses them or not."""
    for listeners in app.events.listeners.values():
        for listener in list(listeners):
            if listener.handler.__module__.split(".")[0] in UNWANTED:
                listeners.remove(listener)
    app.registry.css_files = [file for file in app.registry.css_files if "thebe" not in file[0]]
    app.registry.js_files = [file for file in app.registry.js_files if "thebe" not in (file[0] or "")]


def shorten_the_welcome(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """In the sidebar call the first page what it is; its title is the book's."""
    context["root_title"] = "Welcome"


def name_the_arrows(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Give the arrows that unfold the table of contents a name; the theme leaves them without one."""
    make = context.get("generate_toctree_html")
    if make is None:
        return

    def with_names(*arguments: object, **options: object) -> object:
        made = make(*arguments, **options)
        return str(made).replace("<summary>", '<summary aria-label="its pages">') if made else made

    context["generate_toctree_html"] = with_names


def empty_no_header(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Make a cell of a table's head that holds nothing a plain cell: an empty header names no column."""
    if "body" in context:
        context["body"] = EMPTY_HEADER.sub("<td></td>", context["body"])


def forget_a_build_that_warned(app: Sphinx, exception: Exception | None) -> None:
    """Make the next build read every page again where warnings are errors: Sphinx keeps pages and loses warnings."""
    if (app.warningiserror or app.keep_going) and app._warncount:
        (app.doctreedir / "environment.pickle").unlink(missing_ok=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("config-inited", silence_unwanted_extensions, priority=1)
    app.connect("html-page-context", shorten_the_welcome, priority=900)
    app.connect("html-page-context", name_the_arrows, priority=900)
    app.connect("html-page-context", empty_no_header, priority=900)
    app.connect("build-finished", forget_a_build_that_warned, priority=999)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
