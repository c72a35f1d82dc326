"""Mine or reference: what readers build and keep, and where the library has its own.

Kept parts are files, `.letitcrash/<part>-<version>.py`, in the folder that holds `labs/` (else in the kernel's own). A
version is written once and never again; the newest one that is whole is the reader's part.
"""

import contextlib
import hashlib
import importlib
import linecache
import os
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

PARTS = {
    "customer": "letitcrash.queueing.by_hand:customer",
    "doors": "letitcrash.queueing.by_hand:doors",
    "measure": "letitcrash.queueing.by_hand:measure",
    "erlang_b": "letitcrash.queueing:erlang_b",
    "erlang_c": "letitcrash.queueing:erlang_c",
    "service_level": "letitcrash.queueing:service_level",
    "staff": "letitcrash.queueing.by_hand:staff",
    "Mailbox": "letitcrash.process.by_hand:Mailbox",
    "Inbox": "letitcrash.process.by_hand:Inbox",
    "Loop": "letitcrash.process.by_hand:Loop",
    "hurt": "letitcrash.process.by_hand:hurt",
    "till": "letitcrash.process.by_hand:till",
    "exit_signal": "letitcrash.process:exit_signal",
    "Links": "letitcrash.process.ties:Links",
    "Monitors": "letitcrash.process.ties:Monitors",
    "Names": "letitcrash.process.ties:Names",
    "stand_in": "letitcrash.process.ties:stand_in",
    "restart_window": "letitcrash.supervisor:restart_window",
    "should_restart": "letitcrash.supervisor:should_restart",
    "to_restart": "letitcrash.supervisor:to_restart",
    "Supervisor": "letitcrash.supervisor:Supervisor",
    "call": "letitcrash.gen_server:call",
    "serve": "letitcrash.gen_server:serve",
    "Till": "letitcrash.supervisor.by_hand:Till",
    "store": "letitcrash.supervisor.by_hand:store",
    "weigh": "letitcrash.gen_server.by_hand:weigh",
}
"""Each part that a lab yields, and the library's own as "module:name"."""

FOLDER = ".letitcrash"
HEADER = "# Kept by a lab of Let It Crash; do not edit, keep() again instead. sha256 "


class Damaged(ValueError):
    """A kept file that is not as it was written, or no longer runs."""


def reference(target: str) -> Any:
    """The library's own: `target` is a part's name or "module:name". Raises LookupError in words."""
    if ":" not in target and target not in PARTS:
        raise LookupError(f"no lab yields a part {target!r}; the parts are {', '.join(PARTS)}")
    module, name = PARTS.get(target, target).split(":")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise LookupError(f"the library has no {module}.{name}: {error}") from None


def folder() -> Path:
    """Where parts are kept: beside the nearest `labs` folder upwards, else in the current folder.

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
    """What the kept file at `path` defines as `name`. Raises Damaged."""
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


@contextlib.contextmanager
def put_away(names: Iterable[str], hides: Iterable[str] = ()) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Put the library's own `names` and `hides` out of reach; yields hide(namespace), which does it.

    A reader who means to can get round this; it is there for who borrows the answer without noticing. The grader takes
    the answers out of the library's files.
    """
    targets = {PARTS[name] for name in names if name in PARTS} | set(hides)
    own = []
    for target in sorted(targets):
        with contextlib.suppress(LookupError):
            own.append(reference(target))
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
    """What stands in for the library's own answer."""

    def refuse(*arguments: Any, **named: Any) -> None:
        raise RuntimeError(f"{name} is the library's own, and it is what this exercise asks you to build")

    return refuse


def _version(path: Path) -> int:
    return int(path.stem.rsplit("-", 1)[1])


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
