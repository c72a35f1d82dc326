"""Build the site into _build/html: every notebook executed, warnings as errors.

A second build takes what has not changed from the first. `make clean` before it builds from nothing.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import interrupt
from fingerprint import fingerprint

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "_build"
SITE = BUILD / "html"
# The files that every page depends on: when one changes, all pages are written anew (no notebook is executed again).
FRAME = (
    *("_config.yml", "_toc.yml", "constraints.txt", "book/_ext/*", "book/_static/**/*", "book/_templates/**/*"),
    *("pyproject.toml", "setup.py", "tools/build.py", "tools/closure.py", "tools/derived.py", "tools/fingerprint.py"),
    *("tools/lite*", "tools/vendor.py", "tools/npm/*"),
)
SOURCES = (*FRAME, "book/**/*.md", "notebooks/*.ipynb", "notebooks/*/**/*", "labs/**/*", "letitcrash/**/*")
# ipykernel warns that kernels talk over TCP on this machine; they run our own notebooks.
NOISE = "Kernel is running over TCP without encryption"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
BUILT_FROM = BUILD / "built-from.txt"
FRAMED_WITH = BUILD / "framed-with.txt"


def addresses() -> dict[str, str]:
    """The addresses from the environment; launch buttons open the commit that is built, unless a tag is given."""
    given = {name: os.environ.get(name, "") for name in ("REPOSITORY_URL", "REPOSITORY_TAG", "SITE_URL")}
    if given["REPOSITORY_URL"] and not given["REPOSITORY_TAG"]:
        head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True)
        given["REPOSITORY_TAG"] = head.stdout.strip()  # empty outside a clone
    return given


def built_from(patterns: tuple[str, ...]) -> str:
    """The files that match, as a fingerprint, and the addresses: all that a build depends on."""
    return "\n".join([fingerprint(ROOT, patterns), *(f"{name}={value}" for name, value in addresses().items())])


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait while another process builds the site."""
    BUILD.mkdir(exist_ok=True)
    with open(BUILD / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_up_to_date() -> bool:
    """True where the site was built, without a warning, from the sources as they are."""
    return BUILT_FROM.exists() and BUILT_FROM.read_text() == built_from(SOURCES)


def build() -> None:
    """Build what is not up to date. Raises SystemExit when a page warns or a notebook fails."""
    with one_at_a_time():
        sources, frame = built_from(SOURCES), built_from(FRAME)
        if BUILT_FROM.exists() and BUILT_FROM.read_text() == sources:
            return
        BUILT_FROM.unlink(missing_ok=True)
        if not FRAMED_WITH.exists() or FRAMED_WITH.read_text() != frame:
            shutil.rmtree(SITE, ignore_errors=True)
            shutil.rmtree(BUILD / ".doctrees", ignore_errors=True)
        run_jupyter_book()
        FRAMED_WITH.write_text(frame)
        BUILT_FROM.write_text(sources)


def run_jupyter_book() -> None:
    """Run Jupyter Book and pass on its warnings and errors. Raises SystemExit when there were any."""
    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    command = [str(jupyter_book), "build", str(ROOT), "-W", "-n", "--keep-going", "-q"]
    environment = {
        **os.environ,
        **addresses(),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "PYTHONHASHSEED": "0",
        "NO_COLOR": "1",
    }
    silent, piped = subprocess.DEVNULL, subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=silent, stderr=piped, text=True) as process:
        for line in process.stderr:
            if NOISE not in line:
                print(in_cells(line), end="", file=sys.stderr, flush=True)
    if process.returncode:
        sys.exit("The site was not built: what is above names the page; tracebacks are in _build/html/reports.")


def in_cells(line: str) -> str:
    """A message with MyST-NB's line numbers, 10,000 a cell, put as cells and lines.

    >>> in_cells("one.ipynb:30002: WARNING: Unknown directive type: 'nott'")
    "one.ipynb cell 3, line 2: WARNING: Unknown directive type: 'nott'"
    """
    if not sys.stderr.isatty():
        line = COLOUR.sub("", line)
    return re.sub(r"\.ipynb:(\d+)(\d{4}):", lambda m: f".ipynb cell {m[1]}, line {int(m[2])}:", line)


def main() -> None:
    """Build and say where the site is."""
    if is_up_to_date():
        print("The site is up to date: _build/html")
        return
    print("Building the site; the first time every notebook is executed, which takes a minute or two.", flush=True)
    start = time.monotonic()
    build()
    print(f"The site is built: _build/html ({time.monotonic() - start:.0f} s)")


if __name__ == "__main__":
    interrupt.run(main)
