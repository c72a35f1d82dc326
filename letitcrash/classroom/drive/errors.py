"""Describe an error of an answer in words and with its line."""

import contextlib
import linecache
import traceback
from typing import Any

from .counting import Endless
from .kept import ADDRESS

MISSING = {"coroutine": "an await", "'generator' object": "an await or a yield"}
"""Things found in place of a value, and the missing word: a call gives the one, `me.receive()` the other."""


def describe_error(error: BaseException, filename: str, limit: int) -> dict[str, Any]:
    """The error as evidence: the words of a stub, the limit of an endless run, or the error and its line."""
    if isinstance(error, Endless):
        return {"endless": limit}
    error = in_words(_original(error))
    try:
        words = ADDRESS.sub("", str(error)[:300])
    except BaseException:
        words = "(its message cannot be read)"
    if isinstance(error, NotImplementedError):
        return {"stub": words}
    line = error.lineno if isinstance(error, SyntaxError) and error.filename == filename else None
    for frame in traceback.extract_tb(error.__traceback__, limit=-50):
        line = frame.lineno if frame.filename == filename else line
    text = linecache.getline(filename, line).strip() if line else ""
    return {"error": {"type": type(error).__name__[:60], "says": words, "line": line, "text": text[:200]}}


def _original(error: BaseException) -> BaseException:
    """The error that a process raised, of which SimPy raises a copy: the original alone knows the line."""
    with contextlib.suppress(Exception):  # an answer may make its errors as it likes
        for _ in range(50):
            cause = error.__cause__
            if type(cause) is not type(error) or [*map(id, cause.args)] != [*map(id, error.args)]:
                break
            error = cause
    return error


def in_words(error: BaseException) -> BaseException:
    """The error, or one that asks for what is missing: a yield where SimPy got `None`, an await where a coroutine is.

    SimPy opens the file of a process that yields something else than an event, to quote the line; a cell has no file.
    """
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    if isinstance(error, FileNotFoundError) and frames[-1].f_code.co_name == "_describe_frame":
        quoting, process = frames[-1].f_locals, frames[-2].f_locals
        where, what = f"line {quoting.get('lineno')} of {quoting.get('name')}", repr(process.get("event"))[:80]
        words = f"{where} yields {what}, and the clock waits only for events: env.timeout(...), a request, a process"
        return RuntimeError(words).with_traceback(error.__traceback__)
    if isinstance(error, ValueError) and str(error) == "None is not a generator.":
        words = "None is not a generator: is there no yield in the function that should be a process?"
        return ValueError(words).with_traceback(error.__traceback__)
    said = error.args[0] if error.args else ""
    missing = next((word for what, word in MISSING.items() if type(said) is str and what in said), None)
    if type(error) in (TypeError, AttributeError) and missing:
        asks = type(error)(f"{said}: is {missing} missing?").with_traceback(error.__traceback__)
        asks.__cause__ = error.__cause__
        return asks
    return error
