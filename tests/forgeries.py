"""Evidence forged from the case alone: empty, constant, echoed, sorted, counted; in the shape that evidence has."""

from collections.abc import Callable, Iterator
from typing import Any

from letitcrash.classroom import references
from letitcrash.classroom.exam import Exercise

Maker = Callable[[dict], Any]


def forged(exercise: Exercise, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Forgeries of what `drive.gather` brings back, by name: every list in one way, everything else in one way."""
    right = references.expected(exercise, seed)
    asked = [
        ("evidence", exercise.cases_for(seed), [item.get("value") for item in right["evidence"]]),
        ("searched", exercise.scenarios_for(seed), [item.get("value") for item in right.get("searched", [])]),
    ]
    everything = [case for _, cases, _ in asked for case in cases]
    for of_lists, make_list in _lists(everything).items():
        for of_others, make_other in _others(everything).items():
            made = {
                key: [
                    {"value": _filled(value, case, make_list, make_other)}
                    for case, value in zip(cases, values, strict=True)
                ]
                for key, cases, values in asked
            }
            yield f"lists {of_lists}, others {of_others}", made


def _filled(value: Any, case: dict, make_list: Maker, make_other: Maker) -> Any:
    if isinstance(value, dict) and value.keys() != {"type", "repr"}:
        return {key: _filled(item, case, make_list, make_other) for key, item in value.items()}
    return make_list(case) if isinstance(value, list) else make_other(case)


def _lists(cases: list[dict]) -> dict[str, Maker]:
    found: dict[str, Maker] = {"empty": lambda case: []}
    for key in _keys(cases, list):
        found |= {
            f"{key}, echoed": lambda case, key=key: _list(case, key),
            f"{key}, sorted": lambda case, key=key: sorted(_list(case, key), key=str),
            f"{key}, backwards": lambda case, key=key: _list(case, key)[::-1],
            f"{key}, first of each": lambda case, key=key: [_item(each, 0) for each in _list(case, key)],
            f"{key}, last of each": lambda case, key=key: [_item(each, -1) for each in _list(case, key)],
            f"{key}, None for each": lambda case, key=key: [None for _ in _list(case, key)],
        }
    return found


def _others(cases: list[dict]) -> dict[str, Maker]:
    found: dict[str, Maker] = {
        repr(each): lambda case, each=each: each for each in (None, 0, 1, True, False, "", "normal")
    }
    for key in _keys(cases, list):
        found[f"the length of {key}"] = lambda case, key=key: len(_list(case, key))
    for key in _keys(cases, (int, float, str)):
        found[f"{key}, echoed"] = lambda case, key=key: case.get(key)
    return found


def _keys(cases: list[dict], kind: Any) -> list[str]:
    return sorted({key for case in cases for key, value in case.items() if isinstance(value, kind) and key != "kind"})


def _list(case: dict, key: str) -> list:
    return case[key] if isinstance(case.get(key), list) else []


def _item(each: Any, at: int) -> Any:
    return each[at] if isinstance(each, list) and each else each
