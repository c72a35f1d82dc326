"""Crash reports: a crash of which no process hears is reported once, as the log of OTP does it."""

import linecache
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from traceback import walk_tb
from typing import Any

from letitcrash.process.terms import Exit, Pid

LIBRARY = str(Path(__file__).parents[1])
LOG = logging.getLogger("letitcrash")


@dataclass(frozen=True)
class CrashReport:
    """The crash of a process that was neither linked nor monitored: when, whose, why, and where in the code."""

    at: float
    pid: Pid
    error: BaseException
    file: str
    line: int
    function: str

    def __str__(self) -> str:
        text = linecache.getline(self.file, self.line).strip()
        where = f" (line {self.line} of {self.function}" + (f": {text})" if text else ")") if self.file else ""
        kind = type(self.error).__name__
        return f"{self.pid!r} crashed at second {self.at:g}, and no process heard of it: {kind}: {self.error}{where}"


def is_crash(reason: Any) -> bool:
    """Tell a crash from an exit: an error, or a value that a callback of a server may not return."""
    return isinstance(reason, BaseException) or (type(reason) is tuple and reason[:1] == ("bad_return_value",))


def report_crash(node: Any, process: Any, reason: Any) -> None:
    """Report the crash that ended a process, unless an exit signal did; for an application, as that of its top."""
    if not node.is_delivering:
        pid = (process.dictionary or {}).get("application", process.pid)
        error = reason if isinstance(reason, BaseException) else Exit(reason)
        node.report(crash_report(node.clock.now, pid, error))


def crash_report(at: float, pid: Pid, error: BaseException) -> CrashReport:
    """Make the report of a crash; its line is the last one outside the library."""
    frames = [(frame.f_code, line) for frame, line in walk_tb(error.__traceback__)]
    own = [each for each in frames if not each[0].co_filename.startswith(LIBRARY)]
    if not frames:
        return CrashReport(at, pid, error, "", 0, "")
    code, line = (own or frames)[-1]
    return CrashReport(at, pid, error, code.co_filename, line, code.co_name)


def log_crash(report: CrashReport) -> None:
    """Report a crash to Python's log: the logger `letitcrash`. A notebook shows it below the cell."""
    LOG.error("%s", report)


def once_per_line(report: Callable[[CrashReport], None]) -> Callable[[CrashReport], None]:
    """Make a `report` that leaves out crashes of the same kind in the same line as an earlier one."""
    seen = set()

    def first_only(crash: CrashReport) -> None:
        key = type(crash.error), crash.file, crash.line or str(crash.error)
        if key not in seen:
            seen.add(key)
            report(crash)

    return first_only
