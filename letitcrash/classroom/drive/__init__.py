"""Gather evidence: run an answer through an exam's cases, whatever the answer does.

This runs where the student's code runs, the reader's kernel or the grader's sandbox, and decides nothing. It needs only
the standard library, no thread, signal or second process, so that it works in the browser too.

In the sandbox this folder stands alone, beside the library; so its files import each other without the library's name.
"""

import contextlib
import gc
import json
import random
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

from .counting import Steps, counted
from .errors import in_words, told
from .kept import Capped, plain

__all__ = ["Capped", "Student", "gather", "in_words", "plain", "told"]


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
