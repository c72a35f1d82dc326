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
    """One top-level statement: its source, the names it binds, the names it takes from elsewhere.

    `changes` are names whose values it changes in place, as `seen.append(3)` and `table["x"] = 3` do; it `adds` when
    what it binds may still be what an earlier statement bound, as after `low -= 1` or inside an `if`.
    """

    source: str
    binds: frozenset[str]
    uses: frozenset[str]
    changes: frozenset[str] = frozenset()
    adds: bool = False


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
        bound, used = _bound(node), _used(text)
        builds = not _is_definition(node) and bool(hasattr(node, "body") or bound & used)
        adds = isinstance(node, ast.AugAssign) or builds
        found.append(Statement(text.rstrip("\n"), *map(frozenset, (bound, used, _changed(node))), adds))
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

    The last statement that binds a name counts, with those before it on which it builds and those after it that change
    the value in place; such a change that fails is passed over. Names in `known` are there already; names that nobody
    binds are left out, unless an `import *` may bind them.
    """
    pool = [statement for cell in cells for statement in readable(cell)]
    todo = {name for statement in readable(answer) for name in statement.uses} - binds(answer) - set(known)
    done, needed = set(known) | binds(answer), set()
    while todo:
        name = todo.pop()
        done.add(name)
        found = _makers(name, pool) or {number for number, each in enumerate(pool) if "*" in each.binds}
        for number in found - needed:
            needed.add(number)
            todo |= pool[number].uses - done
    found = [pool[number] for number in sorted(needed)]
    return [each.source if each.binds else _or_nothing(each.source) for each in found]


def _makers(name: str, pool: Sequence[Statement]) -> set[int]:
    """The numbers of the statements that together make the value of `name`."""
    found: set[int] = set()
    for number in reversed(range(len(pool))):
        if name in pool[number].binds:
            found.add(number)
            if not pool[number].adds:
                return found
        elif name in pool[number].changes:
            found.add(number)
    return {number for number in found if any(name in pool[each].binds for each in found)}


def _or_nothing(source: str) -> str:
    """The statement, or nothing when it raises."""
    handler = ast.ExceptHandler(ast.Name("Exception"), None, [ast.Pass()])
    return ast.unparse(ast.Try(ast.parse(source).body, [handler], [], []))


def last_binding(names: Iterable[str], cells: Sequence[str]) -> int | None:
    """The number of the last cell that binds any of `names`."""
    wanted = set(names)
    return next((number for number in reversed(range(len(cells))) if wanted & binds(cells[number])), None)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name most like `name` among `names`: what it may have been renamed to."""
    others = islice(sorted(set(names) - {name}), 1000)
    return next(iter(difflib.get_close_matches(name, others, n=1, cutoff=0.6)), None)


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


def _is_definition(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)


def _changed(node: ast.stmt) -> set[str]:
    """The names whose values a statement changes in place: by an item, an attribute, or a method that is called."""
    if _is_definition(node):
        return set()
    changed = [item for item in ast.walk(node) if isinstance(getattr(item, "ctx", None), ast.Store | ast.Del)]
    calls = [
        item.value.func for item in ast.walk(node) if _is_a_call(item) and isinstance(item.value.func, ast.Attribute)
    ]
    places = [item for item in [*changed, *calls] if isinstance(item, ast.Attribute | ast.Subscript)]
    return {root.id for root in map(_root, places) if isinstance(root, ast.Name)}


def _is_a_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)


def _root(node: ast.AST) -> ast.AST:
    """The value at the left of all dots and brackets."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node


def _used(source: str) -> set[str]:
    """The global names that `source` reads, in whatever scope."""
    todo, names = [symtable.symtable(source, "<cell>", "exec")], set()
    while todo:
        table = todo.pop()
        top = table.get_type() == "module"
        names |= {each.get_name() for each in table.get_symbols() if each.is_referenced() and (top or each.is_global())}
        todo += table.get_children()
    return names
