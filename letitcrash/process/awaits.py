"""The search for a forgotten `await`: a call of what only waits when it is awaited, whose result nobody awaits.

Python says nothing of it, because nothing is wrong with making a coroutine and throwing it away. So the code of a body
is looked at once, before its first process starts, with that of the functions of its module that it calls; and a lab
looks at the text of an answer that went wrong. A result that is handed to another function, or kept in an object, may
be awaited there: that is left alone.
"""

import ast
import dis
import sys
from collections.abc import Collection, Iterable, Iterator
from inspect import CO_COROUTINE
from itertools import pairwise
from types import CodeType, FunctionType, MethodType
from typing import Any

from letitcrash.process.terms import BadArgument

WAITING = {"receive", "sleep", "spawn_on", "connect_node"}
"""The methods of `me` that have to be awaited."""

WAITING_ON_NODE = {"spawn", "spawn_link", "spawn_monitor"}
"""Those that have to be awaited when they are given a `node`."""

CALLS = {"CALL", "CALL_KW", "CALL_FUNCTION_EX"}
LOADS = {"LOAD_METHOD", "LOAD_ATTR"}
LOADS_OF_NAMES = {"LOAD_GLOBAL", "LOAD_DEREF", "LOAD_NAME"}
ASKS_ONE = {"POP_TOP", "COPY", "TO_BOOL", "UNARY_NOT", "UNPACK_SEQUENCE", "UNPACK_EX", "GET_ITER", *LOADS}
"""Steps that throw a value away, copy it for a `match` or a name, or ask something of it."""
ASKS_TWO = {"COMPARE_OP", "IS_OP", "CONTAINS_OP", "BINARY_OP", "BINARY_SUBSCR"}
"""Steps that ask something of the last two values."""
IGNORED = {"CACHE", "NOP", "PRECALL", "EXTENDED_ARG"}

sound: dict[int, Any] = {}
"""Codes of bodies, and classes that live as processes, that were looked at and forget nothing; by their `id`."""


def check_awaits(body: Any) -> None:
    """Raise BadArgument when the code of a body forgets an `await`; the text names the line."""
    if type(body) is FunctionType:
        looked_at, functions = body.__code__, [body]
    elif type(body) is MethodType:
        looked_at = body.__self__ if isinstance(body.__self__, type) else type(body.__self__)
        functions = list(_methods(looked_at))
    else:
        return
    if id(looked_at) in sound:
        return
    counting = sys.gettrace()
    sys.settrace(None)  # the lines of this search are not those of the body that starts the process
    try:
        _refuse_forgotten(_with_helpers(functions))
    finally:
        sys.settrace(counting)
    sound[id(looked_at)] = looked_at


def forgotten_in(source: str, coroutines: Iterable[str] = ()) -> list[tuple[int, str]]:
    """Each forgotten await in the coroutines of a source text: its line, and what is called there.

    Besides the methods of `me` that is what an `async def` of the text, or one of `coroutines`, is called for.

    >>> forgotten_in("async def clerk(me):\\n    message = me.receive()")
    [(2, 'me.receive')]
    """
    try:
        whole = compile(source, "<answer>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    bodies = [code for code in _with_those_inside(whole) if code is not whole and code.co_flags & CO_COROUTINE]
    named = {*coroutines, *(code.co_name for code in bodies)}
    codes = {id(code): code for body in bodies for code in _with_those_inside(body)}
    found = {(line, call) for code in codes.values() for call, line in _calls_thrown_away(code, named)}
    return sorted(found)


def _refuse_forgotten(codes: list[CodeType]) -> None:
    for code in codes:
        for each in _with_those_inside(code):
            for call, line in _calls_thrown_away(each):
                what = f"line {line} of {each.co_name} calls {call}()"
                raise BadArgument(f"{what} and does not wait for it: write await {call}()")


def _methods(kind: type) -> Iterator[FunctionType]:
    for each in kind.__mro__:
        if not each.__module__.startswith("letitcrash."):
            yield from (method for method in vars(each).values() if type(method) is FunctionType)


def _with_helpers(functions: list[FunctionType]) -> list[CodeType]:
    """The codes of these functions, and of those of the same module that they call by name, and so on."""
    for function in functions:
        names = {name for code in _with_those_inside(function.__code__) for name in code.co_names}
        for helper in (function.__globals__.get(name) for name in sorted(names)):
            is_near = type(helper) is FunctionType and helper.__globals__ is function.__globals__
            if is_near and helper not in functions:
                functions.append(helper)
    return [function.__code__ for function in functions]


def _with_those_inside(code: CodeType) -> Iterator[CodeType]:
    yield code
    for const in code.co_consts:
        if type(const) is CodeType:
            yield from _with_those_inside(const)


def _calls_thrown_away(code: CodeType, coroutines: Collection[str] = ()) -> Iterator[tuple[str, int]]:
    steps = [step for step in dis.get_instructions(code) if step.opname not in IGNORED]
    awaited = {_names(one)[-1] for one, other in pairwise(steps) if other.opname == "GET_AWAITABLE"}
    for number, step in enumerate(steps[:-1]):
        if step.opname in CALLS and _is_lost(steps[number + 1 : number + 3], awaited, code):
            name = _waiting_call(code, steps[:number], step, coroutines)
            if name is not None:
                yield name, step.positions.lineno


def _is_lost(after: list[dis.Instruction], awaited: set, code: CodeType) -> bool:
    """Tell from the next two steps whether the result of a call is used as a value, or not at all, but not awaited."""
    next_one, *others = [step.opname for step in after]
    if next_one.startswith("STORE_FAST"):
        return _names(after[0])[0] not in awaited
    if next_one == "RETURN_VALUE":  # a function that is not async hands the waiting on to its caller
        return bool(code.co_flags & CO_COROUTINE)
    if next_one.startswith("LOAD_") and next_one not in LOADS:
        return bool(others) and others[0] in ASKS_TWO
    return next_one in ASKS_ONE | ASKS_TWO or next_one.startswith("POP_JUMP")


def _names(step: dis.Instruction) -> tuple:
    """The names that a step is about; from Python 3.13 on one step can be about two."""
    return step.argval if type(step.argval) is tuple else (step.argval,)


def _waiting_call(code: CodeType, before: list[dis.Instruction], call: dis.Instruction, coroutines: Any) -> str | None:
    """The name of what this call calls, when that has to be awaited."""
    start = call.positions and (call.positions.lineno, call.positions.col_offset)
    waiting = WAITING | WAITING_ON_NODE if "node" in _keywords(code, before[-1], call) else WAITING
    for step, owner in zip(reversed(before), [*before[-2::-1], None], strict=True):
        name = step.argval
        if not step.positions or (step.positions.lineno, step.positions.col_offset) != start:
            continue
        if step.opname in LOADS_OF_NAMES and name in coroutines:
            return name
        of_whom = _names(owner)[-1] if step.opname in LOADS else None
        if of_whom == "self" and name in coroutines:
            return f"self.{name}"
        if of_whom == "me" and name in waiting:
            return ("self.me." if owner.opname in LOADS else "me.") + name
    return None


def _keywords(code: CodeType, before: dis.Instruction, call: dis.Instruction) -> tuple:
    """The names of the keyword arguments of a call, which the step before it loads."""
    has_names = before.opname == "KW_NAMES" or call.opname == "CALL_KW"
    return code.co_consts[before.arg] if has_names else ()
