"""sweep(): the same answers in the same order whichever executor runs the tasks and however they are cut."""

import os
import subprocess
import sys
import textwrap
from concurrent.futures import Executor

import pytest
from distributed import Client, LocalCluster
from hypothesis import given
from hypothesis import strategies as some
from loky import get_reusable_executor

from letitcrash.queueing import Exponential, Poisson, run_store
from letitcrash.sweep import Loop, Run, by_point, sweep
from letitcrash.world import stream

GRID = {"load": [0.5, 0.8], "tills": [1, 2, 3]}


def waits_of_a_store():
    """A function as a notebook makes one: no module holds it, so only its value can be sent."""

    def mean_wait(load, tills, seed):
        service = Exponential(1.0)
        return run_store(Poisson.for_load(load, service, tills), service, tills, customers=300, seed=seed).mean_wait

    return mean_wait


class Counting(Loop):
    """The plain loop that notes how many tasks each chunk holds."""

    def __init__(self):
        self.chunks = []

    def submit(self, fn, /, *args, **kwargs):
        self.chunks.append(len(args[-1]))
        return super().submit(fn, *args, **kwargs)


def test_every_point_meets_every_seed_point_by_point_in_order():
    runs = sweep(lambda load, tills, seed: (load, tills, seed), GRID, seeds=[7, 3])
    assert runs[:3] == [
        Run({"load": 0.5, "tills": 1}, 7, (0.5, 1, 7)),
        Run({"load": 0.5, "tills": 1}, 3, (0.5, 1, 3)),
        Run({"load": 0.5, "tills": 2}, 7, (0.5, 2, 7)),
    ]
    assert len(runs) == 12


def test_a_grid_can_be_a_list_of_points_and_seeds_a_number():
    runs = sweep(lambda tills, seed: 10 * tills + seed, [{"tills": 1}, {"tills": 5}], seeds=2)
    assert [run.value for run in runs] == [10, 11, 50, 51]


def test_runs_gather_into_one_row_of_values_per_point():
    assert by_point(sweep(lambda load, seed: load + seed, {"load": [10, 20]}, seeds=3)) == [
        ({"load": 10}, [10, 11, 12]),
        ({"load": 20}, [20, 21, 22]),
    ]


def test_loky_gives_what_the_plain_loop_gives():
    plain = sweep(waits_of_a_store(), GRID, seeds=4, executor=Loop())
    for chunk in (None, 1, 5, 1_000):
        assert sweep(waits_of_a_store(), GRID, 4, executor=get_reusable_executor(max_workers=2), chunk=chunk) == plain


def test_a_dask_cluster_gives_what_the_plain_loop_gives():
    plain = sweep(waits_of_a_store(), GRID, seeds=4, executor=Loop())
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        spread = sweep(waits_of_a_store(), GRID, seeds=4, executor=client.get_executor(), chunk=3)
        where = sweep(lambda seed: os.getpid(), [{}], seeds=4, executor=client.get_executor(), chunk=1)
    assert spread == plain
    assert os.getpid() in {run.value for run in where[:1]}  # the first task is timed here
    assert os.getpid() not in {run.value for run in where[1:]}


def test_a_function_typed_into_a_notebook_reaches_the_workers():
    cell = """
        import os
        from loky import get_reusable_executor
        from letitcrash.sweep import sweep

        eggs = 12
        def boxes(size, seed):
            return eggs // size, os.getpid() != here

        here = os.getpid()
        print([run.value for run in sweep(boxes, {"size": [3, 4]}, 2, get_reusable_executor(max_workers=1), chunk=2)])
    """
    done = subprocess.run(
        [sys.executable, "-"], input=textwrap.dedent(cell), capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip() == "[(4, False), (4, True), (3, True), (3, True)]", done.stderr


@given(seeds=some.lists(some.integers(), max_size=12), chunk=some.one_of(some.none(), some.integers(1, 20)))
def test_chunks_change_nothing(seeds, chunk):
    def draw(load, seed):
        return load + stream(seed, "sweep").random()

    plain = [Run({"load": load}, seed, draw(load, seed)) for load in (1, 2) for seed in seeds]
    assert sweep(draw, {"load": [1, 2]}, seeds, Loop(), chunk) == plain


def test_a_chunk_holds_as_many_tasks_as_asked_for():
    executor = Counting()
    sweep(lambda seed: None, [{}], seeds=8, executor=executor, chunk=3)
    assert executor.chunks == [3, 3, 1]  # the first task is run at once


def test_many_quick_tasks_travel_together(monkeypatch):
    clock = iter([0.0, 0.01])  # the first task takes 10 ms, so ten make a chunk of a tenth of a second
    monkeypatch.setattr("letitcrash.sweep.perf_counter", lambda: next(clock))
    executor = Counting()
    sweep(lambda seed: None, [{}], seeds=26, executor=executor)
    assert executor.chunks == [10, 10, 5]


@pytest.mark.parametrize(("seconds", "kind"), [(0.001, "Loop"), (10.0, "_ReusablePoolExecutor")])
def test_other_processes_are_started_only_when_it_pays(monkeypatch, seconds, kind):
    clock = iter([0.0, seconds])
    monkeypatch.setattr("letitcrash.sweep.perf_counter", lambda: next(clock))
    used = []
    monkeypatch.setattr("loky.get_reusable_executor", lambda: used.append(1) or Loop())
    assert [run.value for run in sweep(lambda seed: seed, [{}], seeds=5)] == [0, 1, 2, 3, 4]
    assert bool(used) == (kind != "Loop")


def test_without_loky_all_is_done_here(monkeypatch):
    monkeypatch.setitem(sys.modules, "loky", None)
    clock = iter([0.0, 10.0])
    monkeypatch.setattr("letitcrash.sweep.perf_counter", lambda: next(clock))
    assert [run.value for run in sweep(lambda seed: os.getpid(), [{}], seeds=3)] == [os.getpid()] * 3


@pytest.mark.parametrize("executor", [Loop, lambda: get_reusable_executor(max_workers=2)], ids=["loop", "loky"])
def test_a_task_that_fails_says_at_which_point_and_seed(executor):
    def fails(load, seed):
        if (load, seed) == (3, 1):
            raise ZeroDivisionError("eggs")

    with pytest.raises(ZeroDivisionError, match="eggs") as caught:
        sweep(fails, {"load": [2, 3]}, seeds=2, executor=executor(), chunk=2)
    assert caught.value.__notes__ == ["in sweep, at {'load': 3} with seed 1"]


def test_nothing_to_do_is_done():
    assert sweep(lambda seed: seed, [], seeds=5) == []
    assert sweep(lambda load, seed: seed, {"load": []}, seeds=5) == []
    assert sweep(lambda seed: seed, [{}], seeds=[]) == []


def test_a_chunk_of_no_tasks_is_refused():
    with pytest.raises(ValueError, match="chunk is 0: it must be the number of tasks"):
        sweep(lambda seed: seed, [{}], seeds=1, chunk=0)


def test_the_plain_loop_is_an_executor_like_any_other():
    with Loop() as loop:
        assert isinstance(loop, Executor)
        assert loop.submit(pow, 2, 5).result() == 32
        assert list(loop.map(abs, [-1, 2])) == [1, 2]
        with pytest.raises(ValueError, match="math"):
            loop.submit(_raise, ValueError("math")).result()


def _raise(error):
    raise error
