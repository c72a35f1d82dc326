"""Finds the files that a notebook's outputs depend on: the modules it imports, those they import, and their data."""

import ast
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE = "letitcrash"
BROWSER_ONLY = (".js", ".css")  # no output of a notebook depends on them


def files_behind(root: Path, notebook: Path) -> list[Path]:
    """The files below `root`, sorted, that can change what `notebook` shows; the notebook itself is not among them."""
    found = {path for name in imports(code_of(notebook)) if (path := file_of(root, name))}
    if root / "labs" in notebook.parents:  # an exam names modules of the library where no import shows it
        found |= set(root.glob("labs/*/exam.py"))
        found |= {path for path in (root / PACKAGE).rglob("*.py") if root / PACKAGE / "show" not in path.parents}
    todo = list(found)
    while todo:
        for name in imports(todo.pop().read_text(encoding="utf-8")):
            path = file_of(root, name)
            if path and path not in found:
                found.add(path)
                todo.append(path)
    data = {path for module in found for path in data_beside(module)}
    return sorted(found | data)


def code_of(notebook: Path) -> str:
    """The code cells of a notebook as one module; a cell that no parser takes is left out."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return "\n".join(source for source in sources if is_python(source))


def is_python(source: str) -> bool:
    """True where a parser takes the cell; it takes none with a magic."""
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def imports(source: str) -> Iterator[str]:
    """The dotted names in the project's package that a source imports, and the packages around them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names: Iterable[str] = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == PACKAGE:
                yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def file_of(root: Path, module: str) -> Path | None:
    """The file of a module or package below `root`; None for a name that a module only defines."""
    path = root.joinpath(*module.split("."))
    return next((each for each in (path.with_suffix(".py"), path / "__init__.py") if each.is_file()), None)


def data_beside(module: Path) -> Iterator[Path]:
    """Data files of a package: those in the folder of its `__init__.py`, and in folders below that hold no module."""
    if module.name != "__init__.py":
        return
    for path in module.parent.rglob("*"):
        folders = path.relative_to(module.parent).parents
        is_own = all(not (module.parent / each / "__init__.py").exists() for each in folders if each.name)
        if path.is_file() and is_own and path.suffix not in (".py", ".pyc", *BROWSER_ONLY):
            yield path
