"""The reference: the library's own answer to an exercise, played by the same driver in a process that we trust."""

import importlib
import json
from functools import lru_cache
from typing import Any

from letitcrash.classroom import drive
from letitcrash.classroom.criterion import Case, ExamError
from letitcrash.classroom.exam import Exercise


def resolve(target: Any) -> Any:
    """The object that "module:name" names, or `target` itself when it is no text. Raises LookupError in words."""
    if not isinstance(target, str):
        return target
    module, _, name = target.partition(":")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise LookupError(f"the library has no {module}.{name}: {error}") from None


def names(exercise: Exercise) -> dict[str, Any]:
    """The right answers to `exercise`, and to those that it needs, by name."""
    found = {}
    for each in exercise.needed:
        found.update(names(each))
    return {**found, **{name: resolve(target) for name, target in exercise.right.items()}}


@lru_cache(maxsize=512)
def expected(exercise: Exercise, seed: int) -> dict[str, Any] | None:
    """The evidence of the reference under `seed`; None where the exam names no reference. Raises ExamError.

    A scenario that the reference does not play to its end is no question. Nor is one that makes a single object of the
    class that is asked for: two would not be told apart from one.
    """
    if not set(exercise.defines) <= set(exercise.right):
        if exercise.searches:
            absent = sorted(set(exercise.defines) - set(exercise.right))
            raise ExamError(
                f"exercise {exercise.name} is searched, and {', '.join(absent)} has no parts= or reference="
            )
        return None
    own, made = names(exercise), dict[str, int]()
    own.update({name: _counting(own[name], name, made) for name in exercise.defines if isinstance(own[name], type)})
    gathered = played(exercise, exercise.job("", seed), own)
    for case, item in zip(exercise.scenarios_for(seed), gathered["searched"], strict=True):
        if set(item) != {"value"}:
            raise ExamError(f"exercise {exercise.name}, seed {seed}: the reference cannot play {case}: {item}")
    few = [name for name, count in made.items() if count < 2 * len(gathered["searched"])]
    if exercise.searches and few:
        raise ExamError(
            f"exercise {exercise.name}: the player makes one {few[0]} a scenario; with two it would find more"
        )
    return gathered


def replayed(exercise: Exercise, scenarios: list[Case]) -> list[dict[str, Any]]:
    """The reference's evidence of these scenarios; those that it cannot play have no "value" alone."""
    job = {**exercise.job("", 0), "cases": [], "scenarios": scenarios}
    return played(exercise, job, names(exercise))["searched"]


def played(exercise: Exercise, job: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The evidence of a job whose answer is `own`: names, and what they stand for. Raises ExamError."""
    gathered = drive.gather({**job, "answer": "", "before": [], "defines": []}, own)
    if "evidence" not in gathered:
        raise ExamError(f"exercise {exercise.name}: its driver does not run: {json.dumps(gathered)[:300]}")
    return gathered


def _counting(cls: type, name: str, made: dict[str, int]) -> type:
    """The class, and a count under `name` of the objects that are made of it."""
    made[name] = 0

    def __init__(self: Any, *arguments: Any, **named: Any) -> None:
        made[name] += 1
        cls.__init__(self, *arguments, **named)

    return type(
        cls.__name__, (cls,), {"__init__": __init__, "__qualname__": cls.__qualname__, "__module__": cls.__module__}
    )
