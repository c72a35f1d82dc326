"""Parts: those that readers build and keep, and the library's own of each.

The labs' exams say which parts there are. Kept parts are files, `.letitcrash/<part>-<version>.py`, in the folder that
holds `labs/` (else in the kernel's own). A version is written once and never again; the newest one that is whole is the
reader's part.
"""

import contextlib
import hashlib
import linecache
import os
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from letitcrash.classroom import exam, references

FOLDER = ".letitcrash"
HEADER = "# Kept by a lab of Let It Crash; do not edit, keep() again instead. sha256 "


class Damaged(ValueError):
    """A kept file that is not as it was written, or no longer runs."""


def known() -> dict[str, str]:
    """Each part that a lab yields, and the library's own as "module:name"; an exam that cannot be read yields none."""
    found: dict[str, str] = {}
    for lab in exam.labs():
        with contextlib.suppress(Exception):
            for exercise in exam.load(lab).values():
                found = {**exercise.parts, **found}
    return found


def reference(name: str) -> Any:
    """The library's own part `name`. Raises LookupError in words."""
    there = known()
    if name not in there:
        raise LookupError(f"no lab yields a part {name!r}; the parts are {', '.join(there)}")
    return references.resolve(there[name])


def folder() -> Path:
    """The folder of kept parts: beside the nearest `labs` folder upwards, else in the current folder.

    LETITCRASH_KEPT names another folder: builds and tests run solutions, and must not touch what a reader has kept.
    """
    if elsewhere := os.environ.get("LETITCRASH_KEPT"):
        return Path(elsewhere)
    here = Path.cwd()
    return next((up for up in (here, *here.parents) if (up / "labs").is_dir() or (up / FOLDER).is_dir()), here) / FOLDER


def versions(name: str) -> list[Path]:
    """The kept files of part `name`, oldest first."""
    kept = [path for path in folder().glob(f"{name}-*.py") if path.stem.removeprefix(f"{name}-").isdigit()]
    return sorted(kept, key=_version)


def keep(name: str, source: str) -> tuple[Path, bool]:
    """Keep `source` as the part `name`; returns its file and whether it is new. Raises OSError.

    The same source as the newest version is not kept again; a different one becomes the next version.
    """
    kept = versions(name)
    text = f"{HEADER}{_digest(source)}\n{source}\n"
    if kept and kept[-1].read_text(encoding="utf-8", errors="replace") == text:
        return kept[-1], False
    target = folder() / f"{name}-{_version(kept[-1]) + 1 if kept else 1}.py"
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}.draft")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, target)
    return target, True


def load(path: Path, name: str) -> Any:
    """The object that the kept file at `path` defines as `name`. Raises Damaged."""
    text = path.read_text(encoding="utf-8", errors="replace")
    header, _, source = text.partition("\n")
    if header != HEADER + _digest(source.removesuffix("\n")):
        raise Damaged("it is not as it was written")
    module = types.ModuleType(f"kept_{name}")
    filename = f"<your {name}, {path.name}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    try:
        exec(compile(source, filename, "exec"), vars(module))
        return vars(module)[name]
    except Exception as error:
        raise Damaged(f"it does not run: {type(error).__name__}: {error}") from None


def newest(name: str) -> Iterator[tuple[Path, Any]]:
    """The kept versions of part `name`, newest first: each file with what it defines, or with why it is Damaged."""
    for path in reversed(versions(name)):
        try:
            yield path, load(path, name)
        except (Damaged, OSError) as error:
            yield path, error


_given: dict[str, Any] = {}


def give(name: str, kept: Any) -> Any:
    """Hand on the kept part `name`, and remember that this notebook runs on it."""
    _given[name] = kept
    return kept


def given() -> dict[str, Any]:
    """The kept parts, by name, that this notebook was given."""
    return dict(_given)


@contextlib.contextmanager
def hide_library_answers(targets: Iterable[str]) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Put the library's own answers, each "module:name", out of reach; yields hide(namespace), which does it.

    A reader who means to can get round this; it is there for a reader who borrows the answer without noticing. The
    grader takes the answers out of the library's files.
    """
    own = []
    for target in sorted(targets):
        with contextlib.suppress(LookupError):
            own.append(references.resolve(target))
    changed: list[tuple[dict, str, Any]] = []

    def hide(namespace: dict[str, Any]) -> None:
        modules = [vars(module) for name, module in list(sys.modules.items()) if name.startswith("letitcrash.")]
        for scope in [namespace, *modules]:
            for name, value in list(scope.items()):
                if any(value is each for each in own):
                    changed.append((scope, name, value))
                    scope[name] = borrowed(name)

    try:
        yield hide
    finally:
        for scope, name, value in reversed(changed):
            scope[name] = value


def borrowed(name: str) -> Callable:
    """A stand-in for the library's own answer, which says so when it is called."""

    def refuse(*arguments: Any, **named: Any) -> None:
        raise RuntimeError(f"{name} is the library's own, and it is what this exercise asks you to build")

    return refuse


def _version(path: Path) -> int:
    return int(path.stem.rsplit("-", 1)[1])


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
