"""show_source: the library's own code on the page, never retyped."""

import inspect
import textwrap
from typing import Any


class Source:
    """The source of one function, class or module, shown as Python."""

    def __init__(self, code: str, place: str):
        self.code, self.place = code, place

    def __repr__(self) -> str:
        return self.code

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/markdown": f"`{self.place}`\n\n```python\n{self.code}\n```\n", "text/plain": self.code}


def show_source(obj: Any) -> Source:
    """The source of `obj`, a function, class, method or module of the library, with where it stands.

    Raises TypeError for an object that has no Python source.
    """
    try:
        lines, first = inspect.getsourcelines(inspect.unwrap(obj) if callable(obj) else obj)
    except (TypeError, OSError):
        raise TypeError(f"{obj!r} has no Python source: give a function, a class or a module") from None
    module = inspect.getmodule(obj)
    place = f"{module.__name__ if module else '?'}, line {max(first, 1)}"
    return Source(textwrap.dedent("".join(lines)).rstrip(), place)
