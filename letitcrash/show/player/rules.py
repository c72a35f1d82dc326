"""The table of rules: for each kind of event the fields that it must have, and what it does to a state."""

from collections.abc import Callable, Mapping
from typing import Any

State = dict[str, Any]
Row = Mapping[str, Any]
Rule = Callable[[State, Row], None]

RULES: dict[str, tuple[tuple[str, ...], Rule]] = {}


def on(kind: str, *fields: str) -> Callable[[Rule], None]:
    """Make the function below the rule for events of `kind`, which must have these `fields`."""

    def keep(rule: Rule) -> None:
        RULES[kind] = (fields, rule)

    return keep


def till(state: State, number: Any) -> dict[str, Any]:
    """The till of that number, put there if it is new."""
    return state["tills"].setdefault(str(number), {"open": False, "serving": None, "broken": None, "drops": 0})
