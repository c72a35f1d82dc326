"""Cases, and what came back, as a reader should see them."""

from collections.abc import Iterator, Sequence
from typing import Any


class Instead(str):
    """What happened instead of evidence, in words; so that a scenario shows a case to which nothing came back."""

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
    """The value as a reader should see it: floats to 4 digits, nothing for None, long things cut."""
    if value is None:
        return "nothing"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, dict):
        text = ", ".join(f"{str(key).replace('_', ' ')}: {shown(item)}" for key, item in value.items())
    else:
        text = "[" + ", ".join(shown(item) for item in value) + "]" if isinstance(value, list) else str(value)
    return text if len(text) <= width else text[: width - 1] + "…"
