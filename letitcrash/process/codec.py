"""The values that may cross a wire, counted in bytes as Erlang's external term format would have them.

Values are None, bool, numbers, texts, bytes, pids, references, enums, exceptions, dataclasses, named tuples, and
tuples, lists, dicts, sets of such; and what every node knows by its name: functions and classes of a module. A value
that can be changed is copied, with all that it holds, because two nodes share no memory. Exceptions always can be.
"""

import enum
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache, partial
from inspect import isdatadescriptor
from operator import attrgetter
from types import FunctionType, MethodType, NoneType
from typing import Any

from letitcrash.process.addresses import Pid, Ref
from letitcrash.process.terms import BadArgument

ATOMS = {NoneType, bool, int, float, complex, str, bytes, Pid, Ref}  # cross as they are
COLLECTIONS = {list: list, deque: deque, set: set, frozenset: frozenset, bytearray: bytearray}
VALUES = "a message is made of numbers, texts, pids, references, dataclasses, and tuples, lists, dicts or sets of such"


def crossing(value: Any) -> Any:
    """`value` as it is at the other end: itself, or a copy of what can be changed. Raises BadArgument for no value."""
    kind = type(value)
    if kind in ATOMS:
        return value
    try:
        if kind is tuple:
            items = [item if type(item) in ATOMS else crossing(item) for item in value]
            return value if all(map(_is, items, value)) else tuple(items)
        return _way_of(kind)(value)
    except RecursionError:
        raise BadArgument("what holds itself, or is nested too deep, cannot cross a wire") from None


def size_bytes(value: Any) -> int:
    """The bytes of a value, by arithmetic: nothing is built. Raises BadArgument for no value.

    >>> size_bytes("eggs"), size_bytes(3), size_bytes((3, "eggs")), size_bytes([1.5])
    (9, 2, 13, 15)
    """
    kind = type(value)
    if kind is str or kind is bytes or kind is bytearray:
        return 5 + len(value)  # texts are counted as ASCII
    if kind is int:
        return 2 if -1 < value < 256 else 5 if -(1 << 31) <= value < 1 << 31 else _size_of_big(value)
    if kind is float:
        return 9
    if kind is tuple:
        return _tuple(len(value)) + sum(map(size_bytes, value))
    if kind in COLLECTIONS:
        return 6 + sum(map(size_bytes, value)) if value else 1
    if kind is dict:
        return 5 + sum(map(size_bytes, value)) + sum(map(size_bytes, value.values()))
    if kind is Pid:
        return 15 + len(value.origin.name)
    if kind is Ref:
        return 21 + len(value.origin.name)
    if value is None or kind is bool:
        return _atom(str(value))
    crossing(value)
    names = _names_of(kind)
    if names:  # as a record: a tuple that begins with its name
        return _tuple(1 + len(names)) + _atom(kind.__name__) + sum(size_bytes(getattr(value, name)) for name in names)
    if isinstance(value, BaseException):
        parts = (*value.args, *_attributes(value).values())
        return _tuple(1 + len(parts)) + _atom(kind.__name__) + sum(map(size_bytes, parts))
    return _atom(getattr(value, "__qualname__", kind.__name__))


def _size_of_big(value: int) -> int:
    size = (abs(value).bit_length() + 7) // 8
    return (3 if size < 256 else 6) + size


def _tuple(length: int) -> int:
    return 2 if length < 256 else 5


def _atom(name: str) -> int:
    return 2 + len(name)


def _is(one: Any, other: Any) -> bool:
    return one is other


@cache
def _way_of(kind: type) -> Callable[[Any], Any]:
    """The function that gives the other end's value for one of this type."""
    if kind in ATOMS or issubclass(kind, enum.Enum):
        return lambda value: value
    if kind in COLLECTIONS:
        return lambda value: kind(map(crossing, value))
    if kind is dict:
        return lambda value: {crossing(key): crossing(item) for key, item in value.items()}
    if issubclass(kind, BaseException):
        return _exception
    names = _names_of(kind)
    if issubclass(kind, tuple) and names:
        return _record(kind, tuple, kind._make, names, is_frozen=True)
    if is_dataclass(kind):
        return _dataclass(kind, names)
    if kind is MethodType or issubclass(kind, type) or kind is FunctionType:
        return _known_by_name
    return _refuse


def _names_of(kind: type) -> tuple[str, ...]:
    """The names of the parts of a dataclass or a named tuple."""
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind))
    return getattr(kind, "_fields", ())


def _record(kind: type, parts: Callable, make: Callable, names: tuple, *, is_frozen: bool) -> Callable[[Any], Any]:
    """The way of a type with named parts. Other attributes, such as a cached property, come along."""

    def cross(value: Any) -> Any:
        before = parts(value)
        items = [item if type(item) in ATOMS else crossing(item) for item in before]
        others = _attributes(value, names) if has_dict and len(value.__dict__) != in_dict else None
        if is_frozen and not others and all(map(_is, items, before)):
            return value
        return _with_attributes(make(items), others) if others else make(items)

    has_dict = kind.__dictoffset__ != 0
    in_dict = sum(not isdatadescriptor(getattr(kind, name, None)) for name in names)  # the others are in slots
    return cross


def _dataclass(kind: type, names: tuple[str, ...]) -> Callable[[Any], Any]:
    parts = attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)

    def make(items: list) -> Any:
        copy = kind.__new__(kind)
        for name, item in zip(names, items, strict=True):
            object.__setattr__(copy, name, item)
        return copy

    return _record(kind, parts, make, names, is_frozen=kind.__dataclass_params__.frozen)


def _attributes(value: Any, names: tuple = ()) -> dict[str, Any]:
    """All that an object keeps in its `__dict__` and its slots, except for these names."""
    state = object.__getstate__(value) or {}
    mine, in_slots = state if type(state) is tuple else (state, {})
    return {name: item for name, item in {**(mine or {}), **in_slots}.items() if name not in names}


def _with_attributes(copy: Any, attributes: dict[str, Any], cross: Callable[[Any], Any] = crossing) -> Any:
    for name, item in attributes.items():
        object.__setattr__(copy, name, cross(item))
    return copy


def _exception(error: BaseException, copies: dict[int, Any] | None = None) -> BaseException:
    """A copy of an exception, of what it holds, and of the error behind it, when that can cross.

    Its own `__init__`, which may take other arguments, is not called. The traceback is no value of a node: it tells
    the reader of a report where the error was.
    """
    copies = {} if copies is None else copies  # what is in `args` is often an attribute too, and the error behind it

    def cross(item: Any) -> Any:
        if id(item) not in copies:
            copies[id(item)] = _exception(item, copies) if isinstance(item, BaseException) else crossing(item)
        return copies[id(item)]

    kind = type(error)
    builtin = next(each for each in kind.__mro__ if each.__module__ == "builtins")
    _, told, *state = builtin.__reduce__(error)
    args = [cross(item) for item in told]
    copy = copies[id(error)] = builtin.__new__(kind, *args)
    with suppress(TypeError):  # when its own `__init__` has left it with other arguments than the builtin type takes
        builtin.__init__(copy, *args)
    _with_attributes(copy, {**(state[0] or {} if state else {}), **_attributes(error)}, cross)
    with suppress(BadArgument):
        behind = "__cause__" if error.__suppress_context__ else "__context__"
        object.__setattr__(copy, behind, cross(getattr(error, behind)))  # a frozen dataclass has a way of its own
    return copy.with_traceback(error.__traceback__)


def crossing_body(body: Any) -> Any:
    """The body of a process as it is at the other end: the code is known there, what it is bound to is copied."""
    if type(body) is FunctionType:
        return body
    if type(body) is MethodType:
        return body if isinstance(body.__self__, type) else MethodType(body.__func__, crossing(body.__self__))
    if type(body) is partial:
        return partial(crossing_body(body.func), *crossing(body.args), **crossing(body.keywords))
    return crossing(body)


def _known_by_name(value: Any) -> Any:
    if "<" in value.__qualname__:  # <locals>, <lambda>
        raise BadArgument(f"{value.__qualname__} cannot cross a wire: only what stands in a module has a name there")
    return crossing_body(value) if type(value) is MethodType else value


def _refuse(value: Any) -> Any:
    pid = getattr(value, "pid", None)
    hint = f"; did you mean me.pid, {pid!r}?" if type(pid) is Pid else ""
    raise BadArgument(f"{value!r} cannot cross a wire: {VALUES}{hint}")


def crossing_reason(reason: Any) -> Any:
    """The reason of an exit as it is told elsewhere: a reason that cannot cross becomes its text."""
    try:
        return crossing(reason)
    except BadArgument as refusal:
        try:
            return repr(reason)
        except Exception:  # no text either
            return str(refusal)
