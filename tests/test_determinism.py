"""Same seed, same code: the same trace, byte for byte, in every process, under every hash seed, on every Python."""

import hashlib
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import simpy

ROOT = Path(__file__).parent.parent

# Both print digests. They need only letitcrash and simpy, so that any Python (the browser's too) can run them.
STORES = """
from letitcrash import hours, minutes
from letitcrash.queueing import (
    Bursts, Empirical, Exponential, Gamma, Hourly, HyperExponential, Poisson, Watching, batch_means,
    confidence_interval, dm1, erlangs_for, mmc, quantile_wait, run_store,
)

services = [Exponential(90.0), Gamma(90.0, 0.4), HyperExponential(90.0, 4.0), Empirical([20, 80, 170])]
crowds = [Poisson(150), Hourly([60, 200, 20]), Bursts(150, size=5, over=30)]
for seed, (service, crowd) in enumerate((service, crowd) for service in services for crowd in crowds):
    day = run_store(
        crowd, service, tills=6, until=hours(3), seed=seed, line=["shared", "per till"][seed % 2],
        join=["shortest", "random", "round robin"][seed % 3], patience=Exponential(minutes(5)), room=20,
        opening=Watching(), trace=True,
    )
    print(day.trace.digest(), repr(day.mean_wait), day.utilisation)
    print(str(confidence_interval(batch_means(day.waits))), sorted(set(day.fate)))
print(erlangs_for(.01, 20), mmc(.9, 10), dm1(.8), quantile_wait(10, 13, 180))
"""

TREES = """
from letitcrash.scenario import cases, play

for name, case in cases().items():
    log, world = play(case)
    print(name, world.trace.digest(), log.rows[-1])
"""

# The SHA-256 of what STORES printed when this was written. It may change only with the engine, never with Python.
GOLDEN = "51c575f3b0c0a7910a1139ba3e43b23a7a5debd77b9e605fb1d82b9e97322f8e"


@cache
def printed(program, python=sys.executable, hash_seed=0):
    """The text that the program prints when `python` runs it under this hash seed."""
    paths = os.pathsep.join([str(ROOT), str(Path(simpy.__file__).parent.parent)])
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": paths}
    done = subprocess.run([python, "-c", program], capture_output=True, text=True, env=environment, timeout=120)
    assert done.returncode == 0 and done.stdout, done.stderr
    return done.stdout


def other_pythons():
    """The other Pythons from 3.11 on that are found here: among pyenv's (whose shims may lead nowhere), on the path."""
    for minor in (11, 12, 13):
        installed = sorted(Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python"))
        found = str(installed[-1]) if installed else shutil.which(f"python3.{minor}")
        if found and minor != sys.version_info.minor:
            yield pytest.param(found, id=f"3.{minor}")


each_program = pytest.mark.parametrize("program", [pytest.param(STORES, id="stores"), pytest.param(TREES, id="trees")])


def test_two_seeds_are_two_different_days():
    digests = [line.split()[0] for line in printed(STORES).splitlines()[:-1:2]]
    assert len(set(digests)) == len(digests) == 12


@each_program
@pytest.mark.parametrize("hash_seed", [1, 4_242])
def test_another_process_under_another_hash_seed_gives_the_same_traces(program, hash_seed):
    assert printed(program, hash_seed=hash_seed) == printed(program)


@each_program
@pytest.mark.parametrize("python", list(other_pythons()) or [pytest.param(sys.executable, id="this one only")])
def test_every_python_gives_the_same_traces(program, python):
    assert printed(program, python, hash_seed=7) == printed(program)


def test_the_traces_are_those_that_they_were_when_this_was_written():
    assert hashlib.sha256(printed(STORES).encode()).hexdigest() == GOLDEN
