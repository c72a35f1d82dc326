"""Takes out of the site what the stock extensions bring and it does not use, and forgets builds that warned."""

from sphinx.application import Sphinx
from sphinx.config import Config

# sphinx-thebe writes a kernel's configuration into every page and loads itself from a CDN, wanted or not.
UNWANTED = ("sphinx_thebe",)


def silence_unwanted_extensions(app: Sphinx, config: Config) -> None:
    """Disconnect extensions that Jupyter Book loads whether a book uses them or not."""
    for listeners in app.events.listeners.values():
        for listener in list(listeners):
            if listener.handler.__module__.split(".")[0] in UNWANTED:
                listeners.remove(listener)
    app.registry.css_files = [file for file in app.registry.css_files if "thebe" not in file[0]]
    app.registry.js_files = [file for file in app.registry.js_files if "thebe" not in (file[0] or "")]


def forget_a_build_that_warned(app: Sphinx, exception: Exception | None) -> None:
    """Where warnings are errors, make the next build read every page again: Sphinx keeps pages and loses warnings."""
    if app.warningiserror and app._warncount:
        (app.doctreedir / "environment.pickle").unlink(missing_ok=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("config-inited", silence_unwanted_extensions, priority=1)
    app.connect("build-finished", forget_a_build_that_warned, priority=999)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
