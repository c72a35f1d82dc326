"""The statements that make an answer: the last cell that binds its names, and the helpers that it uses."""

import ast
import difflib
import symtable
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

STATEMENTS = 2_000


@dataclass(frozen=True)
class Statement:
    """One top-level statement: its source, the names it binds, the names it takes from elsewhere."""

    source: str
    binds: frozenset[str]
    uses: frozenset[str]


def statements(source: str) -> list[Statement]:
    """The top-level statements of `source`. Raises SyntaxError; ValueError for null bytes, or far too many of them."""
    nodes, lines = ast.parse(source).body, source.splitlines(keepends=True)
    if len(nodes) > STATEMENTS:
        raise ValueError(f"{len(nodes)} statements in a cell; {STATEMENTS} are enough for anybody")
    found, ended = [], 0
    for node, after in zip(nodes, [*nodes[1:], None], strict=True):
        first = min([node.lineno, *(item.lineno for item in getattr(node, "decorator_list", []))])
        alone = first > ended and (after is None or after.lineno > node.end_lineno)
        text = "".join(lines[first - 1 : node.end_lineno]) if alone else ast.unparse(node)
        ended = node.end_lineno
        found.append(Statement(text.rstrip("\n"), frozenset(_bound(node)), frozenset(_used(text))))
    return found


@lru_cache(maxsize=256)
def readable(source: str) -> tuple[Statement, ...]:
    """The statements of `source`, or none when it is not Python."""
    try:
        return tuple(statements(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()


def binds(source: str) -> set[str]:
    """The names that `source` binds at its top level; none when it is not Python."""
    return set().union(*(statement.binds for statement in readable(source)))


def helpers(answer: str, cells: Sequence[str], known: Iterable[str] = ()) -> list[str]:
    """The statements of `cells` that `answer` needs, in their order, and those that they need in turn.

    What a later statement binds again wins. Names in `known` are there already; names that nobody binds are left out.
    """
    pool = [statement for cell in cells for statement in readable(cell)]
    latest = {name: number for number, statement in enumerate(pool) for name in statement.binds}
    todo = {name for statement in readable(answer) for name in statement.uses} - binds(answer) - set(known)
    done, needed = set(known) | binds(answer), set()
    while todo:
        name = todo.pop()
        done.add(name)
        number = latest.get(name)
        if number is not None and number not in needed:
            needed.add(number)
            todo |= pool[number].uses - done
    return [pool[number].source for number in sorted(needed)]


def last_binding(names: Iterable[str], cells: Sequence[str]) -> int | None:
    """The number of the last cell that binds any of `names`."""
    wanted = set(names)
    return next((number for number in reversed(range(len(cells))) if wanted & binds(cells[number])), None)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name most like `name` among `names`: what it may have been renamed to."""
    others = islice(sorted(set(names) - {name}), 1000)
    return next(iter(difflib.get_close_matches(name, others, n=1, cutoff=0.6)), None)


@lru_cache(maxsize=256)
def is_stub(source: str) -> bool:
    """Say if a function of `source` is still the starter's: it raises NotImplementedError."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return any(_raises_stub(node) for body in bodies for node in body)


def returns_nothing(answer: str, right: str) -> list[tuple[int, str]]:
    """The functions and methods of `answer`, by line, that return no value where those of `right` return one."""
    try:
        ours, theirs = _defined(ast.parse(answer)), _defined(ast.parse(right))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return sorted(
        (node.lineno, name[-1])
        for name, node in ours.items()
        if name in theirs and "value" in _gives(theirs[name]) and not _gives(node)
    )


def _gives(function: ast.AST) -> set[str]:
    """The ways in which a function gives something: by a value that it returns, by yielding, by raising for a stub."""
    found, todo = set(), list(ast.iter_child_nodes(function))
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            continue
        if isinstance(node, ast.Return) and node.value is not None:
            found.add("value")
        elif isinstance(node, ast.Yield | ast.YieldFrom):
            found.add("yield")
        elif isinstance(node, ast.Raise) and _raises_stub(node):
            found.add("stub")
        todo += ast.iter_child_nodes(node)
    return found


def _raises_stub(node: ast.stmt) -> bool:
    raised = node.exc if isinstance(node, ast.Raise) else None
    raised = raised.func if isinstance(raised, ast.Call) else raised
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def _bound(node: ast.stmt) -> set[str]:
    """The names that a top-level statement binds, without those of the scopes inside it."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    names, todo = set(), [node]
    while todo:
        item = todo.pop()
        if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store):
            names.add(item.id)
        elif isinstance(item, ast.stmt) and item is not node:
            names |= _bound(item)
        elif not isinstance(item, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            todo += ast.iter_child_nodes(item)
    return names


def _used(source: str) -> set[str]:
    """The global names that `source` reads, in whatever scope."""
    todo, names = [symtable.symtable(source, "<cell>", "exec")], set()
    while todo:
        table = todo.pop()
        top = table.get_type() == "module"
        names |= {each.get_name() for each in table.get_symbols() if each.is_referenced() and (top or each.is_global())}
        todo += table.get_children()
    return names


def overlaid(whole: str, changes: str) -> str:
    """`whole` with the functions and methods that `changes` defines in place of its own; new ones end their class.

    >>> print(overlaid("def pay():\\n    pass", "def pay():\\n    return 1"))
    def pay():
        return 1
    <BLANKLINE>
    """
    lines, new_lines = whole.splitlines(), changes.splitlines()
    old, new = _functions(whole), _functions(changes)
    ends = {node.name: node.end_lineno for node in ast.parse(whole).body if isinstance(node, ast.ClassDef)}
    for name, (first, last) in sorted(new.items(), key=lambda item: old.get(item[0], (0, 0)), reverse=True):
        text = new_lines[first - 1 : last]
        if name in old:
            lines[old[name][0] - 1 : old[name][1]] = text
            grown = len(text) - (old[name][1] - old[name][0] + 1)
            ends = {owner: end + grown if end >= old[name][1] else end for owner, end in ends.items()}
        else:
            lines[ends[name[0]] : ends[name[0]]] = ["", *text]
    return "\n".join(lines) + "\n"


def _functions(source: str) -> dict[tuple[str, ...], tuple[int, int]]:
    """The first and the last line of each function, by its class (where it has one) and its name."""
    return {
        name: (min([node.lineno, *(item.lineno for item in node.decorator_list)]), node.end_lineno)
        for name, node in _defined(ast.parse(source)).items()
    }


def _defined(tree: ast.Module) -> dict[tuple[str, ...], ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions of a module, by class (where they have one) and name."""
    found = {}
    for node in tree.body:
        for each in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
                found[(each.name,) if each is node else (node.name, each.name)] = each
    return found
