"""letitcrash.classroom as the sandbox has it: nothing checks, and every part of another lab is the library's own."""

import importlib

PARTS: dict[str, str] = {}


class Nothing:
    """Stands for check, keep, finish and the others: called or entered, it does nothing."""

    def __call__(self, *arguments, **named):
        """Itself."""
        return self

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return False


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return Nothing()


def part(name):
    """The library's own."""
    module, name = PARTS[name].split(":")
    return getattr(importlib.import_module(module), name)
