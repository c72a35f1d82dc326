"""The `case` that a callback leaves out: a message that no case fits is a crash (Erlang's function_clause).

In Python a `match` without a fitting case does nothing: the callback returns None. That is also what a callback returns
that has acted on a cast, or whose answer is None, so the server's loop cannot tell the two apart; only the callback's
own code can. `with_last_case` therefore reads the source text of a callback once, when its class is made, and lets the
callback run the same text with a last `case _: raise self.no_case(...)`. Line numbers stay those of the source. A
callback that this cannot be done to runs as it is written (the page *Where the model differs* names these). Code that
was rewritten before it was compiled, as an exam's is, says how in its global `__rewritten__`, from tree to tree.
"""

import ast
import linecache
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any

CALLBACKS = ("handle_call", "handle_cast", "handle_info", "handle_continue")


class FunctionClause(Exception):
    """Erlang's function_clause: no case of a callback fits the message, and the server crashes with this reason."""

    def __init__(self, message: Any, callback: str = "the callback"):
        super().__init__(f"{callback} has no case for {message!r}")
        self.message = message


def with_last_case(callback: Callable) -> None:
    """Make a callback that ends in a `match` of its message raise FunctionClause when no case fits.

    A decorated callback is the one inside, as far as the decorator's function holds it.

    A match with a last `case _`, or one that is followed by other lines, is left as it is. So is a callback whose
    source cannot be read, or is not what runs.
    """
    for inner in _inside(callback):
        _with_last_case(inner)


def _inside(callback: Callable) -> list[FunctionType]:
    """The callback, and those that it calls, when decorators made it: what their functions close over."""
    found, todo = [], [callback]
    while todo:
        each = todo.pop()
        if not isinstance(each, FunctionType) or each in found:
            continue
        found.append(each)
        for cell in each.__closure__ or ():
            with suppress(ValueError):  # not bound yet
                todo.append(cell.cell_contents)
    return [each for each in found if each.__name__ in CALLBACKS or each is callback]


def _with_last_case(callback: FunctionType) -> None:
    code = callback.__code__
    lines = linecache.getlines(code.co_filename, callback.__globals__)
    last = max((line for *_, line in code.co_lines() if line), default=code.co_firstlineno)
    if not any("match" in line for line in lines[code.co_firstlineno - 1 : last]):
        return
    source, rewritten = "".join(lines), callback.__globals__.get("__rewritten__")
    plain, mended = (_functions(source, code.co_filename, change, rewritten) for change in (False, True))
    found = plain.get(_key(code))
    if found is not None and found.co_code == code.co_code and found.co_freevars == code.co_freevars:
        callback.__code__ = mended[_key(code)].replace(co_qualname=code.co_qualname)


@lru_cache(maxsize=64)
def _functions(source: str, filename: str, change: bool, rewritten: Callable | None) -> dict[tuple, CodeType]:
    """The code of all functions of a source text, by line and name; with the last cases when it is to `change`."""
    try:
        tree = ast.parse(source)
        if change:
            for node in ast.walk(tree):
                if isinstance(node, ast.AsyncFunctionDef) and node.name in CALLBACKS and len(_arguments(node)) >= 2:
                    _add_cases(node)
        if rewritten:
            tree = rewritten(tree)
        code = compile(tree, filename, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError:
        return {}
    return {_key(each): each for each in _below(code)}


def _key(code: CodeType) -> tuple[int, str]:
    return code.co_firstlineno, code.co_name


def _below(code: CodeType) -> Iterator[CodeType]:
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield const
            yield from _below(const)


def _add_cases(function: ast.AsyncFunctionDef) -> None:
    """Add `case _: raise self.no_case(name, message)` to the matches of the message with which the function ends."""
    server, message = _arguments(function)[:2]
    for match in _last_matches(function.body):
        if _holds(match.subject, message) and not _fits_all(match.cases[-1]):
            raises = ast.parse(f"raise {server}.no_case({function.name!r}, {message})").body
            case = ast.match_case(pattern=ast.MatchAs(), guard=None, body=raises)
            last = match.cases[-1].pattern  # a traceback points to the last case that did not fit
            for node in ast.walk(case):
                ast.copy_location(node, last)
            match.cases.append(ast.fix_missing_locations(case))


def _arguments(function: ast.AsyncFunctionDef) -> list[str]:
    return [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]


def _last_matches(body: Iterable[ast.stmt]) -> Iterator[ast.Match]:
    """The `match` statements after which the function has nothing more to do."""
    *_, last = body
    if isinstance(last, ast.Match):
        yield last
        for case in last.cases:
            yield from _last_matches(case.body)
    elif isinstance(last, (ast.If, ast.With, ast.AsyncWith, ast.Try)):
        for branch in (last.body, getattr(last, "orelse", ())):
            if branch and not (isinstance(last, ast.Try) and branch is last.body and last.orelse):
                yield from _last_matches(branch)


def _holds(subject: ast.expr, name: str) -> bool:
    """Tell whether the subject of a match is made of the message: `message[0]`, `self.state, message`."""
    return any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(subject))


def _fits_all(case: ast.match_case) -> bool:
    return case.guard is None and _is_wildcard(case.pattern)


def _is_wildcard(pattern: ast.pattern | None) -> bool:
    if isinstance(pattern, ast.MatchOr):
        return _is_wildcard(pattern.patterns[-1])
    return pattern is None or (isinstance(pattern, ast.MatchAs) and _is_wildcard(pattern.pattern))
