"""bet: the reader's expectation, committed before the result is shown and laid over it after."""

import dataclasses
import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any

from letitcrash.show import palette, shell, widget_output
from letitcrash.show.answers import Curve, Number, finite
from letitcrash.show.controls import Control
from letitcrash.show.figure import Figure
from letitcrash.show.pack import pack, rounded

kept: dict[str, Any] = {}  # the answers of this session, by the bet's key


def bet(
    question: str,
    kind: Number | Curve | Control,
    *,
    truth: Any | Callable[..., Any],
    at: Mapping[str, Any] | None = None,
    why: str = "",
    across: str = "y",
) -> "Bet":
    """Ask `question` before the result is shown; the answer is a number(...), a choice(...) or a curve(...).

    `truth` is the result: a number, an option, or one height for each place of the curve; a function is called
    for it (with each place, for a curve). `at` puts an explorable's controls where the question asks about them.
    `across` is the axis on which a number lies in the picture: "y", "x", or "" to leave it out of the picture.
    `why` is told with the result. Alone in a cell, a bet is asked and answered by itself.
    """
    if not isinstance(kind, Number | Curve | Control) or getattr(kind, "kind", "choice") != "choice":
        raise TypeError(f"a bet is a number(low, high), a choice(...) or a curve(...); not {kind!r}")
    if across not in ("x", "y", ""):
        raise ValueError(f'across={across!r} is not "x", "y" or ""')
    return Bet(question, kind, _truth(kind, truth), dict(at or {}), why, across)


@dataclasses.dataclass(frozen=True)
class Bet:
    """A question, the kind of its answer, its result, the positions of the controls for it, and the reason."""

    question: str
    kind: Number | Curve | Control
    truth: Any
    at: Mapping[str, Any]
    why: str
    across: str

    @property
    def key(self) -> str:
        """The name under which the answer is kept, on a page and in a notebook; another question has another name."""
        return key("bet", self.question, self.kind)

    @property
    def answer(self) -> Any:
        """The reader's answer in this session (a number, an option, a list of heights), or None."""
        return kept.get(self.key)

    def spec(self) -> dict[str, Any]:
        """The data with which the scripts ask the bet and tell the size of the miss."""
        common = {"key": self.key, "kept": self.answer, "across": self.across, "at": {}}
        if isinstance(self.kind, Control):
            options = [str(option) for option in self.kind.values]
            return {**common, "kind": "choice", "options": options, "truth": str(self.truth)}
        kind = type(self.kind).__name__.lower()
        return {**common, "kind": kind, **dataclasses.asdict(self.kind), "truth": self.truth}

    def on_message(self, message: Mapping[str, Any]) -> None:
        """Keep the answer that the widget sends, for this session; None forgets it."""
        if message.get("answer") is None:
            kept.pop(self.key, None)
        else:
            kept[self.key] = message["answer"]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        parts, spec = [shell.bet_form(self.question, self.kind, self.why)], {"controls": [], "bet": self.spec()}
        if isinstance(self.kind, Curve):
            figure = _came_out(self.kind, self.truth)
            first = {**rounded(figure.to_dict()), "reading": figure.reading}
            parts += [shell.stage(figure.reading, None, longest=len(figure.reading), curtain=True), shell.TABLE]
            spec |= {"states": pack([first]), "first": first}
        return widget_output.output(
            "bet", self.question, parts, spec, self.question, covered=True, on_message=self.on_message
        )


def key(kind: str, text: str, *rest: Any) -> str:
    """A name for a reader's answer: the first words of `text`, and a hash of all of it."""
    words = "-".join(re.findall(r"[a-z0-9]+", text.lower())[:6])
    return f"letitcrash/{kind}/{words}-{hashlib.sha256(repr((text, *rest)).encode()).hexdigest()[:6]}"


def _truth(kind: Number | Curve | Control, truth: Any) -> Any:
    if isinstance(kind, Curve):
        heights = [truth(place) for place in kind.x] if callable(truth) else list(truth)
        if len(heights) != len(kind.x):
            raise ValueError(f"the curve has {len(kind.x)} places and truth {len(heights)}: give one height a place")
        return [finite("a height of truth", height) for height in heights]
    truth = truth() if callable(truth) else truth
    if isinstance(kind, Number):
        return finite("truth", truth)
    if truth not in kind.values:
        raise ValueError(f"truth={truth!r} is not one of the options {list(kind.values)}")
    return truth


def _came_out(kind: Curve, heights: list[float]) -> Figure:
    top, place = max(zip(heights, kind.x, strict=True))
    line = {"color": palette.YOLK, "width": 3}
    trace = {"type": "scatter", "mode": "lines", "name": "came out", "x": kind.x, "y": heights, "line": line}
    axes = {"xaxis": {"title": {"text": kind.x_title}}, "yaxis": {"title": {"text": kind.y_title}}}
    axes["yaxis"]["range"] = [kind.low, kind.high]
    reading = f"It came out highest at {kind.x_title or 'x'} {place:g}, at {top:.3g} {kind.y_title}".rstrip()
    return Figure([trace], axes, reading=reading + ".")
