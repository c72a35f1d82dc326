"""The library as the sandbox has it: copied, without the answers that an exercise hides and without the classroom."""

import ast
import compileall
import importlib.util
import inspect
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import letitcrash
from letitcrash.classroom import cells, parts, references
from letitcrash.classroom.grading.absent import ABSENT

CAGE = Path(__file__).with_name("cage.py")


def stage(folder: Path, hidden: Iterable[str]) -> Path:
    """Copy the library into `folder` with the bodies of the `hidden` answers ("module:name") taken out."""
    _scripts(folder)
    package = Path(letitcrash.__file__).parent
    shutil.copytree(package, folder / "letitcrash", ignore=_not_wanted, dirs_exist_ok=True)
    room = folder / "letitcrash" / "classroom"
    room.mkdir()
    stand_in = CAGE.with_name("stand_in.py").read_text(encoding="utf-8")
    room.joinpath("__init__.py").write_text(
        stand_in.replace("= {}", f"= {json.dumps(parts.known())}"), encoding="utf-8"
    )
    for target in sorted(hidden):
        _empty(folder, target)
    compileall.compile_dir(folder, quiet=2, workers=1)
    return _finished(folder)


def bare(folder: Path) -> Path:
    """Copy into `folder` what runs a job that needs no library: enough to try if a sandbox works."""
    _scripts(folder)
    return _finished(folder)


def _scripts(folder: Path) -> None:
    drive = Path(letitcrash.__file__).parent / "classroom" / "drive"  # beside the package: it alone loads no simpy
    shutil.copytree(drive, folder / "drive", ignore=shutil.ignore_patterns("__pycache__"))
    for script in (CAGE, CAGE.with_name("absent.py")):
        shutil.copy(script, folder)


def _finished(folder: Path) -> Path:
    """The folder, open to every reader, with links to the modules that an answer may import."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    _link_modules(folder / "modules")
    return folder


def not_installed() -> list[str]:
    """The modules that `check` accepts in an answer, and that grading cannot import here."""
    return [name for name in cells.IMPORTABLE if name not in ABSENT and importlib.util.find_spec(name) is None]


def _link_modules(folder: Path) -> None:
    """Link what an answer may import, where it is installed; cells.IMPORTABLE is also what `check` accepts."""
    folder.mkdir(exist_ok=True)
    for name in cells.IMPORTABLE:
        spec = None if name in ABSENT else importlib.util.find_spec(name)
        if spec is None:
            continue
        home = Path(spec.origin).parent
        for place in (home, home.with_name(f"{home.name}.libs")):  # the second holds what a wheel brings along
            if place.is_dir() and not (folder / place.name).exists():
                (folder / place.name).symlink_to(place.resolve(), target_is_directory=True)


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
    own = references.resolve(target)
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
