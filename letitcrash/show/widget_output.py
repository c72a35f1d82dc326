"""Output for two readers: a widget where a kernel answers, plain HTML with its data where a page stands alone."""

import functools
import html
import os
from collections.abc import Callable, Mapping
from typing import Any

from letitcrash.show import bundle, shell
from letitcrash.show.pack import compact, zipped

STATIC = "LETITCRASH_STATIC"  # set to 1 where outputs are made for pages without a kernel


def is_static_build() -> bool:
    """True where outputs are made for pages without a kernel: the site's build sets LETITCRASH_STATIC=1."""
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
    on_message: Callable[[dict[str, Any]], Any] | None = None,
) -> dict[str, Any]:
    """The mime bundle: HTML alone for a page; in a kernel a widget, with HTML for readers of a saved notebook.

    `spec` is read by the scripts, `text` says in words what is shown, `on_message` answers the widget's messages.
    """
    if is_static_build():
        return {"text/html": page(kind, label, parts, spec, covered), "text/plain": text}
    card = shell.card(kind, label, *parts, covered=covered)
    widget = _widget_class()(shell=card, spec=dict(spec), on_message=on_message)
    saved = f"<p><strong>{html.escape(label)}</strong>: run this cell to see it and to move it.</p>"
    return widget_bundle(widget, saved, text)


def widget_bundle(widget: Any, saved: str, text: str) -> dict[str, Any]:
    """The mime bundle of a widget, with the HTML that readers of a saved notebook see, and with its words."""
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

        def __init__(self, *, on_message: Callable[[dict[str, Any]], Any] | None, **traits: Any):
            super().__init__(**traits)
            self.on_message = on_message
            self.on_msg(self.answer)

        def answer(self, _: Any, message: dict[str, Any], buffers: Any) -> None:
            """Answer one message of the page: a position that it asks for, a bet that it tells, or plotly's script."""
            number = message.get("number")
            if message.get("kind") == "plotly":
                self._send_plotly(number)
            elif self.on_message:
                try:
                    answer = self.on_message(message)
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
