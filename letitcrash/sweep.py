"""Run one function over a grid of parameters and several seeds: here, on all cores, or on a cluster.

A task is one point of the grid with one seed; the seed belongs to the task. So the answers are the same, and in the
same order, whichever executor runs them and however they are cut into chunks.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby, product
from operator import attrgetter
from time import perf_counter
from typing import Any

CHUNK_SECONDS = 0.1  # a chunk should take about so long: a cluster's cost per chunk is a few milliseconds
WORTH_SECONDS = 1.0  # less work than this is done before other processes have started


@dataclass(frozen=True, slots=True)
class Run:
    """One task and its answer: `fn(**point, seed=seed)` gave `value`."""

    point: dict[str, Any]
    seed: int
    value: Any


class Loop(Executor):
    """The plain loop as an executor: `submit` runs the call at once, here."""

    def submit(self, fn: Callable, /, *args: Any, **kwargs: Any) -> Future:
        """Call `fn` now; the future is done when this returns."""
        future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def sweep(
    fn: Callable[..., Any],
    grid: Mapping[str, Iterable[Any]] | Iterable[Mapping[str, Any]],
    seeds: int | Iterable[int] = 5,
    executor: Executor | None = None,
    chunk: int | None = None,
) -> list[Run]:
    """Call `fn(**point, seed=seed)` for every point of `grid` and every seed: point by point, seeds in order.

    `grid` is a dict of lists, of which every combination is a point, or a list of points; `seeds` a number of them or
    the seeds. `executor` is anything with the interface of `concurrent.futures.Executor` that can pickle `fn`: a Dask
    client's `client.get_executor()` takes a whole cluster, `Loop()` stays here. None takes all cores by loky, which
    also pickles functions made in a notebook, where it is installed and there is more than a second of work.
    `chunk` is the number of tasks sent at once; by default so many as take about a tenth of a second. The first task
    is always run here, to see how long it takes.

    >>> [run.value for run in sweep(lambda load, seed: load * seed, {"load": [2, 3]}, seeds=[1, 10])]
    [2, 20, 3, 30]
    """
    if chunk is not None and chunk < 1:
        raise ValueError(f"chunk is {chunk}: it must be the number of tasks to send at once, at least 1")
    tasks = [(point, seed) for point in _points(grid) for seed in _seeds(seeds)]
    if not tasks:
        return []
    began = perf_counter()
    values = _run(fn, tasks[:1])
    seconds = max(perf_counter() - began, 1e-9)
    chunk = chunk or max(1, int(CHUNK_SECONDS / seconds))
    executor = executor or _fitting(seconds * len(tasks))
    chunks = [tasks[start : start + chunk] for start in range(1, len(tasks), chunk)]
    for future in [executor.submit(_run, fn, some) for some in chunks]:
        values += future.result()
    return [Run(point, seed, value) for (point, seed), value in zip(tasks, values, strict=True)]


def by_point(runs: Iterable[Run]) -> list[tuple[dict[str, Any], list[Any]]]:
    """The runs gathered: each point with its values, one per seed.

    >>> by_point([Run({"load": 1}, 0, "a"), Run({"load": 1}, 1, "b")])
    [({'load': 1}, ['a', 'b'])]
    """
    return [(point, [run.value for run in some]) for point, some in groupby(runs, key=attrgetter("point"))]


def _fitting(seconds: float) -> Executor:
    """All cores, where loky is installed and there is enough to do; else the plain loop."""
    if seconds > WORTH_SECONDS:
        with suppress(ImportError):
            from loky import get_reusable_executor

            return get_reusable_executor()
    return Loop()


def _run(fn: Callable[..., Any], tasks: Sequence[tuple[dict[str, Any], int]]) -> list[Any]:
    values = []
    for point, seed in tasks:
        try:
            values.append(fn(**point, seed=seed))
        except Exception as error:
            error.add_note(f"in sweep, at {point} with seed {seed}")
            raise
    return values


def _points(grid: Mapping[str, Iterable[Any]] | Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    if not isinstance(grid, Mapping):
        return [dict(point) for point in grid]
    return [dict(zip(grid, values, strict=True)) for values in product(*grid.values())]


def _seeds(seeds: int | Iterable[int]) -> list[int]:
    return list(range(seeds)) if isinstance(seeds, int) else list(seeds)
