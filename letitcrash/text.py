"""Values as text: the same in every run, without addresses or the order of a set."""

import dataclasses
import inspect
from collections.abc import Callable
from operator import attrgetter
from typing import Any


def text(value: Any) -> str:
    """`value` as a reader would write it.

    >>> text({"till": {2, 1}, "error": ValueError("eggs")})
    "{'till': {1, 2}, 'error': ValueError('eggs')}"
    """
    return Texts().of(value)


def number_of(count: float, noun: str) -> str:
    """The number with its noun, in the plural unless it is 1.

    >>> number_of(1, "egg"), number_of(2, "egg")
    ('1 egg', '2 eggs')
    """
    number = f"{count:g}" if isinstance(count, float) else count
    return f"{number} {noun}{'s' * (count != 1)}"


class Texts:
    """`text` for many values: the way to write a type is found once, and the text of a value that is `fixed` made once.

    A type says of its values by `has_fixed_text = True` that their text never changes, and that they compare by `is`.
    """

    def __init__(self):
        self._ways: dict[type, Callable[[Any], str]] = {tuple: self._tuple, list: self._list, str: repr, int: repr}
        self._fixed: dict[Any, str] = {}

    def of(self, value: Any) -> str:
        """The text of `value`."""
        kind = type(value)
        way = self._ways.get(kind)
        if way is None:
            way = self._ways[kind] = self._way(value)
        return way(value)

    def _way(self, value: Any) -> Callable[[Any], str]:
        kind = type(value)
        if getattr(kind, "has_fixed_text", False):
            return self._once
        if dataclasses.is_dataclass(kind):
            return self._fields(kind.__qualname__, [field.name for field in dataclasses.fields(kind) if field.repr])
        if issubclass(kind, dict):
            return self._dict
        if issubclass(kind, (set, frozenset)):
            return self._set
        if issubclass(kind, tuple) and hasattr(kind, "_fields"):
            return self._fields(kind.__qualname__, kind._fields)
        if issubclass(kind, BaseException):
            return self._error
        if issubclass(kind, type) or inspect.isroutine(value):
            return attrgetter("__qualname__")
        if kind.__repr__ is object.__repr__:
            return lambda value: f"<{kind.__qualname__}>"
        return repr

    def _once(self, value: Any) -> str:
        found = self._fixed.get(value)
        if found is None:
            found = self._fixed[value] = repr(value)
        return found

    def _fields(self, name: str, names: Any) -> Callable[[Any], str]:
        heads = [(f"{', ' if number else ''}{each}=", each) for number, each in enumerate(names)]
        of = self.of
        return lambda value: f"{name}({''.join([head + of(getattr(value, each)) for head, each in heads])})"

    def _dict(self, value: dict) -> str:
        return "{" + ", ".join(f"{self.of(key)}: {self.of(item)}" for key, item in value.items()) + "}"

    def _set(self, value: set | frozenset) -> str:
        return "{" + ", ".join(sorted(map(self.of, value))) + "}" if value else f"{type(value).__name__}()"

    def _tuple(self, value: tuple) -> str:
        return "(" + ", ".join(map(self.of, value)) + (",)" if len(value) == 1 else ")")

    def _list(self, value: list) -> str:
        return "[" + ", ".join(map(self.of, value)) + "]"

    def _error(self, value: BaseException) -> str:
        return f"{type(value).__name__}({', '.join(map(self.of, value.args))})"
