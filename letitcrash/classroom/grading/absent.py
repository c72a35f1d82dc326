"""Modules that an answer may import and that grading has no use for: imported in the sandbox, they do nothing.

A picture is seen by nobody there, and matplotlib wants threads, other programs and a folder of its own to draw one.
"""

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

ABSENT = ("matplotlib", "IPython")


class Nothing:
    """Takes any call, item, attribute and `with`, and gives itself; has no items of its own."""

    def __call__(self, *arguments, **named):
        """Itself."""
        return self

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key):
        return self

    def __setitem__(self, key, value):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return False

    def __iter__(self):
        return iter(())


def subplots(*arguments, **named):
    """The pair that `figure, axes = plt.subplots()` expects."""
    return Nothing(), Nothing()


class Absent(ModuleType):
    """One of these modules, whatever is taken from it."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return subplots if name == "subplots" else Nothing()


class Finder:
    """Finds the modules of ABSENT and all below them; loads them too."""

    def find_spec(self, name, path=None, target=None):
        """The module's spec, a package, or None."""
        return ModuleSpec(name, self, is_package=True) if name.split(".")[0] in ABSENT else None

    def create_module(self, spec):
        """The module."""
        return Absent(spec.name)

    def exec_module(self, module):
        """Nothing is left to do."""


def stand_in() -> None:
    """Have the modules of ABSENT imported from here."""
    sys.meta_path.append(Finder())
