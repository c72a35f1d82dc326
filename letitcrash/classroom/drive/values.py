"""Values that JSON cannot hold, written in JSON: a case has them under a tag, and the driver gets the values.

    {"$tuple": ["eggs", 3]}     ("eggs", 3)
    {"$set": [1, 2]}            {1, 2}
    {"$error": ["KeyError", 7]} KeyError(7)

Each time a case is played its values are made anew, so that two of them may be equal and are never the same object.
"""

import builtins
from collections.abc import Callable
from typing import Any


def _error(of: list) -> BaseException:
    name, *arguments = of
    return getattr(builtins, name)(*arguments)


TAGS: dict[str, Callable[[Any], Any]] = {"$tuple": tuple, "$set": set, "$error": _error}
"""Each tag, and what makes the value of the list under it."""


def revived(value: Any) -> Any:
    """The value that `value`, as JSON has it, stands for: tags become tuples, sets and exceptions."""
    if isinstance(value, list):
        return [revived(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1 and (tag := next(iter(value))) in TAGS:
        return TAGS[tag](revived(value[tag]))
    return {key: revived(item) for key, item in value.items()}
