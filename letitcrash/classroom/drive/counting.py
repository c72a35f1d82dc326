"""An answer that never ends is stopped by counting, not by a clock, so that every machine stops it at the same place.

Each round of a loop and each call of the answer's code is a step, and the steps of a case are limited. The counting is
written into the answer before it runs (`sys.settrace` would count lines, ten times slower, and Python switches it off
when the first stop is swallowed by an `except:`; a step that is over the limit raises again in every round). What
stays uncounted is one endless call into Python's own C code, `sum(itertools.count())`, or a long sleep: in a notebook
the reader interrupts the kernel, in the grader the time limit does.
"""

import ast
import linecache
from collections.abc import Iterator
from typing import Any


class Endless(BaseException):
    """More steps than the case allows."""


class Steps:
    """The steps left in this case."""

    def __init__(self, limit: int):
        self.limit = self.left = limit

    def tick(self) -> None:
        """One step. Raises Endless when none is left, and again at every later one."""
        self.left -= 1
        if self.left < 0:
            raise Endless

    def each(self, items: Any) -> Iterator:
        """The items of a comprehension, a step each."""
        for item in items:
            self.tick()
            yield item


class Counted(ast.NodeTransformer):
    """Writes a step into every loop, every function and every comprehension."""

    def _counted(self, node: Any) -> Any:
        self.generic_visit(node)
        tick = ast.Expr(ast.Call(ast.Name("__tick__", ast.Load()), [], []))
        first = 1 if _has_docstring(node) else 0
        node.body.insert(first, ast.copy_location(tick, node.body[0]))
        return node

    visit_While = visit_For = visit_AsyncFor = visit_FunctionDef = visit_AsyncFunctionDef = _counted

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        """Count the rounds of `for ... in` inside brackets; `async for` has calls of its own."""
        self.generic_visit(node)
        if not node.is_async:
            node.iter = ast.copy_location(ast.Call(ast.Name("__each__", ast.Load()), [node.iter], []), node.iter)
        return node


def _has_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(node) is not None


def counted(source: str, filename: str) -> Any:
    """The code of `source` with its steps counted. Raises SyntaxError."""
    tree = Counted().visit(ast.parse(source, filename))
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    return compile(ast.fix_missing_locations(tree), filename, "exec")
