"""Gather evidence: run an answer through an exam's cases, whatever the answer does.

This runs where the student's code runs, the reader's kernel or the grader's sandbox, and decides nothing. It needs only
the standard library, no thread, signal or second process, so that it works in the browser too.

An answer that never ends is stopped by counting, not by a clock, so that every machine stops it at the same place: each
round of a loop and each call of the answer's code is a step, and the steps of a case are limited. The counting is
written into the answer before it runs (`sys.settrace` would count lines, ten times slower, and Python switches it off
when the first stop is swallowed by an `except:`; a step that is over the limit raises again in every round). What
stays uncounted is one endless call into Python's own C code, `sum(itertools.count())`, or a long sleep: in a notebook
the reader interrupts the kernel, in the grader the time limit does.
"""

import ast
import contextlib
import gc
import io
import json
import linecache
import numbers
import random
import re
import sys
import traceback
import types
from collections.abc import Callable, Iterator
from typing import Any

OUTPUT_CHARACTERS = 4_000
"""How much of what an answer prints is kept."""
EVIDENCE_ITEMS = 20_000
"""How many values one case's evidence may hold; fifty characters of text count as one more."""

ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
"""Where in memory something is: it differs every time, and nothing in a report may."""


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


class Capped(io.TextIOBase):
    """A stream that keeps the first characters and forgets the rest."""

    def __init__(self, limit: int = OUTPUT_CHARACTERS):
        self.limit, self.kept, self.lost = limit, [], 0

    def writable(self) -> bool:
        """Whether it takes text: yes."""
        return True

    def write(self, text: str) -> int:
        """Keep what still fits."""
        self.kept.append(text[: self.limit])
        self.limit -= len(self.kept[-1])
        self.lost += len(text) - len(self.kept[-1])
        return len(text)

    def text(self) -> str:
        """What was kept, and how much was not."""
        return "".join(self.kept) + (f"\n… and {self.lost:,} characters more" if self.lost else "")


class Student:
    """What the answer defined, as attributes: what a driver gets as `student`."""

    def __init__(self, namespace: dict[str, Any]):
        self.__dict__ = namespace

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"nothing is called {name} yet")


def gather(job: dict[str, Any], namespace: dict[str, Any] | None = None, hide: Callable | None = None) -> dict:
    """Run the job's answer through its cases; returns {"evidence": [...], "output": text} or {"broken": why, ...}.

    A job is JSON-able: `before` (sources to run first), `answer`, `defines`, `driver`, `driver_name`, `cases`, `steps`,
    `name`. Evidence is one of {"value": ...}, {"error": ...}, {"stub": words}, {"endless": steps} for each case.
    `hide(namespace)` is called between the definitions and the cases. Never raises: an answer that raises, exits,
    interrupts, recurses for ever or prints for ever is evidence too. While it runs the answer is a module, which
    dataclasses and pickle look up; the driver has names of its own, so that the answer's `list` is not the driver's.
    """
    steps, printed, filename = Steps(job["steps"]), Capped(), f"<exercise {job['name']}>"
    module = types.ModuleType(f"exercise_{job['name']}")
    ours = {"__name__": module.__name__, "__tick__": steps.tick, "__each__": steps.each}
    driver, answered = dict(ours), vars(module)
    answered.update(namespace or {}, **ours, input=_no_input)
    found: dict[str, Any] = {}
    with _calm(printed, module):
        try:
            for number, source in enumerate(job["before"]):
                exec(counted(source, f"<before {job['name']} {number}>"), answered)
            steps.left = steps.limit
            exec(counted(job["answer"], filename), answered)
            exec(counted(job["driver"], f"<driver of {job['name']}>"), driver)
            if hide:
                hide(answered)
        except BaseException as error:
            found["broken"] = told(error, filename, steps.limit)
        else:
            missing = [name for name in job["defines"] if name not in answered]
            found["missing"] = missing if len(missing) == len(job["defines"]) else []
        if not found.get("broken") and not found["missing"]:
            run = driver[job["driver_name"]]
            found["evidence"] = [
                _evidence(run, Student(answered), case, steps, filename, number)
                for number, case in enumerate(json.loads(json.dumps(job["cases"])))
            ]
    return {**found, "output": printed.text()}


def _evidence(run: Callable, student: Student, case: Any, steps: Steps, filename: str, number: int) -> dict[str, Any]:
    steps.left = steps.limit
    random.seed(number)
    try:
        value = plain(run(student, case))
        gc.collect(0)
        return {"value": value}
    except BaseException as error:
        return told(error, filename, steps.limit)


def told(error: BaseException, filename: str, limit: int) -> dict[str, Any]:
    """What happened, as evidence: the words of a stub, the limit of an endless run, or the error and its line."""
    if isinstance(error, Endless):
        return {"endless": limit}
    error = in_words(_original(error))
    try:
        words = ADDRESS.sub("", str(error)[:300])
    except BaseException:
        words = "(its message cannot be read)"
    if isinstance(error, NotImplementedError):
        return {"stub": words}
    line = error.lineno if isinstance(error, SyntaxError) and error.filename == filename else None
    for frame in traceback.extract_tb(error.__traceback__, limit=-50):
        line = frame.lineno if frame.filename == filename else line
    text = linecache.getline(filename, line).strip() if line else ""
    return {"error": {"type": type(error).__name__[:60], "says": words, "line": line, "text": text[:200]}}


def _original(error: BaseException) -> BaseException:
    """What a process raised and SimPy raises a copy of: the original alone knows the line."""
    with contextlib.suppress(Exception):  # an answer may make its errors as it likes
        for _ in range(50):
            cause = error.__cause__
            if type(cause) is not type(error) or [*map(id, cause.args)] != [*map(id, error.args)]:
                break
            error = cause
    return error


def in_words(error: BaseException) -> BaseException:
    """The error, or one that asks for what is missing: a yield where SimPy got `None`, an await where a coroutine is.

    SimPy opens the file of a process that yields something else than an event, to quote the line; a cell has no file.
    """
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    if isinstance(error, FileNotFoundError) and frames[-1].f_code.co_name == "_describe_frame":
        quoting, process = frames[-1].f_locals, frames[-2].f_locals
        where, what = f"line {quoting.get('lineno')} of {quoting.get('name')}", repr(process.get("event"))[:80]
        words = f"{where} yields {what}, and the clock waits only for events: env.timeout(...), a request, a process"
        return RuntimeError(words).with_traceback(error.__traceback__)
    if isinstance(error, ValueError) and str(error) == "None is not a generator.":
        words = "None is not a generator: is there no yield in the function that should be a process?"
        return ValueError(words).with_traceback(error.__traceback__)
    said = error.args[0] if error.args else ""
    if type(error) in (TypeError, AttributeError) and type(said) is str and "coroutine" in said:
        asks = type(error)(f"{said}: is an await missing?").with_traceback(error.__traceback__)
        asks.__cause__ = error.__cause__
        return asks
    return error


def plain(value: Any) -> Any:
    """The value as JSON has it: numbers, text, truth, None, lists, dicts; of anything else its type and its repr."""
    return _plain(value, [EVIDENCE_ITEMS], 0)


def _plain(value: Any, left: list[int], depth: int) -> Any:
    left[0] -= 1
    if left[0] < 0 or depth > 20:
        return "…"
    if value is None or type(value) in (bool, float):
        return value
    if type(value) is int:
        return value if abs(value) < 10**300 else "a number of more than 300 digits"
    if isinstance(value, str):
        text = str.__str__(value)[:10_000]
        left[0] -= len(text) // 50
        return text
    if isinstance(value, dict):
        return {str(key)[:200]: _plain(item, left, depth + 1) for key, item in list(dict.items(value))[: left[0] + 1]}
    if isinstance(value, list | tuple):
        return [_plain(item, left, depth + 1) for item in list(value)[: left[0] + 1]]
    if isinstance(value, numbers.Real):
        return float(value)
    return {"type": type(value).__name__[:60], "repr": ADDRESS.sub("", repr(value)[:200])}


def _no_input(prompt: str = "") -> str:
    raise RuntimeError("input() has nobody to ask here: take what you need as arguments")


@contextlib.contextmanager
def _calm(printed: Capped, module: types.ModuleType) -> Iterator[None]:
    """The answer's module is there and what it prints is caught; chance, limits and hooks are as before, afterwards."""
    chance, limit, unraisable, tracing = random.getstate(), sys.getrecursionlimit(), sys.unraisablehook, sys.gettrace()
    sys.unraisablehook = lambda event: None
    sys.modules[module.__name__] = module
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            yield
    finally:
        random.setstate(chance)
        with contextlib.suppress(RecursionError):
            sys.setrecursionlimit(limit)
        sys.modules.pop(module.__name__, None)
        sys.unraisablehook = unraisable
        sys.settrace(tracing)
