"""The check of what is to be the body of a process, before it starts."""

import inspect
from typing import Any

from letitcrash.process.awaits import check_awaits
from letitcrash.process.terms import BadArgument


def check_body(body: Any) -> str:
    """Return the name of a body. Raises BadArgument when it cannot be the body of a process."""
    if inspect.isasyncgenfunction(body):
        raise BadArgument(f"{body.__qualname__} yields: a body only awaits (await me.receive(), await me.sleep(1))")
    inner = without_partial(body)
    if inspect.iscoroutinefunction(inner) or inspect.iscoroutinefunction(getattr(inner, "__call__", None)):  # noqa: B004
        check_awaits(inner)
        owner = getattr(inner, "__self__", None)
        if isinstance(owner, type):  # a class that lives as a process
            return getattr(owner, "process_label", owner.__name__)
        return getattr(inner, "__name__", type(inner).__name__)
    if inspect.iscoroutine(body):
        body.close()
        raise BadArgument(f"give the function, not what calling it returned: spawn({body.__name__}, ...)")
    raise BadArgument(f"the body of a process is an `async def` function whose first argument is `me`; got {body!r}")


def without_partial(body: Any) -> Any:
    """Return the function inside a functools.partial, however deep, or what was given when it is none."""
    while hasattr(body, "func"):
        body = body.func
    return body
