"""Stop an answer that never ends by counting, not by a clock, so that every machine stops it at the same place.

Each round of a loop and each call of the answer's code is a step, and the steps of a case are limited. The counting is
written into the answer before it runs (`sys.settrace` would count lines, ten times slower, and Python switches it off
when the first stop is swallowed by an `except:`; a step that is over the limit raises again in every round). A call
that consumes an iterator in C, `sum(itertools.count())`, counts what it consumes. The rest, such as one very large
power, is ended by the time limit of the grader, or by the reader.
"""

import ast
import linecache
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

CONSUMERS = frozenset(
    {
        "all",
        "any",
        "bytes",
        "deque",
        "dict",
        "frozenset",
        "list",
        "max",
        "min",
        "reduce",
        "set",
        "sorted",
        "sum",
        "tuple",
    }
)
"""Names of what consumes its last argument without a loop of the answer's own."""
CONSUMING_METHODS = frozenset({"extend"})
SLICE = 500
"""Steps between two looks at the clock, where there is one."""
CHEAP = 50
"""Items consumed in C that count as one step."""


class Endless(BaseException):
    """More steps than the case allows, or more time."""


class Steps:
    """The steps left in this case. `over()` says whether time is up; then no step is left either."""

    def __init__(self, limit: int, over: Callable[[], Any] = bool):
        self.limit, self.over = limit, over
        self.left = self.spare = 0
        self.begin()

    def begin(self) -> None:
        """Begin a case: all steps are there again."""
        self.left, self.spare = min(SLICE, self.limit), max(0, self.limit - SLICE)

    def tick(self) -> None:
        """Count one step. Raises Endless when none is left, and again at every later one."""
        self.left -= 1
        if self.left < 0:
            self._go_on(1)

    def each(self, items: Any) -> Iterator:
        """The items of a comprehension, a step each."""
        for item in items:
            self.tick()
            yield item

    def consumed(self, items: Any) -> Any:
        """The items that a call in C consumes: counted at once when their number is known, else one by one."""
        if isinstance(items, str | bytes | dict):
            return items
        try:
            count = len(items) // CHEAP
        except OverflowError:
            count = self.limit + 1
        except Exception:
            return self.each(items) if hasattr(items, "__next__") else items
        self.left -= count
        if self.left < 0:
            self._go_on(count)
        return items

    def _go_on(self, count: int) -> None:
        """Take steps from those that are spare. Raises Endless."""
        taken = min(self.spare, max(SLICE, count))
        self.spare -= taken
        self.left += taken
        if self.left < 0 or self.over():
            self.left, self.spare = min(self.left, -1), 0
            raise Endless


class Counted(ast.NodeTransformer):
    """Writes a step into every loop, every function and every comprehension."""

    def _counted(self, node: Any) -> Any:
        self.generic_visit(node)
        tick = ast.Expr(ast.Call(ast.Name("__tick__", ast.Load()), [], []))
        first = 1 if _has_docstring(node) else 0
        node.body.insert(first, ast.copy_location(tick, node.body[0]))
        return node

    visit_While = visit_For = visit_AsyncFor = visit_FunctionDef = visit_AsyncFunctionDef = _counted

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """Give `__name__` the value that it has in a notebook."""
        ours = node.id == "__name__" and isinstance(node.ctx, ast.Load)
        return ast.copy_location(ast.Constant("__main__"), node) if ours else node

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        """Count the rounds of `for ... in` inside brackets; `async for` has calls of its own."""
        self.generic_visit(node)
        if not node.is_async:
            node.iter = _through("__each__", node.iter)
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        """Count what `sum(items)` and its like consume."""
        self.generic_visit(node)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if (name in CONSUMERS or method in CONSUMING_METHODS) and node.args:
            place = 1 if name == "reduce" and len(node.args) > 1 else 0
            several = name in ("max", "min") and len(node.args) > 1
            if not several and not isinstance(node.args[place], ast.Starred):
                node.args[place] = _through("__consumed__", node.args[place])
        return node

    def visit_Starred(self, node: ast.Starred) -> ast.Starred:
        """Count what `[*items]` consumes."""
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load):
            node.value = _through("__consumed__", node.value)
        return node


def _through(function: str, node: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Call(ast.Name(function, ast.Load()), [node], []), node)


def _has_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node) is not None


def counted(source: str, filename: str) -> Any:
    """The code of `source` with its steps counted. Raises SyntaxError."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    return _compiled(source, filename)


@lru_cache(maxsize=64)
def _compiled(source: str, filename: str) -> Any:
    """The same code for the same source: drivers and setups are asked for with each answer and each seed."""
    return compile(with_steps(ast.parse(source, filename)), filename, "exec")


def with_steps(tree: ast.Module) -> ast.Module:
    """Write the steps into a tree. The names of a counted source have this function as `__rewritten__`.

    A server's class compiles its callbacks anew, for their last cases; with this it compiles what runs.
    """
    return ast.fix_missing_locations(Counted().visit(tree))
