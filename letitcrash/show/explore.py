"""explore: a function of a few values, a picture that answers them; live with a kernel, computed ahead on a page."""

import inspect
import math
from collections.abc import Callable, Mapping
from typing import Any

from letitcrash.show import shell, widget_output
from letitcrash.show.bets import Bet
from letitcrash.show.controls import Control, as_control, nearest
from letitcrash.show.figure import Figure, as_figure
from letitcrash.show.pack import coarser, compact, number, pack, positions, rounded, zipped

MOST_STATES = 600  # computed ahead for a page
HEAVIEST = 150_000  # bytes gzipped, of one explorable on a page


def explore(
    fn: Callable[..., Any], *, bet: Bet | None = None, title: str | None = None, **controls: Any
) -> "Explorable":
    """Show `fn(**values)`, a Figure, and let the reader turn the values: `explore(curve, load=slider(.1, .99))`.

    Each control is a slider(...), a choice(...) or a toggle(...). With a kernel each new position is computed when it
    is asked for, and a position that was passed on the way is not; on the static page all positions are computed at
    build, in coarser steps where they are too many. `bet` is asked first and laid over the result.
    Raises TypeError when the function does not take these controls.
    """
    if not callable(fn):
        raise TypeError(f"explore takes a function that returns a Figure; not {fn!r}")
    if bet is not None and not isinstance(bet, Bet):
        raise TypeError(f"bet={bet!r} is not a bet: write bet=bet(question, number(low, high), truth=...)")
    named = {name: as_control(name, value) for name, value in controls.items()}
    _check_takes(fn, named)
    return Explorable(fn, named, bet, title)


class Explorable:
    """A picture with controls, and perhaps a bet before it."""

    def __init__(self, fn: Callable[..., Any], controls: Mapping[str, Control], bet: Bet | None, title: str | None):
        self.fn, self.controls, self.bet, self.title = fn, dict(controls), bet, title
        self.at = {name: _value_at(name, value, self.controls) for name, value in (bet.at if bet else {}).items()}

    def __repr__(self) -> str:
        return f"explore({', '.join([getattr(self.fn, '__name__', '...'), *self.controls])})"

    def figure(self, **values: Any) -> Figure:
        """The figure where the controls start, but for `values`."""
        return as_figure(self.fn(**(_starts(self.controls) | values)))

    def state(self, **values: Any) -> dict[str, Any] | str:
        """The picture at `values`: {"data", "layout", "reading"}, or a sentence that says why there is none."""
        try:
            figure = self.figure(**values)
        except (Exception, KeyboardInterrupt) as error:
            at = ", ".join(f"{self.controls[name].label} {_text(self.controls[name], values[name])}" for name in values)
            return f"No picture{f' at {at}' if at else ''}: {_words(error)}"
        return {**rounded(figure.to_dict()), "reading": figure.reading}

    def on_message(self, message: Mapping[str, Any]) -> dict[str, Any] | str | None:
        """Answer the widget: the state at its positions; or keep the reader's bet."""
        if message.get("kind") == "bet" and self.bet:
            return self.bet.on_message(message)
        pairs = zip(self.controls.items(), message["positions"], strict=True)
        return self.state(**{name: control.values[int(position)] for (name, control), position in pairs})

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        if widget_output.is_static_build():
            controls, states = self._ahead()
            rest, longest = {"states": pack(states)}, max(len(_reading(state)) for state in states)
            sizes = [len(control.values) for control in controls.values()]
            first = states[number(sizes, [control.start for control in controls.values()])]
        else:
            controls, longest = self.controls, None
            first = self.state(**_starts(controls))
            rest = {"first": first}
        height = None if isinstance(first, str) else first["layout"].get("height")
        parts = [
            shell.title(self.title),
            shell.bet_form(self.bet.question, self.bet.kind, self.bet.why) if self.bet else "",
            shell.controls(controls, _note(self.controls, controls)),
            shell.stage(_reading(first), height, longest=longest, curtain=bool(self.bet)),
            shell.TABLE,
        ]
        turned = " and ".join(control.label for control in self.controls.values())
        label = self.title or (self.bet.question if self.bet else f"A picture of {turned}" if turned else "A picture")
        spec = {**self._spec(controls), **rest}
        return widget_output.output(
            "explore", label, parts, spec, _reading(first), covered=bool(self.bet), on_message=self.on_message
        )

    def _spec(self, controls: Mapping[str, Control]) -> dict[str, Any]:
        rows = [{"name": name, "texts": item.texts(), "start": item.start} for name, item in controls.items()]
        at = {name: controls[name].values.index(value) for name, value in self.at.items()}
        return {"controls": rows, **({"bet": {**self.bet.spec(), "at": at}} if self.bet else {})}

    def _ahead(self) -> tuple[dict[str, Control], list[dict[str, Any] | str]]:
        """The controls of the page and all their states; coarser until they are light enough."""
        limit, known = MOST_STATES, {}
        while True:
            controls = coarser(self.controls, limit, self.at)
            for values in positions(controls):
                key = tuple(values.values())
                if key not in known:
                    known[key] = self.state(**values)
            states = [known[tuple(values.values())] for values in positions(controls)]
            if all(isinstance(state, str) for state in states):
                self.figure(**_starts(controls))  # raises what went wrong
                raise ValueError(f"no position of the explorable has a picture. {states[0]}")
            if zipped(compact(pack(states))) <= HEAVIEST:
                return controls, states
            limit = _count(controls) // 2
            if _count(coarser(self.controls, limit, self.at)) == _count(controls):
                return controls, states


def _starts(controls: Mapping[str, Control]) -> dict[str, Any]:
    return {name: control.values[control.start] for name, control in controls.items()}


def _reading(state: dict[str, Any] | str) -> str:
    return state if isinstance(state, str) else state["reading"]


def _text(control: Control, value: Any) -> str:
    return control.texts()[control.values.index(value)]


def _count(controls: Mapping[str, Control]) -> int:
    return math.prod(len(control.values) for control in controls.values())


def _check_takes(fn: Callable[..., Any], controls: Mapping[str, Control]) -> None:
    try:
        signature = inspect.signature(fn)
    except ValueError:
        return
    try:
        signature.bind(**controls)
    except TypeError as error:
        have = ", ".join(controls) or "none"
        raise TypeError(f"the function takes {signature}, the controls are: {have} ({error})") from None


def _value_at(name: str, value: Any, controls: Mapping[str, Control]) -> Any:
    if name not in controls:
        raise ValueError(f"the bet stands at {name}={value!r}, but the controls are: {', '.join(controls) or 'none'}")
    control = controls[name]
    if control.kind == "slider":
        return control.values[nearest(control.values, value)]
    if value not in control.values:
        raise ValueError(f"the bet stands at {name}={value!r}, which is not one of {list(control.values)}")
    return value


def _words(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt):
        return "stopped before it was computed."
    words = str(error) if isinstance(error, ValueError) and str(error) else f"{type(error).__name__}: {error}"
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _note(full: Mapping[str, Control], page: Mapping[str, Control]) -> str:
    """Says on the page which controls move in coarser steps there, or not at all."""
    parts = []
    for name, control in full.items():
        few, many = len(page[name].values), len(control.values)
        if few == 1 < many:
            parts.append(f"{control.label} stays at {page[name].texts()[0]}")
        elif few < many:
            parts.append(f"{control.label} takes {few} of {many} positions")
    return f"On this page {' and '.join(parts)}; in a notebook all move freely." if parts else ""
