"""The search for a start that would leave its server behind: a `start_link`, or a body that does nothing else.

Such a body ends in the instant in which its server is up, and the server is then linked to nobody. A supervisor and a
world refuse it as the start of a child.
"""

import dis
import sys
from collections import ChainMap
from collections.abc import Mapping
from contextlib import suppress
from inspect import getattr_static, iscoroutinefunction
from types import CodeType, FunctionType, ModuleType
from typing import Any
from weakref import WeakSet

from letitcrash.process.awaits import CALLS, IGNORED, LOADS, LOADS_OF_NAMES
from letitcrash.process.bodies import without_partial
from letitcrash.process.start import start, start_link
from letitcrash.process.terms import BadArgument

STARTS = ("start_link", "start")
"""The methods of what can be started that wait for its start."""

DEPTH = 3  # so many functions are followed, each called by the one before

sound: WeakSet[FunctionType] = WeakSet()
"""Bodies that were looked at and leave nothing behind."""


def check_start(begin: Any) -> None:
    """Raise BadArgument when a child's `begin` is a `start_link`, a partial of one, or a body around one.

    An object whose start makes another object is refused too: its own state would be lost without a word.
    """
    if hasattr(begin, "start_link"):
        if getattr(begin.start_link, "__self__", None) is type(begin):
            kind = type(begin).__name__
            raise BadArgument(f"give {kind} itself, with its arguments in `args`: each start makes a {kind} of its own")
        return
    function = without_partial(begin)
    if type(function) is FunctionType and function in sound:
        return
    if function is not begin and isinstance(function, type) and hasattr(function, "start_link"):
        raise BadArgument(f"give {function.__name__} itself, with its arguments in `args`, and not a partial of it")
    name = getattr(function, "__name__", "")
    if _is_a_start(function):
        owner = getattr(function, "__self__", None)
        what = "what has it" if owner is None else owner.__name__ if isinstance(owner, type) else repr(owner)
        raise BadArgument(f"give {what} itself, with its arguments in `args`, and not its {name}")
    code = getattr(function, "__code__", None)
    if code is None:
        function = getattr(function, "__call__", None)  # noqa: B004
        code = getattr(function, "__code__", None)
    if type(code) is CodeType and _only_starts(function):
        what = name or repr(begin)
        raise BadArgument(f"{what} starts a server and leaves it alone: give what has the start_link, uncalled")
    if type(function) is FunctionType:
        sound.add(function)


def _is_a_start(value: Any) -> bool:
    """Tell whether this is the `start_link` or the `start` of a server or a supervisor, under whatever name."""
    if value is start or value is start_link:
        return True
    if getattr(value, "__name__", "") not in STARTS:
        return False
    owner = getattr(value, "__self__", None)
    if type(value) is FunctionType:
        owner = sys.modules.get(value.__module__)
        for name in value.__qualname__.split(".")[:-1]:
            owner = getattr(owner, name, None)
    return hasattr(owner, "start_link") and not isinstance(owner, ModuleType)


def _only_starts(function: Any, inside: tuple = ()) -> bool:
    """Tell whether a function awaits nothing but starts and what does only that, or is a lambda around it."""
    code = function.__code__
    if code in inside or len(inside) > DEPTH:
        return False
    steps = [step for step in dis.get_instructions(code) if step.opname not in IGNORED]
    calls = {_begins(step) for step in steps if step.opname in CALLS}
    values = _values(steps, function)
    starts = sum(
        _begins(step) in calls and _starts(step, value, owner, (*inside, code))
        for step, value, owner in zip(steps, values, [None, *values[:-1]], strict=True)
    )
    return 0 < starts >= sum(1 for step in steps if step.opname == "GET_AWAITABLE")


def _begins(step: dis.Instruction) -> tuple:
    """The place in the source where a step's expression begins: a call's is that of what it calls."""
    return step.positions and (step.positions.lineno, step.positions.col_offset)


def _starts(step: dis.Instruction, value: Any, owner: Any, inside: tuple) -> bool:
    """Tell whether a step loads a start: by its name, or because the `value` is known."""
    if step.opname in LOADS | LOADS_OF_NAMES and step.argval == "start_link":
        return True
    if step.argval == "start" and hasattr(owner, "start_link"):
        return True
    return _is_a_start(value) or (iscoroutinefunction(value) and _only_starts(value, inside))


def _values(steps: list[dis.Instruction], function: Any) -> list[Any]:
    """The value that each step loads, of a name that the function takes from outside or of its `self`; else None."""
    plain = getattr(function, "__func__", function)
    outer = _outer_values(plain)
    owner = {plain.__code__.co_varnames[:1]: getattr(function, "__self__", None)}
    values: list[Any] = []
    for step in steps:
        if step.opname in LOADS_OF_NAMES:
            values.append(outer.get(step.argval))
        elif step.opname in LOADS and values and values[-1] is not None:
            values.append(_static(values[-1], step.argval))
        else:
            values.append(owner.get((step.argval,)) if step.opname.startswith("LOAD_FAST") else None)
    return values


def _static(owner: Any, name: str) -> Any:
    """An attribute, as it can be looked up without running anybody's code."""
    found = getattr_static(owner, name, None)
    return getattr(owner, name) if isinstance(found, classmethod | staticmethod) else found


def _outer_values(function: FunctionType) -> Mapping[str, Any]:
    """The values that a function finds outside itself: of its module's names, and of those that it closes over."""
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    closed = {}
    for name, cell in cells:
        with suppress(ValueError):  # not bound yet
            closed[name] = cell.cell_contents
    return ChainMap(closed, function.__globals__)
