"""The ring as a round of cheese: stores have slices, and each customer is a pin on the rind of one."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import cos, pi, sin
from statistics import fmean
from typing import Any

from letitcrash.caching import Ring, owner, owner_by_remainder, ring, stable_hash
from letitcrash.caching.rings import CIRCLE
from letitcrash.show import charts
from letitcrash.show.arrange import Fate, Handle, Outcome, Scene, Spot, arrange
from letitcrash.show.figure import Figure
from letitcrash.show.palette import BRICK, BRICK_SOFT, EGG, GREY, INK, PLUM, RULE, TEAL_SOFT, YOLK_SOFT

STORES = ("North", "South", "West", "East", "Mill", "Port", "Hill", "Quay", "Gate", "Park", "Moor", "Pier")
REGULARS = [f"customer {number}" for number in range(60)]
MANY = [f"key {number}" for number in range(10_000)]
SLICES = (YOLK_SOFT, TEAL_SOFT, BRICK_SOFT, RULE, EGG, GREY)
PINS = ("circle", "square", "diamond", "triangle-up", "x", "star")


@cache
def busiest(stores: int, points: int) -> float:
    """The part of the cheese that the busiest store has, as a multiple of a fair one, in the mean of ten rings."""
    return fmean(max(parts(stores, points, trial)) * stores for trial in range(10))


def parts(stores: int, points: int, trial: int) -> list[float]:
    """The part of the cheese that each store has, on one of several rings."""
    circle = ring([f"{name} {trial}" for name in STORES[:stores]], points)
    has = Counter()
    for place, name in enumerate(circle.owners):
        has[name] += circle.points[place] - circle.points[place - 1] + CIRCLE * (place == 0)
    return [has[name] / CIRCLE for name in circle.stores]


@cache
def moved(stores: int, by_ring: bool) -> float:
    """The share of keys that have another owner when one more store opens."""
    before, after = STORES[:stores], STORES[: stores + 1]
    if by_ring:
        circles = ring(before), ring(after)
        return fmean(owner(circles[0], key) != owner(circles[1], key) for key in MANY)
    return fmean(owner_by_remainder(before, key) != owner_by_remainder(after, key) for key in MANY)


def growing(stores: int, *, top: float = 100) -> Figure:
    """The share of customers that move when one more store opens, by remainder and by ring, over the stores."""
    x = list(range(1, len(STORES)))
    curves = {"remainder": [100 * moved(n, False) for n in x], "ring": [100 * moved(n, True) for n in x],
              "as few as can be": [100 / (n + 1) for n in x]}  # fmt: skip
    remainder, by_ring = moved(stores, False), moved(stores, True)
    reading = (
        f"From {stores} to {stores + 1} stores: {remainder:.1%} of the customers get another butcher by remainder, "
        f"{by_ring:.1%} on the ring, and {1 / (stores + 1):.1%} would be as few as can be."
    )
    return charts.lines(x, curves, x_title="stores, before one more opens", y_title="customers in a hundred who move",
                        reading=reading, x_range=(0.5, len(STORES) - 0.5), y_range=(0, top),
                        mark=(stores, 100 * remainder, f"{100 * remainder:.0f}"))  # fmt: skip


def round_of(stores: int, points: int) -> Figure:
    """The cheese: a colour for each store's slices, a pin for each regular, and a ring round those who moved last."""
    names = STORES[:stores]
    circle, before = ring(names, points), ring(names[:-1], points)
    owners, last = [[owner(each, name) for name in REGULARS] for each in (circle, before)]
    data = [_slices(circle, name, SLICES[number]) for number, name in enumerate(names)]
    for number, name in enumerate(names):
        at = [stable_hash(who) / CIRCLE for who, store in zip(REGULARS, owners, strict=True) if store == name]
        data.append(_pins(at, f"of {name}: {len(at)}", symbol=PINS[number]))
    movers = [
        stable_hash(who) / CIRCLE for who, *both in zip(REGULARS, owners, last, strict=True) if both[0] != both[1]
    ]
    data.append(_pins(movers, "new there", symbol="circle-open", size=16, color=BRICK))
    old = sum(now != names[-1] != then and now != then for now, then in zip(owners, last, strict=True))
    reading = (
        f"{names[-1]} opens, the last of {stores} stores: {len(movers)} of {len(REGULARS)} regulars go there, and "
        f"{old} move between the others. The busiest store has {busiest(stores, points):.2f} times its share (mean of "
        "ten rings)."
    )
    quiet = {"visible": False, "range": [-1.2, 1.2]}
    return Figure(data, {"xaxis": quiet, "yaxis": quiet | {"scaleanchor": "x"}, "height": 440}, reading=reading)


def _slices(circle: Ring, store: str, colour: str) -> dict[str, Any]:
    """A trace with all slices of a store, from the middle of the cheese to its rind."""
    x: list[float | None] = []
    y: list[float | None] = []
    for place, name in enumerate(circle.owners):
        if name != store:
            continue
        begins = circle.points[place - 1] / CIRCLE - (place == 0)
        arc = _arc(begins, circle.points[place] / CIRCLE)
        x += [0.0, *(cos_ for cos_, _ in arc), 0.0, None]
        y += [0.0, *(sin_ for _, sin_ in arc), 0.0, None]
    return {"type": "scatter", "mode": "lines", "name": store, "x": x, "y": y, "fill": "toself", "fillcolor": colour,
            "line": {"color": INK, "width": 0.7}, "hoverinfo": "skip", "showlegend": False}  # fmt: skip


def _arc(begins: float, ends: float) -> list[tuple[float, float]]:
    steps = max(1, round((ends - begins) * 60))
    return [_place(begins + (ends - begins) * step / steps) for step in range(steps + 1)]


def _place(turn: float, radius: float = 1.0) -> tuple[float, float]:
    """The point at this share of a turn, clockwise from the top."""
    return radius * sin(2 * pi * turn), radius * cos(2 * pi * turn)


def _pins(turns: Sequence[float], name: str, *, symbol: str, size: int = 8, color: str = PLUM) -> dict[str, Any]:
    at = [_place(turn, 1.1) for turn in turns]
    return {"type": "scatter", "mode": "markers", "name": name, "x": [x for x, _ in at], "y": [y for _, y in at],
            "hoverinfo": "name", "marker": {"color": color, "symbol": symbol, "size": size}}  # fmt: skip


# The scene: eight pins, and a flag to drag for each store.

PEOPLE = ("Ann", "Ben", "Cem", "Dora", "Eva", "Finn", "Gül", "Hugo")
SPOTS = tuple(
    Spot(name, round(50 + 37 * sin(pi * number / 4), 1), round(53 - 37 * cos(pi * number / 4), 1))
    for number, name in enumerate(PEOPLE)
)
HANDLES = tuple(
    Handle(f"the flag of {store}", at, words=store) for store, at in zip(STORES[:3], (2, 6, 4), strict=True)
)
BY_RING, DEALT = "to the next flag, clockwise", "dealt round, like cards"


def owners_of(places: Sequence[int], rule: str) -> list[str]:
    """The owner of each of the eight, the flags of the first stores at `places`."""
    if rule == DEALT:
        return [STORES[number % len(places)] for number in range(len(PEOPLE))]
    flags = sorted((at * CIRCLE // len(PEOPLE), number) for number, at in enumerate(places))
    circle = Ring(tuple(at for at, _ in flags), tuple(STORES[number] for _, number in flags), STORES[: len(places)])
    seats = (number * CIRCLE // len(PEOPLE) for number in range(len(PEOPLE)))
    return [circle.owners[bisect_left(circle.points, seat) % len(flags)] for seat in seats]


def outcome(places: tuple[int, ...], order: tuple[int, ...] = (), option: str = BY_RING) -> Outcome:
    """The butcher of each of the eight, and those who get another one when West opens."""
    before, after = owners_of(places[:2], option), owners_of(places, option)
    fates = tuple(Fate("new" if old != new else "well", new) for old, new in zip(before, after, strict=True))
    movers = [name for name, old, new in zip(PEOPLE, before, after, strict=True) if old != new]
    said = f"West opens: {len(movers)} of {len(PEOPLE)} get another butcher{': ' if movers else ''}{', '.join(movers)}."
    return Outcome(fates, (said,))


def to_touch() -> Scene:
    """The scene, with West's flag between those of the two old stores."""
    title = "Drag the flags. Whose butcher changes when West opens?"
    return arrange(SPOTS, HANDLES, outcome, title=title, choose={"each customer goes": [BY_RING, DEALT]}, height=420)
