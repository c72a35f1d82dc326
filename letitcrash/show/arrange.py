"""arrange: a scene whose pieces are dragged. Each arrangement of them was run; the page shows that run's result."""

import dataclasses
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from letitcrash.show import shell, widget_output

MOST_ARRANGEMENTS = 40_000  # each is run for the page


class Spot(NamedTuple):
    """A process or a person in the scene, centred at `x`, `y`, in percent of its width and height."""

    name: str
    x: float
    y: float
    words: str = ""


class Handle(NamedTuple):
    """A piece to drag: onto a spot, by its number, or, with `seconds`, along a line of time from 1 to that second.

    `words` are written on it; `row` is the height of its line of time, in percent.
    """

    name: str
    at: int
    look: Literal["label", "end", "time"] = "label"
    seconds: int = 0
    row: float = 0.0
    words: str = ""

    def places(self, spots: int) -> range:
        """The places at which it can stand."""
        return range(1, self.seconds + 1) if self.seconds else range(spots)


class Line(NamedTuple):
    """A line between two handles that never stand on one spot; a `directed` one has a beginning and an end."""

    first: int
    second: int
    look: Literal["link", "monitor"]

    @property
    def directed(self) -> bool:
        """True where it matters which handle is at which end."""
        return self.look == "monitor"

    def is_apart(self, places: Sequence[int]) -> bool:
        """True where its ends stand apart, an undirected line's first end on the lower spot."""
        one, other = places[self.first], places[self.second]
        return one != other if self.directed else one < other


class Fate(NamedTuple):
    """The end of a spot in a run: its look, a few words, and its turn among the fates (0: nothing happened to it)."""

    look: Literal["well", "told", "new", "wrong", "gone"]
    words: str
    turn: int = 0


class Outcome(NamedTuple):
    """The result of a run: a fate for each spot, and sentences in the order in which things happened."""

    fates: tuple[Fate, ...]
    said: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Scene:
    """A scene with its pieces. `run(places, order, option)` gives the outcome of one arrangement, from a run of it."""

    title: str
    spots: tuple[Spot, ...]
    handles: tuple[Handle, ...]
    run: Callable[[tuple[int, ...], tuple[int, ...], str], Outcome]
    lines: tuple[Line, ...] = ()
    ordered: bool = False
    options: tuple[str, ...] = ("",)
    asks: str = ""
    height: int = 260

    def arrangements(self) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], str]]:
        """Every arrangement: the places of the handles, the order of the spots, the option.

        The ends of a line stand apart, and those of an undirected line are counted once.
        """
        spots = range(len(self.spots))
        orders = itertools.permutations(spots) if self.ordered else [tuple(spots)]
        every = itertools.product(*(handle.places(len(spots)) for handle in self.handles))
        places = [each for each in every if all(line.is_apart(each) for line in self.lines)]
        yield from itertools.product(places, orders, self.options)

    def start(self) -> tuple[tuple[int, ...], tuple[int, ...], str]:
        """The arrangement that is shown first."""
        return tuple(handle.at for handle in self.handles), tuple(range(len(self.spots))), self.options[0]

    def outcomes(self) -> dict[str, Outcome]:
        """The outcome of each arrangement, by its key."""
        return {self.key(*each): self.run(*each) for each in self.arrangements()}

    def key(self, places: Sequence[int], order: Sequence[int], option: str) -> str:
        """The name of an arrangement, as the page's script makes it too."""
        numbers = [*places, *order] if self.ordered else places
        return ".".join(map(str, [*numbers, self.options.index(option)]))

    def spec(self) -> dict[str, Any]:
        """The scene for the page's script; outcomes that are equal are held once."""
        pool: dict[Outcome, int] = {}
        table = {key: pool.setdefault(outcome, len(pool)) for key, outcome in self.outcomes().items()}
        return {
            "spots": [spot._asdict() for spot in self.spots],
            "handles": [handle._asdict() for handle in self.handles],
            "lines": [{**line._asdict(), "directed": line.directed} for line in self.lines],
            "ordered": self.ordered,
            "table": table,
            "outcomes": [{"fates": list(map(list, each.fates)), "said": list(each.said)} for each in pool],
        }

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        spec = self.spec()
        said = self.run(*self.start()).said
        results = [each["said"] for each in spec["outcomes"]]
        parts = [shell.title(self.title), shell.scene(said, results, self.height, self.asks, self.options)]
        return widget_output.output("scene", self.title, parts, spec, " ".join(said))


def arrange(
    spots: Sequence[Spot],
    handles: Sequence[Handle],
    run: Callable[[tuple[int, ...], tuple[int, ...], str], Outcome],
    *,
    title: str,
    lines: Sequence[Line] = (),
    ordered: bool = False,
    choose: Mapping[str, Sequence[str]] | None = None,
    height: int = 260,
) -> Scene:
    """A scene to touch: the visitor drags `handles` onto `spots`, or along a line of time, and reads what came of it.

    `run(places, order, option)` is called for every arrangement, and gives its outcome from a run of the library:
    `places` has the spot (or the second) of each handle, `order` the spots from left to right where they are `ordered`,
    `option` one of those that `choose`, {question: options}, offers.
    Raises ValueError for a scene that cannot be: a handle that stands nowhere, a line whose ends stand together, a
    wish for more arrangements than a page can hold.
    """
    (asks, options), *more = (choose or {"": [""]}).items()
    if more:
        raise ValueError(f"choose asks {len(more) + 1} questions: one is enough")
    scene = Scene(title, tuple(spots), tuple(handles), run, tuple(lines), ordered, tuple(options), asks, height)
    for handle in handles:
        if handle.at not in handle.places(len(spots)):
            raise ValueError(
                f"{handle.name!r} stands at {handle.at}: it must be one of {list(handle.places(len(spots)))}"
            )
    for line in lines:
        if not line.is_apart([handle.at for handle in handles]):
            raise ValueError(f"the ends of {line} must stand apart, an undirected one's first end on the lower spot")
    count = sum(1 for _ in scene.arrangements())
    if count > MOST_ARRANGEMENTS:
        raise ValueError(f"{count} arrangements: a page holds {MOST_ARRANGEMENTS}")
    return scene
