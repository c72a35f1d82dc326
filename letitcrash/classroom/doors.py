"""Closed doors for a check: what grading refuses an answer, `check` refuses in words, so that green stays green.

Grading runs an answer without files of its own, other programs, threads and network (`grading/cage.py`). Here an audit
hook raises the same PermissionError, only while a check runs and only for what the answer itself does: what a module
does as it is imported, and pictures that are drawn, are left alone.
"""

import contextlib
import os
import sys
import threading
from _thread import get_ident
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from letitcrash.classroom.cells import IMPORTABLE

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
ON_FILES = ("mkdir", "rename", "link", "symlink", "remove", "rmdir", "truncate", "chmod", "chown", "utime")
NO_FILE = "an answer writes no file: grading refuses it"
NO_PROGRAM = "an answer starts no other program or thread, and ends none: grading refuses it"
NO_NETWORK = "an answer opens no connection: grading refuses it"
REFUSED = {
    **dict.fromkeys((f"os.{each}" for each in ON_FILES), NO_FILE),
    **dict.fromkeys(("os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn"), NO_PROGRAM),
    **dict.fromkeys(("subprocess.Popen", "pty.spawn", "os.kill", "os.killpg", "signal.pthread_kill"), NO_PROGRAM),
    **dict.fromkeys(("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname"), NO_NETWORK),
}
LEFT_ALONE = ("importlib", "matplotlib", "IPython")
"""Modules whose own doing is not the answer's; grading has no pictures."""

_checks: list[int] = []
"""The threads whose answers are being checked; the hook, which cannot be taken off again, looks here first."""
_installed: list[bool] = []


@contextlib.contextmanager
def shut() -> Iterator[None]:
    """Refuse the answers of this thread what grading refuses them; and hide the notebook's own asyncio loop.

    An answer has a fresh loop of its own here, as in grading, and no loop that runs.
    """
    if not _installed:
        sys.addaudithook(_refuse)
        _installed.append(True)
    with _own_loop(), _no_thread():
        _checks.append(get_ident())
        try:
            yield
        finally:
            _checks.pop()


def _refuse(event: str, arguments: tuple) -> None:
    if not _checks or _checks[-1] != get_ident():
        return
    if event == "open":
        why = _opened(*arguments)
    elif event in ("os.listdir", "os.scandir"):
        why = _opened(arguments[0], "r", 0)
    elif event == "socket.__new__":
        why = "" if _is_a_pipe(*arguments[1:3]) else NO_NETWORK
    elif event == "sqlite3.connect":
        why = "" if arguments[0] == ":memory:" else NO_FILE
    else:
        why = REFUSED.get(event, "")
    if why and _is_the_answer_s(sys._getframe(1)):
        raise PermissionError(1, why)


def _opened(path: object, mode: object, flags: object) -> str:
    """The reason for which grading opens no such file; empty when it does."""
    if isinstance(path, int):
        return ""
    if isinstance(flags, int) and flags & WRITING:
        return f"{NO_FILE} (it opened {os.fsdecode(path)!r})"
    here = os.path.realpath(os.fsdecode(path or "."))
    if here.startswith(_readable()) or here == "/dev/urandom":
        return ""
    return f"an answer reads no file but Python's and the library's: grading has no {os.fsdecode(path or '.')!r}"


def _readable() -> tuple[str, ...]:
    """The folders that grading has, too: Python's, the library's, and those of the modules that may be imported."""
    ours = [Path(__file__).parents[1], sys.prefix, sys.base_prefix, Path(os.__file__).parent, "/usr/lib", "/lib"]
    loaded = [getattr(sys.modules.get(name), "__file__", None) for name in IMPORTABLE]
    return tuple(os.path.realpath(each) + os.sep for each in [*ours, *(Path(file).parent for file in loaded if file)])


def _is_a_pipe(family: object, kind: object) -> bool:
    """Say if it is one end of a pair of sockets, which asyncio wakes itself by."""
    import socket

    return family == getattr(socket, "AF_UNIX", None) and kind == socket.SOCK_STREAM


def _is_the_answer_s(frame: FrameType | None) -> bool:
    """Say if an answer's own cell asks for it, by whatever functions; no module that is left alone stands between."""
    while frame:
        if frame.f_globals.get("__name__", "").split(".")[0] in LEFT_ALONE:
            return False
        if frame.f_code.co_filename.startswith(("<exercise ", "<before ")):
            return True
        frame = frame.f_back
    return False


@contextlib.contextmanager
def _no_thread() -> Iterator[None]:
    """Refuse an answer's threads as grading does; Python 3.11 has no audit event for them."""
    start = threading.Thread.start

    def refuse(thread: threading.Thread) -> None:
        if _checks and _checks[-1] == get_ident() and _is_the_answer_s(sys._getframe(1)):
            raise RuntimeError(f"can't start new thread: {NO_PROGRAM}")
        start(thread)

    threading.Thread.start = refuse
    try:
        yield
    finally:
        threading.Thread.start = start


@contextlib.contextmanager
def _own_loop() -> Iterator[None]:
    """A fresh asyncio loop that is not running, where one runs; that one is back afterwards. A browser has one only."""
    asyncio = sys.modules.get("asyncio") if sys.platform != "emscripten" else None
    running = asyncio._get_running_loop() if asyncio else None
    if running is None:
        yield
        return
    asyncio._set_running_loop(None)
    fresh = asyncio.new_event_loop()
    asyncio.set_event_loop(fresh)
    try:
        yield
    finally:
        fresh.close()
        asyncio.set_event_loop(running)
        asyncio._set_running_loop(running)
