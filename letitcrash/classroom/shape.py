"""Name what is odd about an answer's result before anything is said of its value: a coroutine, None, the wrong kind."""

from typing import Any

WAYS_OUT = {
    "coroutine": "a coroutine came back: is an await missing?",
    "async_generator": "an async generator came back: is there a yield where a return should be?",
    "generator": "a generator came back: is there a yield where a return should be?",
    "function": "a function came back, not what it returns: are its brackets () missing?",
    "method": "a method came back, not what it returns: are its brackets () missing?",
    "builtin_function_or_method": "a method came back, not what it returns: are its brackets () missing?",
    "type": "a class came back, not one of its objects: are its brackets () missing?",
}
KINDS = {bool: "True or False", int: "a number", float: "a number", str: "text", list: "a list", dict: "a dict"}


def odd(value: Any, right: Any) -> str:
    """A sentence about the first part of `value` that is of another kind than the same part of `right`; or nothing.

    None inside a list or a dict says nothing: there it may be a value as good as any other. Of an answer that was
    refused, or should have been, `{"refused": why}`, the criterion speaks.

    >>> odd(None, 3), odd({"took": {"type": "coroutine", "repr": "<...>"}}, {"took": 3}), odd([3], [4])
    ('nothing came back (None): is a return missing?', 'a coroutine came back: is an await missing?', '')
    """
    if value is None and right is not None:
        return "nothing came back (None): is a return missing?"
    return _inside(value, right)


def _inside(value: Any, right: Any) -> str:
    if (name := _type_of(value)) and name != _type_of(right):
        return WAYS_OUT.get(name) or f"a {name} came back, and {_kind(right)} should"
    if any(isinstance(each, dict) and each.keys() == {"refused"} for each in (value, right)):
        return ""
    if value is None or right is None or _type_of(right) or isinstance(right, bool) or isinstance(value, bool):
        return ""
    if _kind(value) != _kind(right):
        return f"{_kind(value)} came back, and {_kind(right)} should"
    if isinstance(right, dict):
        pairs = [(value[key], right[key]) for key in right if key in value]
    elif isinstance(right, list):
        pairs = [(item, right[at] if at < len(right) else None) for at, item in enumerate(value)]
        pairs = [pair for pair in pairs if _type_of(pair[0])]
    else:
        pairs = []
    return next(filter(None, (_inside(*pair) for pair in pairs)), "")


def _type_of(value: Any) -> str:
    """The type's name of evidence that is no JSON."""
    return str(value["type"]) if isinstance(value, dict) and value.keys() == {"type", "repr"} else ""


def _kind(value: Any) -> str:
    return (_type_of(value) and f"a {_type_of(value)}") or KINDS.get(type(value), "a value")
