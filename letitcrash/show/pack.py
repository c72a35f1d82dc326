"""States of an explorable, made small: the positions to compute, rounding, and parts that all states share."""

import dataclasses
import gzip
import itertools
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from letitcrash.show.controls import Control

FINENESS = 4000  # steps over the span of an array: finer than a pixel of any screen it is drawn on
FEWEST_STOPS = 3


def rounded(node: Any) -> Any:
    """`node` with its arrays of numbers rounded to a 4000th of their span, single numbers to 6 digits.

    >>> rounded({"y": [0, 1 / 3, 2 / 3], "size": 2 / 3})
    {'y': [0, 0.3333, 0.6667], 'size': 0.666667}
    """
    if isinstance(node, Mapping):
        return {key: rounded(item) for key, item in node.items()}
    if isinstance(node, list):
        numbers = [item for item in node if isinstance(item, int | float) and not isinstance(item, bool)]
        if len(numbers) < 2 or any(isinstance(item, str | list | dict) for item in node):
            return [rounded(item) for item in node]
        span = max(numbers) - min(numbers)
        places = max(0, math.ceil(-math.log10(span / FINENESS))) if span else 6
        return [_short(item, places) for item in node]
    return float(f"{node:.6g}") if isinstance(node, float) else node


def _short(item: Any, places: int) -> Any:
    if not isinstance(item, float):
        return item
    item = round(item, places)
    return int(item) if item == int(item) else item


def pack(states: Sequence[Mapping[str, Any] | str]) -> dict[str, Any]:
    """All states as one small object: their common parts once, then for each only the differences.

    A state is a dict, or a sentence when there is no picture. Gives {"base", "paths", "pool", "states"}: `base` is
    the first dict, `paths` the places where states differ, `pool` every different value found there, and `states`
    for each state one index into the pool a path, or its sentence. `unpacked` is the way back.
    """
    pictures = [state for state in states if not isinstance(state, str)]
    if not pictures:
        return {"base": None, "paths": [], "pool": [], "states": list(states)}
    paths = list(_differing(pictures, ()))
    pool: dict[str, int] = {}
    rows: list[Any] = []
    for state in states:
        if isinstance(state, str):
            rows.append(state)
        else:
            texts = (json.dumps(_at(state, path)) for path in paths)
            rows.append([pool.setdefault(text, len(pool)) for text in texts])
    base = json.loads(json.dumps(pictures[0]))
    for path in paths:
        if path:
            _at(base, path[:-1])[path[-1]] = 0
    return {
        "base": base if paths != [()] else 0,
        "paths": [list(path) for path in paths],
        "pool": [json.loads(text) for text in pool],
        "states": rows,
    }


def number(sizes: Sequence[int], places: Sequence[int]) -> int:
    """The number of the state where each control, of so many positions, stands at its place.

    >>> number([2, 10], [1, 3])
    13
    """
    result = 0
    for size, place in zip(sizes, places, strict=True):
        result = result * size + place
    return result


def unpacked(packed: Mapping[str, Any], index: int) -> Any:
    """State number `index` of what `pack` gave; the page's script does the same."""
    row = packed["states"][index]
    if isinstance(row, str):
        return row
    state = {"root": json.loads(json.dumps(packed["base"]))}
    for path, item in zip(packed["paths"], row, strict=True):
        place = ["root", *path]
        _at(state, place[:-1])[place[-1]] = packed["pool"][item]
    return state["root"]


def _differing(nodes: Sequence[Any], path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The shortest paths at which the nodes differ; arrays of plain values are taken whole."""
    first = nodes[0]
    if all(node == first and type(node) is type(first) for node in nodes):
        return
    if all(isinstance(node, dict) and node.keys() == first.keys() for node in nodes):
        for key in first:
            yield from _differing([node[key] for node in nodes], (*path, key))
    elif all(isinstance(node, list) and len(node) == len(first) and _holds_parts(node) for node in nodes):
        for index in range(len(first)):
            yield from _differing([node[index] for node in nodes], (*path, index))
    else:
        yield path


def _holds_parts(node: list[Any]) -> bool:
    return any(isinstance(item, dict | list) for item in node)


def _at(node: Any, path: Sequence[Any]) -> Any:
    for step in path:
        node = node[step]
    return node


def compact(value: Any) -> str:
    """JSON without blanks, safe inside a script element."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.replace("</", "\\u003c/").replace("<!--", "\\u003c!--")


def zipped(text: str) -> int:
    """Bytes of `text` when a server sends it gzipped."""
    return len(gzip.compress(text.encode(), compresslevel=6, mtime=0))


def positions(controls: Mapping[str, Control]) -> Iterator[dict[str, Any]]:
    """Every combination of the controls' values, the last control turning fastest."""
    for values in itertools.product(*(control.values for control in controls.values())):
        yield dict(zip(controls, values, strict=True))


def coarser(controls: Mapping[str, Control], limit: int, held: Mapping[str, Any]) -> dict[str, Control]:
    """The controls with so few positions that all combinations number `limit` at most.

    The slider with the most stops loses every second one until that is enough or all are down to three; then
    controls, from the last one on, stay where they start. Ends, starts and the values in `held` are kept.
    """
    result = dict(controls)

    def too_many() -> bool:
        return math.prod(len(control.values) for control in result.values()) > limit

    while too_many():
        sliders = [name for name, control in result.items() if control.kind == "slider"]
        finest = max(sliders, key=lambda name: len(result[name].values), default=None)
        thinner = finest and _thinned(result[finest], held.get(finest))
        if not thinner or thinner == result[finest]:
            break
        result[finest] = thinner
    for name in reversed(controls):
        if too_many():
            control = result[name]
            result[name] = dataclasses.replace(control, values=(control.values[control.start],), start=0)
    return result


def _thinned(control: Control, held: Any) -> Control:
    """The slider with about half its stops; its ends, its start and the value `held` stay."""
    values, start = control.values, control.values[control.start]
    if len(values) <= FEWEST_STOPS:
        return control
    keep = {values[0], values[-1], start, *(value for value in values if value == held)}
    fewer = set(values[control.start % 2 :: 2]) | keep
    if len(fewer) == len(values):
        fewer = keep
    stops = tuple(sorted(fewer))
    return dataclasses.replace(control, values=stops, start=stops.index(start))
