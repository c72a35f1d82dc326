"""One output, two lives: the same shell is a widget where a kernel answers, and plain HTML with its data on a page."""

import functools
import html
import os
from collections.abc import Callable, Mapping
from typing import Any

from letitcrash.show import bundle, shell
from letitcrash.show.pack import compact, zipped

STATIC = "LETITCRASH_STATIC"  # set to 1 where outputs are made for pages without a kernel


def static() -> bool:
    """Whether outputs are made for static pages: the site's build sets LETITCRASH_STATIC=1."""
    return os.environ.get(STATIC, "") not in ("", "0")


def page(kind: str, label: str, parts: list[str], spec: Mapping[str, Any], covered: bool = False) -> str:
    """The HTML for a page, its data within it."""
    text = compact(spec)
    return shell.card(kind, label, *parts, shell.data(text), covered=covered, gzipped=zipped(text))


def output(
    kind: str,
    label: str,
    parts: list[str],
    spec: Mapping[str, Any],
    text: str,
    *,
    covered: bool = False,
    hear: Callable[[dict[str, Any]], Any] | None = None,
) -> dict[str, Any]:
    """The mime bundle: HTML alone for a page; in a kernel a widget, with HTML for readers of a saved notebook.

    `spec` is what the scripts read, `text` says in words what is shown, `hear` answers the widget's messages.
    """
    if static():
        return {"text/html": page(kind, label, parts, spec, covered), "text/plain": text}
    widget = _widget_class()(shell=shell.card(kind, label, *parts, covered=covered), spec=dict(spec), hear=hear)
    return alive(widget, f"<p><strong>{html.escape(label)}</strong>: run the cell, and this comes alive.</p>", text)


def alive(widget: Any, saved: str, text: str) -> dict[str, Any]:
    """The mime bundle of a widget: with the HTML that readers of a saved notebook see, and with its words."""
    made = widget._repr_mimebundle_()
    return {**(made[0] if isinstance(made, tuple) else made), "text/html": saved, "text/plain": text}


@functools.cache
def _widget_class() -> type:
    import anywidget
    import traitlets

    class Picture(anywidget.AnyWidget):
        """The widget: a shell of HTML, a spec for its scripts, and a kernel that answers."""

        _esm = bundle.module()
        _css = bundle.style()
        shell = traitlets.Unicode().tag(sync=True)
        spec = traitlets.Dict().tag(sync=True)

        def __init__(self, *, hear: Callable[[dict[str, Any]], Any] | None, **traits: Any):
            super().__init__(**traits)
            self.hear = hear
            self.on_msg(self._on_message)

        def _on_message(self, _: Any, message: dict[str, Any], buffers: Any) -> None:
            number = message.get("number")
            if message.get("kind") == "plotly":
                self._send_plotly(number)
            elif self.hear:
                try:
                    answer = self.hear(message)
                except Exception as error:  # the page waits for an answer, whatever happens
                    answer = f"No picture: {type(error).__name__}: {error}"
                if number is not None:
                    self.send({"number": number, "state": answer})

        def _send_plotly(self, number: int) -> None:
            try:
                self.send({"number": number}, buffers=[bundle.plotly_zipped()])
            except (ImportError, OSError) as error:
                self.send({"number": number, "problem": str(error)})

    return Picture
