"""explore: a function of a few values, a picture that answers them."""

from collections.abc import Callable
from typing import Any

from letitcrash.show.bets import Bet
from letitcrash.show.controls import as_control
from letitcrash.show.figure import as_figure


class Explorable:
    """A picture with controls."""

    def __init__(self, fn: Callable[..., Any], controls: dict[str, Any], bet: Bet | None, title: str | None):
        self.fn, self.controls, self.bet, self.title = fn, controls, bet, title

    def figure(self, **values: Any) -> Any:
        """The figure at the start values, or at `values`."""
        start = {name: control.values[control.start] for name, control in self.controls.items()}
        return as_figure(self.fn(**(start | values)))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return self.figure()._repr_mimebundle_()


def explore(fn: Callable[..., Any], *, bet: Bet | None = None, title: str | None = None, **controls: Any) -> Explorable:
    """Show `fn(**values)`, a Figure, and let the reader turn the values: `explore(curve, load=slider(.1, .99))`.

    Each control is a slider(...), a choice(...) or a toggle(...). With a kernel each new position is computed when it
    is asked for; on the static page all positions are computed at build. `bet` is asked first and laid over the result.
    """
    if not callable(fn):
        raise TypeError(f"explore takes a function that returns a Figure; not {fn!r}")
    return Explorable(fn, {name: as_control(name, value) for name, value in controls.items()}, bet, title)
