"""The functions of an answer: those that are the starter's, that return nothing, or that replace others."""

import ast
from functools import lru_cache


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
