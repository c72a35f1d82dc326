"""A budget of Python lines for one step of a body: stops the loop that never waits. Slow, so only on request."""

import dis
import sys
from collections.abc import Callable
from functools import cache
from types import CodeType
from typing import Any


class NeverWaits(BaseException):
    """A body ran its whole budget of lines without awaiting anything.

    No Exception: Python counts no lines after this was raised, so nobody may catch it and go round once more.
    """


def counted(resume: Callable, limit: int, pid: Any) -> Callable:
    """`resume`, but at most `limit` lines of Python a call; `pid` is whose they are."""

    def step(value: Any) -> Any:
        left = limit

        def count_line(frame: Any, kind: str, _: Any) -> Callable:
            nonlocal left
            if kind == "call":
                frame.f_trace_opcodes = circles_on_the_spot(frame.f_code)
            elif kind in ("line", "opcode"):
                left -= 1
                if left < 0:
                    raise NeverWaits(
                        f"{pid!r} ran {limit} lines without waiting, last in line {frame.f_lineno} of "
                        f"{frame.f_code.co_name}: a body that loops must await (me.receive, me.sleep) inside the loop"
                    )
            return count_line

        before = sys.gettrace()
        sys.settrace(count_line)
        try:
            return resume(value)
        finally:
            sys.settrace(before)

    return step


@cache
def circles_on_the_spot(code: CodeType) -> bool:
    """Tell whether a jump leads to itself, as in `while True: pass`: Python 3.11 traces that as one line only.

    >>> circles_on_the_spot(compile("while True: pass", "", "exec"))
    True
    """
    return any("JUMP_BACKWARD" in step.opname and step.argval == step.offset for step in dis.get_instructions(code))
