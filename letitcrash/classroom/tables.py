"""Cases and evidence as a reader should see them."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from letitcrash.text import number_of

AMBIGUOUS = re.compile(r"|\s.*|.*\s|nothing|an empty dict|None|True|False|[-+]?[\d.]+|[\[({'\"].*", re.DOTALL)
"""Text that would be taken for something else, or whose end cannot be seen, unless it stands in quotes."""


class Instead(str):
    """An event in place of evidence, in words; so that a scenario shows a case to which nothing came back."""

    def __getitem__(self, key: Any) -> "Instead":
        return self

    def get(self, *key: Any) -> "Instead":
        """As a dict has it."""
        return self

    def items(self) -> tuple:
        """As a dict has it: none."""
        return ()

    def __iter__(self) -> Iterator:
        return iter(())


def scenario(case: dict[str, Any], evidence: Any) -> list[Sequence[Any]]:
    """The case's fields and the evidence, one a row: for a lab that has no words of its own."""
    rows: list[Sequence[Any]] = [("", "")]
    rows += [(key.replace("_", " "), shown(value)) for key, value in case.items() if key != "kind"]
    answers = evidence.items() if isinstance(evidence, dict) else [("your answer", evidence)]
    return rows + [(str(key).replace("_", " "), shown(value)) for key, value in answers]


def shown(value: Any, width: int = 60) -> str:
    """The value as a reader should see it: floats to 4 digits, nothing for None, long things cut, odd text in quotes.

    >>> shown(["eggs", "", " ham", True, "True", {"$tuple": [1]}, {"$error": ["KeyError", 7]}])
    "[eggs, '', ' ham', True, 'True', (1,), KeyError(7)]"
    >>> shown([{}, {"$set": [1, 2]}])
    '[an empty dict, {1, 2}]'
    """
    text = _text(value)
    return text if len(text) <= width else text[: width - 1] + "…"


def versus(expected: Any, got: Any, words: Callable[[Any], str] = shown) -> str:
    """Expected and got side by side, so that they differ on the page: "should be 3, and is 4".

    >>> versus([1] * 40, [1] * 39 + [2]), versus("ham", "ham ")
    ('should be 1 at place 40, and is 2', "should be ham, and is 'ham '")
    """
    where = ""
    while words(expected) == words(got) and isinstance(expected, list) and isinstance(got, list):
        if len(expected) != len(got):
            return f"should have {number_of(len(expected), 'item')}{where}, and has {len(got)}"
        apart = [at for at, pair in enumerate(zip(expected, got, strict=True)) if repr(pair[0]) != repr(pair[1])]
        if not apart:
            break
        where = f" at place {apart[0] + 1}{where}"
        expected, got = expected[apart[0]], got[apart[0]]
    one, other = words(expected), words(got)
    if one == other:
        one, other = repr(expected), repr(got)
    if one == other:
        return f"looks as it should, {one}{where}, and is of another kind"
    return f"should be {one}{where}, and is {other}"


def _text(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Instead):
        return str(value)
    if isinstance(value, str):
        return repr(value) if AMBIGUOUS.fullmatch(value) else str(value)
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_text, value)) + "]"
    if isinstance(value, dict):
        return _of_a_dict(value)
    return str(value)


def _of_a_dict(value: dict[str, Any]) -> str:
    if value.keys() == {"type", "repr"}:
        return str(value["repr"])
    if len(value) == 1 and isinstance(items := next(iter(value.values())), list):
        tag = next(iter(value))
        texts = [_text(item) for item in items]
        if tag == "$tuple":
            return f"({', '.join(texts)}{',' * (len(texts) == 1)})"
        if tag == "$set":
            return "{" + ", ".join(texts) + "}"
        if tag == "$error" and texts:
            return f"{items[0]}({', '.join(texts[1:])})"
    return ", ".join(f"{str(key).replace('_', ' ')}: {_text(item)}" for key, item in value.items()) or "an empty dict"
