"""watch: what happened in a run, to be played, stopped, stepped through and stepped back through."""

import functools
import operator
from collections.abc import Sequence
from typing import Any

from letitcrash.show import bundle as cards
from letitcrash.show import shell, widget_output
from letitcrash.show.pack import compact, zipped
from letitcrash.show.player import bundle
from letitcrash.show.player.live import Tail
from letitcrash.show.player.pack import LIMIT, VERSION, pack
from letitcrash.show.player.source import Source

VIEWS = ("store", "tree", "space", "shelves")
HEAVIEST = 150_000  # bytes gzipped, of one player on a page; a longer run is thinned in its middle until it fits


def watch(
    what: Any,
    other: Any = None,
    *,
    names: Sequence[str] | None = None,
    at: int | None = None,
    why: str = "",
    title: str | None = None,
    views: Sequence[str] | None = None,
    until: float | None = None,
    rate: float | None = None,
    opens: float | None = None,
) -> "Player":
    """Show the run `what`: a trace, a day kept with its trace, a world, or a file of JSON lines.

    With `other` two runs are shown side by side and in step, called by their `names`. `at` is the number of the event
    (from 0; negative ones count from the end) after which the player opens, and `why` the sentence that says what is
    wrong there. `views` are some of "store", "tree", "space" and "shelves"; without it, those for which the run has
    something.
    A world is followed as its cells run; with `until` (a virtual second) playing also makes it run on to there.
    `rate` is how many virtual seconds pass in one second; `opens` the hour of the day at second 0, for the clock.
    """
    if names is not None and len(names) != (1 if other is None else 2):
        raise ValueError(f"names={list(names)!r}: give one name a run, there {'is 1' if other is None else 'are 2'}")
    if unknown := [view for view in views or () if view not in VIEWS]:
        raise ValueError(f"views={list(views)!r}: {unknown[0]!r} is no view; there are {', '.join(VIEWS)}")
    if rate is not None and not rate > 0:
        raise ValueError(f"rate={rate!r}: it is virtual seconds a second, more than 0")
    if at is not None:
        at = operator.index(at)
    tail = Tail(what, until) if other is None and hasattr(what, "clock") and hasattr(what, "trace") else None
    if until is not None and tail is None:
        raise ValueError("until is for a world that runs on: watch(world, until=minutes(5))")
    spec = {
        "names": names and list(names),
        "why": why,
        "views": views and list(views),
        "rate": rate,
        "openingHour": opens,
    }
    return Player([what] if other is None else [what, other], at, title, spec, tail)


class Player:
    """A run on its way to the screen: a widget where a kernel answers, plain HTML on a page."""

    def __init__(self, runs: list[Any], at: int | None, title: str | None, spec: dict[str, Any], tail: Tail | None):
        self.runs, self.at, self.title, self.tail = runs, at, title, tail
        self._spec = {key: value for key, value in spec.items() if value}
        self.widget: Any = None

    def spec(self) -> dict[str, Any]:
        """The data for the page's script: the runs, packed, and the way to open them."""
        if self.tail:
            self.tail.start(drive=widget_output.is_static_build())
        spec, limit = self._spec_of(LIMIT), LIMIT
        while widget_output.is_static_build() and zipped(compact(spec)) > HEAVIEST and limit > 500:
            limit //= 2
            spec = self._spec_of(limit)
        return spec

    def _spec_of(self, limit: int) -> dict[str, Any]:
        packed = [_packed(run, self.at if number == 0 else None, limit) for number, run in enumerate(self.runs)]
        spec = {"version": VERSION, **self._spec, "runs": packed}
        if self.at is not None and packed[0]["total"]:
            spec["at"] = min(_place(self.at, packed[0]["total"]), packed[0]["total"] - 1)
        if self.tail:
            packed[0]["until"] = self.tail.now
            spec |= {
                "live": not widget_output.is_static_build(),
                "over": self.tail.over,
                "remainingSeconds": (self.tail.until or 0) - self.tail.now,
            }
        return spec

    def __repr__(self) -> str:
        return f"Player({_reading(self.spec())})"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        spec = self.spec()
        reading, label = _reading(spec), self.title or "The player: watch a run"
        parts = [shell.title(self.title), shell.tag("p", shell.inline(reading), class_="lic-still")]
        if widget_output.is_static_build():
            return {"text/html": widget_output.page("player", label, parts, spec), "text/plain": reading}
        card = shell.card("player", label, *parts)
        self.widget = _widget_class()(shell=card, spec=spec, hear=self.hear)
        if self.tail:
            self.tail.follow(self._tell)
        return widget_output.widget_bundle(
            self.widget, f"<p>{shell.inline(reading)} Run the cell to watch it.</p>", reading
        )

    def hear(self, message: dict[str, Any]) -> dict[str, Any] | None:
        """Answer the widget: the world runs on until it has more to show."""
        if message.get("kind") == "more" and self.tail:
            return self.tail.more(int(message.get("least", 1)))
        return None

    def _tell(self, news: dict[str, Any]) -> None:
        if self.widget is not None:
            self.widget.send({**news, "follow": True})


def _packed(run: Any, at: int | None, limit: int) -> dict[str, Any]:
    source, total = Source(run), _length(run)
    around = None if at is None else _place(at, total)
    packed = pack(source, total, around=around, limit=limit)
    return {**packed, "notes": source.notes}


def _length(run: Any) -> int:
    return len(run if hasattr(run, "__len__") and not hasattr(run, "trace") else getattr(run, "trace", ()))


def _place(at: int, total: int) -> int:
    return max(0, at + total if at < 0 else at)


def _reading(spec: dict[str, Any]) -> str:
    """The runs to watch, in words."""
    words = []
    for number, run in enumerate(spec["runs"]):
        name = f"{spec['names'][number]}: " if spec.get("names") else ""
        count, last = run["total"], max(run["at"], default=0)
        words.append(f"{name}{count:,} event{'s' * (count != 1)}" + (f" up to second {last:g}" if count else ""))
    why = f" {spec['why']}" if spec.get("why") else ""
    return f"A run to watch: {'; '.join(words)}.{why}"


@functools.cache
def _widget_class() -> type:
    import anywidget
    import traitlets

    class PlayerWidget(anywidget.AnyWidget):
        """The widget: the card, the packed runs, and a kernel that may have more to tell."""

        _esm = bundle.module()
        _css = cards.style() + bundle.style()
        shell = traitlets.Unicode().tag(sync=True)
        spec = traitlets.Dict().tag(sync=True)

        def __init__(self, *, hear: Any, **traits: Any):
            super().__init__(**traits)
            self.hear = hear
            self.on_msg(self._on_message)

        def _on_message(self, _: Any, message: dict[str, Any], buffers: Any) -> None:
            answer = self.hear(message)
            if answer is not None:
                self.send({**answer, "number": message.get("number")})

    return PlayerWidget
