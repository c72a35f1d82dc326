"""Mutants of an answer: the answer with one thing changed, to see whether the exam notices.

A small set of operators of our own, because the answer is one notebook cell and the test is an exam: mutmut and
cosmic-ray mutate files of a package and run a test command a mutant, in some seconds each instead of milliseconds.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


@dataclass(frozen=True)
class Mutant:
    """A changed answer: the line it was, and what that line is now."""

    source: str
    was: str
    now: str

    def __str__(self) -> str:
        return f"`{self.was}` -> `{self.now}`"


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of `source`, in the order of its lines."""
    tree = ast.parse(source)
    lines = ast.unparse(tree).splitlines()
    for number, node in enumerate(ast.walk(tree)):
        for change in _changes(node):
            twin = copy.deepcopy(tree)
            change(list(ast.walk(twin))[number])
            changed = ast.unparse(ast.fix_missing_locations(twin))
            was, now = _difference(lines, changed.splitlines())
            yield Mutant(changed, was, now)


def _changes(node: ast.AST) -> Iterator:
    """The ways to change the node in place."""
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            if type(operator) in SWAPS:
                yield lambda twin, at=at: twin.ops.__setitem__(at, SWAPS[type(twin.ops[at])]())
    elif isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign) and type(node.op) in SWAPS:
        yield lambda twin: setattr(twin, "op", SWAPS[type(twin.op)]())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield lambda twin: setattr(twin, "op", ast.UAdd())
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield lambda twin: setattr(twin, "value", not twin.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield lambda twin: setattr(twin, "value", twin.value + 1)
    elif isinstance(node, ast.Return) and node.value is not None:
        yield lambda twin: setattr(twin, "value", ast.Constant(None))
    for name in ("body", "orelse"):
        for at, statement in enumerate(
            getattr(node, name, None) or [] if not isinstance(node, ast.Lambda | ast.IfExp) else []
        ):
            if isinstance(statement, ast.Expr | ast.Assign | ast.AugAssign | ast.Raise) and not _is_text(statement):
                yield lambda twin, name=name, at=at: getattr(twin, name).__setitem__(at, ast.Pass())


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _difference(before: list[str], after: list[str]) -> tuple[str, str]:
    for was, now in zip(before, after, strict=False):
        if was != now:
            return was.strip(), now.strip()
    return before[-1].strip(), after[-1].strip()
