"""The units and the peers of the rows: T, Erlang, and a world without a trace.

T is one `yield env.timeout(1)` of one SimPy process: the smallest thing SimPy does. Erlang runs on one scheduler and
gives its own CPU time; the size of a VM's start does not count.
"""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import simpy

from bench.harness import Claim
from letitcrash import World

ESCRIPT = Path(__file__).with_name("work.escript")
FOR_EVER = 10**12  # steps an instant: these workloads stay in one instant on purpose


def world(keep: int | None = 0) -> World:
    """A world without a trace."""
    return World(keep=keep, steps_per_instant=FOR_EVER)


def simpy_timeouts(size: int) -> None:
    """T."""
    env = simpy.Environment()

    def clock():
        for _ in range(size):
            yield env.timeout(1)

    env.process(clock())
    env.run()


T = {"T": (40_000, simpy_timeouts)}


def erlang(work: str, size: int) -> dict[str, tuple[int, Callable]]:
    """A workload of work.escript as a variant: microseconds of Erlang's CPU a piece. Without Erlang, no variant."""

    def measure(size: int) -> float:
        done = subprocess.run(["escript", ESCRIPT, work, str(size)], capture_output=True, text=True, check=True)
        return float(done.stdout)

    return {"Erlang": (size, measure)} if shutil.which("escript") else {}


def beside_erlang(name: str, share: float | None = None) -> list[Claim]:
    """The row against Erlang's CPU; `share` of its speed is the goal."""
    row = Claim(f"{name}, against Erlang's CPU", "ours", "Erlang", at_most=share and 1 / share)
    return [row] if shutil.which("escript") else []
