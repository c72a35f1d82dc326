"""Names that a notebook has and a module has not: in an answer they do nothing."""

from typing import Any


class Ignored:
    """Takes any call, any attribute and any item, and gives itself."""

    def __call__(self, *arguments: Any, **named: Any) -> "Ignored":
        """Itself."""
        return self

    def __getattr__(self, name: str) -> "Ignored":
        if name.startswith("__"):
            raise AttributeError(name)
        return self


NOTEBOOK_NAMES: dict[str, Any] = {"display": Ignored(), "get_ipython": Ignored()}
"""The names that IPython adds to each notebook's."""
