"""The library's imports point one way, and lead to nothing that a reader's kernel does not have."""

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "letitcrash"
UPWARDS = [
    "text",
    "trace",
    "clock",
    "real_time",
    "process",
    "gen_server",
    "supervisor",
    "world",
    "queueing",
    "balancing",
    "caching",
    "scenario",
    "sweep",
    "show",
    "classroom",
]
"""The rooms of the house: each imports from those before it, and from none after it."""
IN_THE_KERNEL = {"simpy", "plotly", "ipywidgets", "anywidget", "IPython", "traitlets"}
"""The packages of a kernel, in Jupyter and in the browser; the last two come with ipywidgets."""

MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def imported(path: Path, at_once: bool = False) -> set[str]:
    """The dotted names that the module at `path` imports, wherever in it; or those that it cannot do without."""
    tree, found = ast.parse(path.read_text(encoding="utf-8")), set()
    for node in tree.body if at_once else ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:  # what begins with a dot stays in its folder
            found |= {f"{node.module}.{each.name}" for each in node.names}
    return found


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_every_room_has_its_place():
    assert {room(path) for path in MODULES} == set(UPWARDS)


@pytest.mark.parametrize("name", UPWARDS)
def test_a_room_imports_from_those_before_it_only(name):
    allowed = UPWARDS[: UPWARDS.index(name) + 1]
    for path in MODULES:
        if room(path) == name:
            own = {module.split(".")[1] for module in imported(path) if module.startswith("letitcrash.")}
            assert own <= set(allowed), f"{path.relative_to(PACKAGE)} imports {own - set(allowed)}"


def test_what_runs_in_a_readers_kernel_imports_what_is_there():
    for path in MODULES:
        if PACKAGE / "classroom" / "grading" in path.parents:
            continue  # runs at the teacher's
        foreign = (
            {module.split(".")[0] for module in imported(path, at_once=True)}
            - {"letitcrash"}
            - set(sys.stdlib_module_names)
        )
        assert foreign <= IN_THE_KERNEL, f"{path.relative_to(PACKAGE)} imports {foreign - IN_THE_KERNEL}"


def test_the_name_of_a_kind_of_event_has_one_meaning_in_the_whole_library():
    """A trace and the player's list know a kind by its bare name."""
    names = [
        node.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).split(".")[-1] == "Event" for base in node.bases)
    ]
    assert len(names) > 40 and sorted(names) == sorted(set(names))


@pytest.mark.parametrize("package", ["gen_server", "supervisor"])
def test_servers_and_supervisors_use_only_what_their_me_gives(package):
    for path in (PACKAGE / package).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                owner = ast.unparse(node.value)
                assert not (owner.split(".")[-1] == "me" and node.attr == "node"), f"{path.name}: {ast.unparse(node)}"
                is_private = (
                    node.attr.startswith("_") and not node.attr.startswith("__") and owner not in ("self", "cls")
                )
                assert not is_private, f"{path.name}, line {node.lineno}: {ast.unparse(node)} is private"
