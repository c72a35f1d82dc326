"""Lines of a module that are there for errors: those that a good day never runs, and the tests that lead to them."""

import ast
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import FrameType, ModuleType
from typing import Any


@dataclass(frozen=True)
class Count:
    """The lines of code of one module: the `text` of each by its number, and the numbers of those `for_errors`."""

    text: dict[int, str]
    for_errors: frozenset[int]

    @property
    def total(self) -> int:
        """Lines of code."""
        return len(self.text)

    @property
    def errors(self) -> int:
        """Lines that are there for errors."""
        return len(self.for_errors)


def count(module: ModuleType, good_day: Callable[[], Any]) -> Count:
    """Run `good_day`, and count the lines of `module` that it does not run.

    A line of code is one on which a statement, a `case` or an `except` begins within a function; so no blank lines,
    comments, docstrings, headers and imports. It is for errors when the good day does not run it; and so is a `try:`,
    and an `if` or a `case` under which the good day runs nothing.
    """
    able, run = code_lines(module), ran(module, good_day)
    idle = able - run
    for node in ast.walk(_tree(module)):
        match node:
            case ast.Try():
                idle.add(node.lineno)
            case ast.If(test=head, body=body, orelse=[]) | ast.match_case(pattern=head, body=body):
                if not _inside(body) & run:
                    idle.add(head.lineno)
    text = inspect.getsource(module).splitlines()
    return Count({line: text[line - 1] for line in sorted(able)}, frozenset(idle & able))


def code_lines(module: ModuleType) -> set[int]:
    """The numbers of the module's lines of code."""
    functions = (node for node in ast.walk(_tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {line for function in functions for line in _begins(function.body)}


def ran(module: ModuleType, call: Callable[[], Any]) -> set[int]:
    """The numbers of the lines of `module` that run while `call()` does."""
    seen: set[int] = set()

    def line_of(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            seen.add(frame.f_lineno)
        return line_of

    def entered(frame: FrameType, event: str, _: Any) -> Any:
        return line_of if frame.f_globals.get("__name__") == module.__name__ else None

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        call()
    finally:
        sys.settrace(before)
    return seen


def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))


def _begins(body: Iterable[ast.stmt]) -> Iterator[int]:
    """The first lines of the statements of a body and of all statements within them."""
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.match_case):
                yield node.pattern.lineno
            elif isinstance(node, ast.stmt | ast.ExceptHandler) and not _is_docstring(node):
                yield node.lineno


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _inside(body: list[ast.stmt]) -> set[int]:
    return {line for statement in body for line in range(statement.lineno, statement.end_lineno + 1)}
