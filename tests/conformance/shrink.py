"""Make a scenario that differs smaller, as long as it differs: all smaller ones of a round are played at once."""

import copy
import json
from collections.abc import Callable, Iterator

from letitcrash.scenario import clear, play

ROUNDS = 5
AT_ONCE = 60


def shrink(scenario: dict, differing: Callable[[list[dict]], list[bool]]) -> dict:
    """The smallest scenario found that `differing` still says yes to."""
    for _ in range(ROUNDS):
        smaller = [one for one in _smaller(scenario) if clear(one, play(one)[1])][:AT_ONCE]
        bad = [one for one, is_bad in zip(smaller, differing(smaller), strict=True) if is_bad] if smaller else []
        if not bad:
            break
        scenario = min(bad, key=lambda one: len(json.dumps(one)))
    return scenario


def _smaller(scenario: dict) -> Iterator[dict]:
    """The scenario without one step, one order, one child, one option."""
    for number, step in enumerate(scenario["script"]):
        yield _changed(scenario, lambda new, number=number: new["script"].pop(number))
        for order in range(len(step["do"])) if len(step["do"]) > 1 else ():
            yield _changed(scenario, lambda new, number=number, order=order: new["script"][number]["do"].pop(order))
    yield from _smaller_tree(scenario, ["tree"])


def _smaller_tree(scenario: dict, path: list) -> Iterator[dict]:
    children = _at(scenario, path)["children"]
    for number, child in enumerate(children):
        if len(children) > 1:
            yield _changed(scenario, lambda new, number=number: _at(new, path)["children"].pop(number))
        if "children" in child:
            yield from _smaller_tree(scenario, [*path, "children", number])
        else:
            for key in child.keys() - {"id"}:
                place = [*path, "children", number]
                yield _changed(scenario, lambda new, place=place, key=key: _at(new, place).pop(key))


def _at(scenario: dict, path: list) -> dict:
    for key in path:
        scenario = scenario[key]
    return scenario


def _changed(scenario: dict, change: Callable[[dict], object]) -> dict:
    new = copy.deepcopy(scenario)
    change(new)
    return new
