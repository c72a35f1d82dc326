"""The sandbox: a Python that sees a library without answers, and nothing of exam, grades, network or other processes.

With bubblewrap it is `sandboxed`. Without, it is `untrusted`: limits and forbidden calls hold, and Landlock closes the
files, but only where the kernel has it. Every report says which.
"""

import ast
import compileall
import importlib
import inspect
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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import letitcrash
from letitcrash.classroom import parts

SECONDS = 10
"""Of real time, for an exercise. What loops for ever is stopped by its steps long before."""
MEGABYTES = 768
"""Of address space, for an exercise."""
ANSWER_BYTES = 8 * 2**20
"""Of evidence, at most; more is no evidence."""
LIBRARIES = ("simpy",)
"""What an answer may import beside the standard library and this project."""

SANDBOXED, UNTRUSTED = "sandboxed", "untrusted"
CAGE = Path(__file__).with_name("cage.py")


@dataclass(frozen=True)
class Outcome:
    """What came out: `gathered` as the job's process wrote it, or None and `why` in a word: "time-out" or "crashed"."""

    gathered: dict[str, Any] | None
    why: str
    seconds: float


def stage(folder: Path, hidden: Iterable[str]) -> Path:
    """Copy the library into `folder` with the bodies of the `hidden` answers ("module:name") taken out."""
    package = Path(letitcrash.__file__).parent
    shutil.copytree(package, folder / "letitcrash", ignore=_not_wanted, dirs_exist_ok=True)
    room = folder / "letitcrash" / "classroom"
    room.mkdir()
    drive = package / "classroom" / "drive"  # goes beside the package: who needs no simpy loads none
    shutil.copytree(drive, folder / "drive", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CAGE, folder)
    stand_in = CAGE.with_name("stand_in.py").read_text(encoding="utf-8")
    room.joinpath("__init__.py").write_text(stand_in.replace("= {}", f"= {json.dumps(parts.PARTS)}"), encoding="utf-8")
    for name in LIBRARIES:
        source = Path(importlib.import_module(name).__file__).parent
        shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    for target in sorted(hidden):
        _empty(folder, target)
    compileall.compile_dir(folder, quiet=2, workers=1)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def _not_wanted(folder: str, names: list[str]) -> list[str]:
    return [
        name
        for name in names
        if (Path(folder).name, name) == ("letitcrash", "classroom")
        or not (name.endswith(".py") or (Path(folder) / name).is_dir())
        or name == "__pycache__"
    ]


def _empty(folder: Path, target: str) -> None:
    """Take the body out of the function or class `target` in the copy. Raises LookupError in words."""
    own = parts.reference(target)
    name = own.__qualname__
    path = folder / Path(inspect.getsourcefile(own)).relative_to(Path(letitcrash.__file__).parents[1])
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    node = next((item for item in ast.parse("".join(lines)).body if getattr(item, "name", None) == name), None)
    if node is None:
        raise LookupError(f"{target} is not a function or class at the top level of {path.name}")
    first = min([node.lineno, *(item.lineno for item in node.decorator_list)])
    refuse = f"    raise RuntimeError({f'{name} is the library’s own, and what this lab asks you to build'!r})\n"
    head = (
        f"class {name}:\n    def __init__(self, *a, **k):\n    "
        if isinstance(node, ast.ClassDef)
        else f"def {name}(*a, **k):\n"
    )
    path.write_text("".join([*lines[: first - 1], head, refuse, *lines[node.end_lineno :]]), encoding="utf-8")


class Sandbox:
    """Runs jobs against the staged `library`. `kind` is found out by trying, unless it is given."""

    def __init__(self, library: Path, kind: str | None = None, seconds: int = SECONDS, megabytes: int = MEGABYTES):
        self.library, self.seconds, self.megabytes = library, seconds, megabytes
        self.kind = kind or (SANDBOXED if self._works(self._bubblewrap) else UNTRUSTED)

    def run(self, job: dict[str, Any]) -> Outcome:
        """Run one job in a process of its own; whatever happens there, this returns and nothing is left behind."""
        return self._run(self._bubblewrap if self.kind == SANDBOXED else [], job)

    def _works(self, wrapping: Sequence[str]) -> bool:
        if shutil.which(wrapping[0]) is None:
            return False
        job = {"name": "a", "before": [], "answer": "", "defines": [], "driver": "def a(s, c): return c"}
        try:
            gathered = self._run(wrapping, {**job, "driver_name": "a", "cases": [7], "steps": 9}).gathered
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
        words += ["--ro-bind", str(self.library), "/library", "--remount-ro", "/dev", "--remount-ro", "/"]
        return [*words, *self._variables("--setenv")]

    def _variables(self, option: str) -> list[str]:
        return [word for name, value in _ENVIRONMENT.items() for word in (option, name, value)]

    def _run(self, wrapping: Sequence[str], job: dict[str, Any]) -> Outcome:
        library = "/library" if wrapping else str(self.library)
        command = [*wrapping, self._python, "-I", "-S", "-B", "-X", "utf8", f"{library}/cage.py", library]
        started = time.monotonic()
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
            finally:
                _end(process)
        return Outcome(_parsed(written) if not why else None, why or "crashed", time.monotonic() - started)


_ENVIRONMENT = {"PYTHONHASHSEED": "0", "PATH": "/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8", "TZ": "UTC"}


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
