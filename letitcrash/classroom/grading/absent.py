"""Modules that an answer may import and that grading has no use for: imported in the sandbox, they do nothing.

A picture is seen by nobody there, and matplotlib wants threads, other programs and a folder of its own to draw one.
"""

import dis
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from types import ModuleType

ABSENT = ("matplotlib", "IPython")


class Nothing:
    """Takes any call, item, attribute, operator and `with`, and gives itself; a number is 0 to those who want one.

    It has no items, but as many as are wanted where it is unpacked: `figure, (left, right) = plt.subplots(1, 2)`.
    """

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

    def __iter__(self) -> Iterator:
        return iter([self] * wanted(sys._getframe(1)))

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def __float__(self) -> float:
        return 0.0

    def __index__(self) -> int:
        return 0

    def __format__(self, form):
        return ""

    def __lt__(self, other) -> bool:
        return False

    __gt__ = __le__ = __ge__ = __lt__

    def _itself(self, *others):
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _itself
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = __neg__ = __pos__ = __abs__ = _itself
    __round__ = _itself


def wanted(frame) -> int:
    """The number of items that the statement under way in `frame` unpacks; none when it does something else."""
    here = next((step for step in dis.get_instructions(frame.f_code) if step.offset == frame.f_lasti), None)
    if here is None or not here.opname.startswith("UNPACK_"):
        return 0
    return here.arg if here.opname == "UNPACK_SEQUENCE" else (here.arg & 0xFF) + (here.arg >> 8)


class Absent(ModuleType):
    """One of these modules, whatever is taken from it."""

    __version__ = "99"

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()


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
