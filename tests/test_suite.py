"""The suite's own rules: groups of tests that stay together, and what is left to `make test-long`."""

import doctest
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import suite

ROOT = Path(__file__).resolve().parent
SHARED = """
import pytest

@pytest.fixture(scope="module")
def dear():
    open("made", "a").write("x")

@pytest.mark.parametrize("number", range(20))
def test_it_is_made_once(dear, number):
    pass
"""


def test_the_examples_of_the_rules_hold():
    assert doctest.testmod(suite).failed == 0


@pytest.mark.slow
def test_a_file_s_shared_fixture_is_made_on_one_worker_only(tmp_path):
    tests = tmp_path / "tests"
    tests.mkdir()
    for name in ("conftest.py", "suite.py"):
        shutil.copy(ROOT / name, tests)
    (tests / "test_shared.py").write_text(SHARED, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "--numprocesses", "2", "tests/test_shared.py"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0 and "20 passed" in done.stdout, done.stdout + done.stderr
    assert (tmp_path / "made").read_text() == "x"
