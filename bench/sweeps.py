"""A sweep on two cores by loky against the plain loop: wall time, whatever else the machine is doing."""

from time import perf_counter

from loky import get_reusable_executor

from bench.harness import Claim, Race
from letitcrash.queueing import Exponential, Poisson, run_store
from letitcrash.sweep import Loop, sweep

TASKS = 32


def one_store(load: float, seed: int) -> float:
    """One task of about 10 ms."""
    service = Exponential(1.0)
    return run_store(Poisson.for_load(load, service), service, tills=1, customers=10_000, seed=seed).mean_wait


def on(executor) -> float:
    """Milliseconds of wall time per task on this executor; the round that does not count starts its workers."""
    began = perf_counter()
    sweep(one_store, {"load": [0.5, 0.8]}, seeds=TASKS // 2, executor=executor)
    return (perf_counter() - began) / TASKS * 1e3


def races() -> list[Race]:
    """For information: how much two cores gain depends on who else uses them."""
    variants = {
        "loop": (TASKS, lambda _: on(Loop())),
        "loky": (TASKS, lambda _: on(get_reusable_executor(max_workers=2))),
    }
    return [Race("ms per task", variants, [Claim("sweep on loky, 2 cores / plain loop", "loky", "loop")], ("loky",))]
