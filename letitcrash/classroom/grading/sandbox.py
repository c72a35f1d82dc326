"""The sandbox: a Python that sees a library without answers, and nothing of exam, grades, network or other processes.

With bubblewrap it is `sandboxed`. Without, it is `untrusted`: limits and forbidden calls hold, and Landlock closes the
files, but only where the kernel has it. Every report says which.
"""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

SECONDS = 10
"""Of real time, for an exercise. Code that loops for ever is stopped by its steps long before."""
MEGABYTES = 768
"""Of address space, for an exercise."""
ANSWER_BYTES = 8 * 2**20
"""Of evidence, at most; more is no evidence."""
SANDBOXED, UNTRUSTED = "sandboxed", "untrusted"


@dataclass(frozen=True)
class Outcome:
    """The outcome of a job: `gathered` as its process wrote it, or None and `why` in a word: "time-out", "crashed".

    Of the `seconds` of real time that a time-out took, it asked for a processor for `busy`, where known.
    """

    gathered: dict[str, Any] | None
    why: str
    seconds: float
    busy: float | None = None


class Sandbox:
    """Runs jobs against the staged `library`, a folder or the function that makes it when the first job comes.

    `kind` is found out by trying, unless it is given.
    """

    def __init__(
        self,
        library: Path | Callable[[], Path],
        kind: str | None = None,
        seconds: int = SECONDS,
        megabytes: int = MEGABYTES,
    ):
        self._library, self.seconds, self.megabytes = library, seconds, megabytes
        self.kind = kind or (SANDBOXED if self._works(self._bubblewrap) else UNTRUSTED)

    @cached_property
    def library(self) -> Path:
        """The folder with the library that answers import."""
        return self._library() if callable(self._library) else self._library

    def run(self, job: dict[str, Any]) -> Outcome:
        """Run one job in a process of its own; whatever happens there, this returns and nothing is left behind."""
        return self._run(self._bubblewrap if self.kind == SANDBOXED else [], job)

    @cached_property
    def fenced(self) -> bool:
        """Say if the kernel forbids an answer here to touch other processes: signal 0 to its own tells."""
        probe = "import os\ndef a(s, c):\n    try: os.kill(os.getpid(), 0)\n    except PermissionError: return c\n"
        return self._brings_back(self._bubblewrap if self.kind == SANDBOXED else [], probe)

    def _works(self, wrapping: Sequence[str]) -> bool:
        return shutil.which(wrapping[0]) is not None and self._brings_back(wrapping, "def a(s, c): return c")

    def _brings_back(self, wrapping: Sequence[str], driver: str) -> bool:
        """Say if this driver brings its case back."""
        job = {"name": "a", "before": [], "answer": "", "defines": [], "driver": driver, "driver_name": "a"}
        try:
            gathered = self._run(wrapping, {**job, "cases": [7], "steps": 99}).gathered
        except OSError:
            return False
        return gathered is not None and gathered.get("evidence") == [{"value": 7}]

    @cached_property
    def _python(self) -> str:
        return os.path.realpath(sys.executable)

    @cached_property
    def _bubblewrap(self) -> list[str]:
        words = [
            shutil.which("bwrap") or "bwrap",
            "--unshare-all",
            "--die-with-parent",
            "--new-session",
            "--clearenv",
            "--cap-drop",
            "ALL",
        ]
        words += ["--proc", "/proc", "--dev", "/dev", "--dir", "/tmp", "--chdir", "/tmp"]
        prefix = Path(self._python).parents[1]
        needed = {"/usr/lib", "/usr/lib64", str(Path(self._python).parent), str(prefix / "lib"), str(prefix / "lib64")}
        for path in sorted(needed):  # not the whole of /usr or of the prefix: the project may be in there
            words += ["--ro-bind-try", path, path]
        for name in ("/bin", "/lib", "/lib64"):
            if os.path.islink(name):
                words += ["--symlink", os.readlink(name), name]
            elif os.path.isdir(name):
                words += ["--ro-bind", name, name]
        words += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
        for path in {sysconfig.get_path("purelib"), sysconfig.get_path("purelib", vars={"base": str(prefix)})}:
            if path.startswith(tuple(needed)) and os.path.isdir(path):
                words += ["--tmpfs", path]
        for link in sorted(self.library.joinpath("modules").iterdir()):  # under its own path, where the link leads
            words += ["--ro-bind", str(link.resolve()), str(link.resolve())]
        words += ["--ro-bind", str(self.library), "/library", "--remount-ro", "/dev", "--remount-ro", "/"]
        return [*words, *self._variables("--setenv")]

    def _variables(self, option: str) -> list[str]:
        return [word for name, value in _ENVIRONMENT.items() for word in (option, name, value)]

    def _run(self, wrapping: Sequence[str], job: dict[str, Any]) -> Outcome:
        library = "/library" if wrapping else str(self.library)
        command = [*wrapping, self._python, "-I", "-S", "-B", "-X", "utf8", f"{library}/cage.py", library]
        started, busy = time.monotonic(), None
        with tempfile.TemporaryFile() as paper, tempfile.TemporaryDirectory(prefix="desk-") as desk:
            paper.write(json.dumps(job).encode("utf-8", "surrogatepass"))
            paper.seek(0)
            process = subprocess.Popen(
                [*command, str(self.seconds), str(self.megabytes)],
                stdin=paper,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=desk,
                env=_ENVIRONMENT,
                start_new_session=True,
            )
            try:
                written, why = _read(process.stdout.fileno(), started + self.seconds)
                busy = _busy(process.pid) if why == "time-out" else None
            finally:
                _end(process)
        gathered = _parsed(written) if not why else None
        return Outcome(gathered, why or "crashed", time.monotonic() - started, busy)


_ENVIRONMENT = {"PYTHONHASHSEED": "0", "PATH": "/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8", "TZ": "UTC"}
_ENVIRONMENT |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # numpy's threads are forbidden as all others


def _busy(pid: int) -> float | None:
    """The seconds for which this process and those below it had a processor, or waited for one; None if not counted."""
    try:
        ran, waited, _ = Path(f"/proc/{pid}/schedstat").read_text(encoding="utf-8").split()
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
        return (int(ran) + int(waited)) / 1e9 + sum(_busy(int(each)) or 0.0 for each in below)
    except (OSError, ValueError):
        return None


def _read(pipe: int, deadline: float) -> tuple[bytes, str]:
    """All that comes out of `pipe`, and why it was cut off, if it was."""
    chunks, size = [], 0
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([pipe], [], [], left)[0]:
            continue
        if not (chunk := os.read(pipe, 2**16)):
            return b"".join(chunks), ""
        chunks.append(chunk)
        size += len(chunk)
        if size > ANSWER_BYTES:
            return b"", "crashed"
    return b"", "time-out"


def _parsed(written: bytes) -> dict[str, Any] | None:
    try:
        gathered = json.loads(written)
    except (ValueError, RecursionError):
        return None
    return gathered if isinstance(gathered, dict) else None


def _end(process: subprocess.Popen) -> None:
    """Kill the process and its group: it can have started nothing else, and bubblewrap ends its whole world."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
    process.stdout.close()
    process.wait()
