"""letitcrash.classroom as the sandbox has it: nothing to check, the library's own for every part of another lab."""

import importlib

PARTS: dict[str, str] = {}


def check(*arguments, **named):
    """Nothing: the exam comes later, from outside."""


keep = finish = sabotage = check


def part(name):
    """The library's own."""
    module, name = PARTS[name].split(":")
    return getattr(importlib.import_module(module), name)
