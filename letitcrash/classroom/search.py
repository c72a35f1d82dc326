"""The searched part of an exam: random scenarios, played on the answer and on the reference, and the shortest one kept.

A scenario is a case whose kind is "searched". Its lists, `steps` first of all, may be shortened: a scenario without
some of its steps is a scenario too, as long as the reference plays it to its end. The exam draws a scenario of about
`size` steps; sizes grow, so that the first that differs is short.
"""

import math
import random as chance
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from letitcrash.classroom.criterion import Case, Shows
from letitcrash.classroom.tables import Instead, shown, versus

AGREES = "agrees_with_the_library"
"""The name of the criterion that every searched exercise has last."""
SMALLEST, LARGEST = 2, 14
"""The steps of the first scenario of a seed, and of its last."""
PLAIN = (1, 2, "eggs", "ham", {"$tuple": ["eggs", 1]})
ODD = (
    0,
    False,
    "",
    [],
    {},
    {"$tuple": []},
    True,
    1,
    {"$tuple": ["eggs"]},
    {"$tuple": ["shutdown", "eggs", 3]},
    ["eggs"],
    [1, 2],
    {"$set": [1, 2]},
    {"$error": ["ValueError", "eggs"]},
    {"$error": ["KeyError"]},
)


def any_value(random: chance.Random, none: bool = False, hashable: bool = False) -> Any:
    """A value of any kind, as a case has it: falsy, equal to another, unhashable, an exception, a tuple of 0 to 3.

    Two drawn one after the other are often equal, and never the same object. `none` lets None be drawn too.
    """
    value = random.choice((*PLAIN, *ODD, *([None] if none else [])))
    return any_value(random, none, hashable) if hashable and _unhashable(value) else value


def moments(random: chance.Random, count: int, last: float = 20.0) -> list[float]:
    """So many moments up to second `last`, rising, in eighths of a second; two in three fall together with others."""
    few = [random.randrange(1, int(last * 8)) / 8 for _ in range(max(1, count // 3))]
    return sorted(
        random.choice(few) if random.random() < 0.7 else random.randrange(1, int(last * 8)) / 8 for _ in range(count)
    )


@dataclass(frozen=True)
class Search:
    """One exercise's search: how a scenario is drawn, and how what was seen is compared and told.

    `agree(case, seen, expected)` returns None, or a sentence that says what differs. `words` makes one step, or one
    thing that was seen, readable. `shows(case, seen, expected)` makes a run to watch of a scenario that differs.
    `step_by_step` says that the player yields one thing for each step first, so that they stand side by side.
    """

    draw: Callable[[chance.Random, int], Case]
    rounds: int
    points: float
    shows: Shows | None = None
    agree: Callable[[Case, Any, Any], str | None] | None = None
    words: Callable[[Any], str] = shown
    step_by_step: bool = True

    @property
    def says(self) -> str:
        """The sentence of its criterion."""
        return f"In {self.rounds} random scenarios it does what the library's does."

    def scenarios(self, random: chance.Random) -> Iterator[Case]:
        """The scenarios of a seed, from small to large."""
        for number in range(self.rounds):
            size = SMALLEST + number * (LARGEST - SMALLEST) // max(1, self.rounds - 1)
            yield {**self.draw(random, size), "kind": "searched"}

    def difference(self, case: Case, seen: Any, expected: Any) -> str | None:
        """The difference between the answer's evidence and the reference's, in a sentence; None when they agree."""
        if self.agree:
            return self.agree(case, seen, expected)
        if same(seen, expected):
            return None
        asked = self.asked(case)
        after = f"{'; '.join(asked)}: " if 0 < len(asked) <= 5 else ""
        if _in_one_piece(case, seen, expected):
            return f"{after}the result {versus(expected, seen, self.said)}"
        return after + self._first_difference(case, seen, expected)

    def _first_difference(self, case: Case, seen: list, expected: list) -> str:
        at = first_difference(seen, expected)
        if at >= len(expected):
            return f"nothing more should happen, and there was {self.said(seen[at])}"
        if at >= len(seen):
            return f"{self.said(expected[at])} should come next, and nothing more came"
        what = "the result" if len(expected) == 1 else self._which(self.asked(case), at)
        return f"{what} {versus(expected[at], seen[at], self.said)}"

    def _which(self, asked: list[str], at: int) -> str:
        """Name a result by its step; a step of a long scenario is told along."""
        if not self.step_by_step:
            return "the first result that differs"
        if at >= len(asked):
            return "the result in the end"
        return f"the result of step {at + 1}" + (f", {asked[at]}," if len(asked) > 5 else "")

    def asked(self, case: Case) -> list[str]:
        """The steps of a scenario in words."""
        if "steps" in case:
            return [self.said(step) for step in case["steps"]]
        return [f"{key.replace('_', ' ')} {shown(value)}" for key, value in case.items() if key != "kind"]

    def rows(self, case: Case, seen: Any, expected: Any) -> list[Sequence[Any]]:
        """The scenario as a table: its steps, and around the first difference what should be and what is."""
        rows: list[Sequence[Any]] = [("", "asked", "should be", "yours")]
        asked = self.asked(case)
        if _in_one_piece(case, seen, expected):
            rows += [("", each, "", "") for each in asked]
            return [*rows, ("", "result", self.said(expected), self.said(seen))]
        results = [
            [self.said(side[number]) if number < len(side) else "" for side in (expected, seen)]
            for number in range(first_difference(seen, expected) + 1)
        ]
        if self.step_by_step:
            left = [*asked, *["in the end"] * (len(results) - len(asked))]
            results += [["", ""]] * (len(left) - len(results))
        else:
            results = results[-3:]  # the first that differs, and two before it
            left = [*asked, *["result"] * len(results)]
            results = [["", ""]] * len(asked) + results
        numbers = [*range(1, len(asked) + 1), *[""] * (len(left) - len(asked))]
        return rows + [(n, each, *sides) for n, each, sides in zip(numbers, left, results, strict=True)]

    def said(self, each: Any) -> str:
        """One step, or one thing that was seen, in words: strange evidence as it is."""
        if isinstance(each, Instead):
            return str(each)
        try:
            return self.words(each)
        except Exception:
            return shown(each)


def _in_one_piece(case: Case, seen: Any, expected: Any) -> bool:
    """True where there is one result to compare, and no sequence of things that were seen."""
    return "steps" not in case or not isinstance(seen, list) or not isinstance(expected, list)


def same(one: Any, other: Any) -> bool:
    """Compare two pieces of evidence: truth is no number, and numbers are close.

    >>> same([1, {"at": 0.1 + 0.2}], [1.0, {"at": 0.3}]), same(True, 1)
    (True, False)
    """
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other or math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return one == other


def first_difference(seen: list, expected: list) -> int:
    """The index of the first item that differs, or that one of the two lacks."""
    return next(
        (at for at, pair in enumerate(zip(seen, expected, strict=False)) if not same(*pair)),
        min(len(seen), len(expected)),
    )


def shrunk(case: Case, first_that_differs: Callable[[list[Case]], Case | None], rounds: int = 60) -> Case:
    """The shortest scenario found, by delta debugging, that still differs.

    `first_that_differs(cases)` plays them all and gives the first on which answer and reference differ.
    """
    for _ in range(rounds):
        smaller = first_that_differs(list(shorter(case)))
        if smaller is None:
            return case
        case = smaller
    return case


def shorter(case: Case) -> Iterator[Case]:
    """The scenario without a part of one of its lists: halves first, single items last."""
    lists = {key: value for key, value in case.items() if isinstance(value, list)}
    longest = max(map(len, lists.values()), default=0)
    size = longest
    while size >= 1:
        for key, items in lists.items():
            for start in range(0, len(items), size):
                if size <= len(items):
                    yield {**case, key: items[:start] + items[start + size :]}
        size //= 2


def _unhashable(value: Any) -> bool:
    if isinstance(value, list):
        return True
    if isinstance(value, dict):
        return "$tuple" not in value and "$error" not in value
    return False
