"""Check code, notebooks, prose and commits: ruff, its format, spelling, the rules of notebooks and of subjects.

python tools/lint.py       everything; says what is wrong and where, and exits with 1 when anything is
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import english
import interrupt

ROOT = Path(__file__).resolve().parent.parent
READABLE_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
RANDOM_ID = re.compile(r"[0-9a-f]{8}")  # what Jupyter gives a new cell
LONGEST_CELL, TYPICAL_CELL = 25, 15  # lines of code; a lab's exercise cell may be longer
MANY_LONG_CELLS = 0.1  # the share of a notebook's code cells that may be longer than typical
LONGEST_SUBJECT, SUBJECTS_SINCE = 72, "2026-11-30T00:00:00Z"  # of a commit; earlier ones stay as they are
NO_NEED_TO_SAY = re.compile(r"\b(simply|just|obviously|of course)\b", re.IGNORECASE)
ALLOWED_METADATA = {"kernelspec", "language_info", "letitcrash"}


def notebooks() -> list[Path]:
    """The notebooks of the book and its labs."""
    return sorted([*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("labs/*/*.ipynb")])


def faults_of(notebook: dict) -> Iterator[str]:
    """The faults of a notebook, as sentences that name the cell."""
    seen: set[str] = set()
    for cell in notebook["cells"]:
        name, source = cell.get("id", ""), "".join(cell["source"])
        if not READABLE_ID.fullmatch(name) or RANDOM_ID.fullmatch(name):
            yield f"cell id {name!r} says nothing: use words with hyphens, such as 'bet-on-the-knee'"
        if name in seen:
            yield f"cell id {name!r} stands twice"
        seen.add(name)
        if cell["cell_type"] == "code":
            yield from faults_of_code(name, cell, source)
        elif found := NO_NEED_TO_SAY.search(without_code(source)):
            yield f"cell {name!r} says “{found[0]}”: leave it out"
    lengths = [lines_of(cell) for cell in notebook["cells"] if cell["cell_type"] == "code" and not is_exercise(cell)]
    long = sum(length > TYPICAL_CELL for length in lengths)
    if lengths and long > max(1, MANY_LONG_CELLS * len(lengths)):
        yield f"{long} of {len(lengths)} code cells have over {TYPICAL_CELL} lines: move code to the library"
    if strange := set(notebook["metadata"]) - ALLOWED_METADATA:
        yield f"metadata {sorted(strange)} of the editor: `make text` and `make notebook` take it out"


def faults_of_code(name: str, cell: dict, source: str) -> Iterator[str]:
    """The faults of a code cell."""
    if cell["outputs"] or cell["execution_count"] is not None:
        yield f"cell {name!r} has outputs: they are made by the build, clear them before committing"
    if lines_of(cell) > LONGEST_CELL and not is_exercise(cell):
        yield f"cell {name!r} has {lines_of(cell)} lines of code, {LONGEST_CELL} at most: move code to the library"
    if re.search(r"^\s*[!%]+\s*(pip|conda)\b", source, re.MULTILINE):
        yield f"cell {name!r} installs something: requirements.txt does that"


def lines_of(cell: dict) -> int:
    """The lines of a code cell, blank ones left out."""
    return sum(bool(line.strip()) for line in "".join(cell["source"]).split("\n"))


def is_exercise(cell: dict) -> bool:
    """True for a lab's exercise, whose length is its own affair."""
    return "exercise" in cell["metadata"].get("tags", [])


def without_code(text: str) -> str:
    """Markdown without its code blocks, inline code and quotations."""
    return re.sub(r"```.*?```|`[^`]*`|^>.*?$|“[^”]*”|\"[^\"]*\"", "", text, flags=re.DOTALL | re.MULTILINE)


def faults_of_all_notebooks() -> list[str]:
    """The faults of every notebook, each with its file."""
    return [
        f"{path.relative_to(ROOT)}: {fault}"
        for path in notebooks()
        for fault in faults_of(json.loads(path.read_text(encoding="utf-8")))
    ]


def faults_of_prose() -> list[str]:
    """Words on the book's pages that talk down to the reader."""
    return [
        f"{path.relative_to(ROOT)}: says “{found[0]}”: leave it out"
        for path in sorted(ROOT.glob("book/*.md"))
        for found in NO_NEED_TO_SAY.finditer(without_code(path.read_text(encoding="utf-8")))
    ]


def faults_of_subjects(log: str) -> Iterator[str]:
    """The faults of commits' subjects, given as lines of hash and subject."""
    for commit, subject in (line.split(" ", 1) for line in log.splitlines()):
        if len(subject) > LONGEST_SUBJECT:
            yield f"commit {commit}: {len(subject)} characters, {LONGEST_SUBJECT} at most: “{subject}”"


def log_of_commits() -> str:
    """The hashes and subjects of the commits under the rule, merges left out; nothing outside a clone."""
    if not (ROOT / ".git").exists():
        return ""
    command = ["git", "log", "--no-merges", f"--since={SUBJECTS_SINCE}", "--format=%h %s"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"`git log` cannot tell the subjects of the commits: {done.stderr.strip()}")
    return done.stdout


def tracked() -> list[str]:
    """The files that are committed or could be, as git sees them; all of them outside a clone."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    names = listed.stdout.split("\n") if listed.returncode == 0 else ["."]
    return [name for name in names if name and (ROOT / name).exists() and not name.endswith((".svg", "lock.json"))]


def run(*command: str) -> bool:
    """Run a checker of the environment; whether it found nothing."""
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode == 0


def main() -> None:
    """Run every check, then say whether all is well."""
    ok = [
        run("ruff", "check", "--quiet", "."),
        run("ruff", "format", "--check", "--quiet", "."),
        run("codespell_lib", "--ignore-words", "tools/spelling.txt", *tracked()),
    ]
    faults = [*faults_of_all_notebooks(), *faults_of_prose(), *faults_of_subjects(log_of_commits()), *english.faults()]
    print("\n".join(faults), end="\n" if faults else "")
    if faults or not all(ok):
        sys.exit("`make lint` found something; `make format` mends what ruff can mend.")
    print(f"Nothing to complain about, in {len(notebooks())} notebooks too.")


if __name__ == "__main__":
    interrupt.run(main)
