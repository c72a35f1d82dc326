"""The settings of a world, checked: its seed and budgets, the names of its nodes, the parts that it runs on."""

import math
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from letitcrash.process.exit_rule import exit_signal
from letitcrash.process.terms import BadArgument

SEATS: Mapping[str, Callable] = MappingProxyType({"exit_signal": exit_signal})
"""The library's own of each part that a world runs on."""

LEAST = {"seed": -math.inf, "keep": 0}  # 1 for a budget: with 0 steps or lines no process would ever begin
MAY_BE_NONE = {"keep", "lines_per_step"}


def check_setting(setting: str, value: Any) -> None:
    """Raise BadArgument: a seed that is no number gives other chance on other days, a budget of -1 ends every run."""
    if value is None and setting in MAY_BE_NONE:
        return
    least = LEAST.get(setting, 1)
    if not isinstance(value, int) or value < least:
        rule = "a whole number" + (f", {least} or more" if least > -math.inf else "")
        raise BadArgument(f"{setting} of a world is {rule}; got {value!r}")


def checked_names(setting: str, value: Any) -> tuple[str, ...]:
    """Return the names of nodes that were given as `setting`. Raises BadArgument."""
    names = () if isinstance(value, str) or not isinstance(value, Iterable) else tuple(value)
    if (not names and value != ()) or not all(isinstance(name, str) and name for name in names):
        raise BadArgument(f'{setting} of a world are names, as in ("north", "south"); got {value!r}')
    if any("/" in name for name in names):
        raise BadArgument(f"the name of a node has no /, which stands before the number of its start; got {value!r}")
    return names


def seated(parts: Mapping[str, Callable]) -> dict[str, Callable]:
    """Return the library's parts with a reader's in their place. Raises BadArgument."""
    for name, part in dict(parts).items():
        if name not in SEATS:
            raise BadArgument(f"a world has no place for the part {name!r}; it has one for {', '.join(SEATS)}")
        if not callable(part):
            raise BadArgument(f"the part {name} of a world is a function, as a lab writes it; got {part!r}")
    return {**SEATS, **parts}
