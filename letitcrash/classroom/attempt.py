"""Try something out that may not work yet, in a cell of its own, and go on with the notebook."""

import contextlib
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from letitcrash.classroom.drive import Capped, in_words
from letitcrash.process.budget import circles_on_the_spot

LINES = 2_000_000
"""Lines of the notebook's own functions that an attempt may run: some seconds' worth."""


class Endless(Exception):
    """An attempt that ran more lines than that."""


@contextlib.contextmanager
def attempt(lines: int = LINES) -> Iterator[None]:
    """`with attempt(): ...` runs what stands inside; what is not done yet, or goes wrong, is said and goes no further.

    Run All thereby reaches the end of a lab whose exercises are open. A loop that never ends, in a function of the
    notebook, is stopped after so many `lines`; of what is printed the first characters stay. Interrupts pass as ever.
    """
    before, printed = sys.gettrace(), Capped()
    sys.settrace(_counting(lines))
    try:
        try:
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                yield
        finally:
            sys.settrace(before)
            print(printed.text(), end="")
    except SystemExit:
        print("it asked Python itself to stop: an answer gives back what it found, and the notebook goes on")
    except Endless:
        print(f"it went on for more than {lines:,} lines: is there a loop that never ends?")
    except Exception as error:
        if isinstance(getattr(error, "reason", None), BaseException):  # a process could not start: this is why
            error = error.reason
        if isinstance(error, NotImplementedError):
            return print(f"not done yet: {error}")
        error = in_words(error)
        first = error.__cause__ or error  # SimPy raises a copy of what went wrong in a process
        where = _innermost_cell(traceback.extract_tb(first.__traceback__))
        print(f"it stopped with {type(error).__name__}: {error} (in {where.name}, line {where.lineno}: {where.line})")


def _counting(left: int) -> Callable:
    """A trace function that counts the lines of cells, and leaves the library alone, which is thereby not slowed."""

    def trace(frame, event, _):
        nonlocal left
        if not _in_a_cell(frame.f_code.co_filename):
            return None
        if event == "call":
            frame.f_trace_opcodes = circles_on_the_spot(frame.f_code)
        left -= event in ("line", "opcode")
        if left < 0:
            raise Endless("is there a loop that never ends?")
        return trace

    return trace


@cache
def _in_a_cell(filename: str) -> bool:
    """Say if this is the file name of a cell, which no folder holds."""
    return not filename.startswith("<frozen") and not Path(filename).is_file()


def _innermost_cell(frames: traceback.StackSummary) -> traceback.FrameSummary:
    """The innermost frame of a cell; of anything when no cell is involved."""
    return next((frame for frame in reversed(frames) if _in_a_cell(frame.filename)), frames[-1])
