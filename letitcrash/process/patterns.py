"""Which message a selective receive takes: patterns, and the scan that finds the first match in order of arrival."""

from collections import deque
from collections.abc import Callable
from typing import Any

from letitcrash.process.terms import Ref


def matcher(wanted: tuple) -> Callable[[Any], bool] | None:
    """The test that a receive with these patterns puts to each message. None takes any message.

    A pattern is a class (its instances match), a reference (the answer that carries it matches), a function (a message
    for which it is true matches) or any other value (an equal message matches). One matching pattern is enough.

    >>> [m for m in ["eggs", 3, "milk", 4.5] if matcher((int, "milk"))(m)]
    [3, 'milk']
    """
    if len(wanted) == 1:
        return _test(wanted[0])
    tests = [_test(pattern) for pattern in wanted]
    return lambda message: any(test(message) for test in tests)


def _test(pattern: Any) -> Callable[[Any], bool]:
    if isinstance(pattern, type):
        return lambda message: isinstance(message, pattern)
    if type(pattern) is Ref:
        return lambda message: getattr(message, "ref", None) is pattern
    if callable(pattern):
        return pattern
    return lambda message: message == pattern


def first_match(mailbox: deque, matches: Callable[[Any], bool], start: int = 0) -> int:
    """The position of the oldest message from `start` on that matches, or -1."""
    if start * 2 < len(mailbox):
        for position, message in enumerate(mailbox):
            if position >= start and matches(message):
                return position
        return -1
    for position in range(start, len(mailbox)):  # a deque finds what is near its end at once
        if matches(mailbox[position]):
            return position
    return -1


def first_of(mailbox: deque, classes: tuple[type, ...], start: int = 0) -> int:
    """`first_match` for the usual pattern, one class or several."""
    if start * 2 < len(mailbox):
        for position, message in enumerate(mailbox):
            if isinstance(message, classes) and position >= start:
                return position
        return -1
    for position in range(start, len(mailbox)):
        if isinstance(mailbox[position], classes):
            return position
    return -1
