"""Gather evidence: run an answer through an exam's cases, whatever the answer does.

This runs where the student's code runs, the reader's kernel or the grader's sandbox, and decides nothing. It needs only
the standard library, no thread, signal or second process, so that it works in the browser too.

In the sandbox this folder stands alone, beside the library; so its files import each other without the library's name.
"""

import contextlib
import gc
import inspect
import json
import random
import sys
import time
import types
from _thread import get_ident
from collections.abc import Callable, Iterator
from typing import Any

from .counting import Endless, Steps, counted, with_steps
from .errors import describe_error, in_words
from .kept import Capped, plain
from .notebook_names import NOTEBOOK_NAMES
from .values import revived

__all__ = ["Capped", "Endless", "Student", "describe_error", "gather", "in_words", "plain", "revived"]


LONG = 1_000
"""A driver that yields more pieces of evidence has them shortened, all together."""


class Student:
    """The names that the answer defined, as attributes: a driver gets it as `student`."""

    def __init__(self, namespace: dict[str, Any]):
        self.__dict__ = namespace

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"nothing is called {name} yet")


def gather(
    job: dict[str, Any],
    namespace: dict[str, Any] | None = None,
    hide: Callable | None = None,
    over: Callable[[], Any] = bool,
) -> dict:
    """Run the job's answer through its cases; returns {"evidence": [...], "output": text} or {"broken": why, ...}.

    A job is JSON-able: `before` (sources to run first), `answer`, `defines`, `driver`, `driver_name`, `cases`, `steps`,
    `name`, and for a search `player`, `player_name` and `scenarios`. Evidence is one of {"value": ...},
    {"error": ...}, {"stub": words}, {"endless": steps}, {"late": True} for each case. "searched" is the evidence of
    each scenario. A driver that yields has a list under "value", and beside it what ended it before its end.

    `hide(namespace)` is called between the definitions and the cases; once `over()` is true, nothing more is asked.
    Never raises: an answer that raises, exits, interrupts, recurses for ever or prints for ever is evidence too. While
    it runs the answer is a module, which dataclasses and pickle look up; the driver has names of its own, so that the
    answer's `list` is not the driver's.
    """
    steps, printed, filename = Steps(job["steps"], over), Capped(), f"<exercise {job['name']}>"
    module = types.ModuleType(f"exercise_{job['name']}")
    counting = {"__tick__": steps.tick, "__each__": steps.each, "__consumed__": steps.consumed}
    ours = {"__name__": module.__name__, "__rewritten__": with_steps, **counting}
    driver, answered = dict(ours), vars(module)
    answered.update({**NOTEBOOK_NAMES, **(namespace or {}), **ours, "input": _no_input})
    found: dict[str, Any] = {}
    with _calm(printed, module) as sleep:
        try:
            for number, source in enumerate(job["before"]):
                exec(counted(source, f"<before {job['name']} {number}>"), answered)
            steps.begin()
            exec(counted(job["answer"], filename), answered)
            for each in filter(None, (job["driver"], job.get("player"))):
                exec(counted(each, f"<driver of {job['name']}>"), driver)
            answered.update({name: time.sleep for name, value in answered.items() if value is sleep})
            if hide:
                hide(answered)
        except BaseException as error:
            found["broken"] = describe_error(error, filename, steps.limit)
        else:
            missing = [name for name in job["defines"] if name not in answered]
            found["missing"] = missing if len(missing) == len(job["defines"]) else []
        if not found.get("broken") and not found["missing"]:
            student = Student(answered)
            for key, cases, run in (
                ("evidence", job["cases"], driver[job["driver_name"]]),
                ("searched", job.get("scenarios", ()), driver[job.get("player_name") or job["driver_name"]]),
            ):
                cases = json.loads(json.dumps(cases))
                found[key] = [
                    _evidence(run, student, case, steps, filename, number) for number, case in enumerate(cases)
                ]
    return {**found, "output": printed.text()}


def _evidence(run: Callable, student: Student, case: Any, steps: Steps, filename: str, number: int) -> dict[str, Any]:
    """The evidence of one case; of a driver that yields, all that it yielded, and beside it what ended it too early."""
    steps.begin()
    if steps.over():
        return {"late": True}
    random.seed(number)
    seen: list[Any] = []
    try:
        value = run(student, revived(case))
        if inspect.isgeneratorfunction(run):
            for each in value:
                seen.append(plain(each))
            value = seen if len(seen) < LONG else plain(seen)
        else:
            value = plain(value)
        gc.collect(0)
        return {"value": value}
    except BaseException as error:
        ended = {"late": True} if steps.over() else describe_error(error, filename, steps.limit)
        return {"value": seen, **ended} if seen else ended


def _no_input(prompt: str = "") -> str:
    raise RuntimeError("input() has nobody to ask here: take what you need as arguments")


@contextlib.contextmanager
def _calm(printed: Capped, module: types.ModuleType) -> Iterator[Callable]:
    """The answer's module is there and what it prints is caught; chance, limits and hooks are as before, afterwards.

    A `time.sleep` of this thread is an error meanwhile; yields Python's own.
    """
    chance, limit, unraisable, tracing = random.getstate(), sys.getrecursionlimit(), sys.unraisablehook, sys.gettrace()
    sleep, thread = time.sleep, get_ident()

    def refuse(seconds: float) -> None:
        if get_ident() != thread:
            return sleep(seconds)
        raise RuntimeError(
            f"time.sleep({seconds!r}) waits on the clock on the wall; here time is the store's own: wait with "
            "`yield env.timeout(...)` or `await me.sleep(...)`"
        )

    sys.unraisablehook = lambda event: None
    sys.modules[module.__name__] = module
    time.sleep = refuse
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            yield sleep
    finally:
        time.sleep = sleep
        random.setstate(chance)
        with contextlib.suppress(RecursionError):
            sys.setrecursionlimit(limit)
        sys.modules.pop(module.__name__, None)
        sys.unraisablehook = unraisable
        sys.settrace(tracing)
