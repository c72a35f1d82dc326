"""A toy lab, notebooks handed in for it, and the sandbox, with bubblewrap where it is installed and without."""

import copy
import json
import os
import time
from pathlib import Path

import pytest
from processes import running

from letitcrash.classroom import starter
from letitcrash.classroom.grading import marking
from letitcrash.classroom.grading.sandbox import SANDBOXED, UNTRUSTED, Sandbox
from letitcrash.classroom.grading.staging import stage
from letitcrash.classroom.grading.submissions import Student
from letitcrash.classroom.release import Release

TOY = Path(__file__).parents[1] / "toy_labs" / "00_the_corner_shop"
SEED = 11
SLEEPER = f"sleep\x00600.{os.getpid()}"


@pytest.fixture(scope="session")
def lab():
    return Release(TOY)


@pytest.fixture(scope="session")
def solved(lab):
    """The solution's notebook as a student would hand it in, exercises replaced by keyword."""

    def make(**answers):
        notebook = copy.deepcopy(lab.solution)
        for cell in notebook["cells"]:
            name = cell["id"].removeprefix("exercise-").replace("-", "_")
            cell["source"] = answers.get(name, starter.unmarked(cell["source"]))
        return notebook

    return make


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    return stage(tmp_path_factory.mktemp("library"), ["letitcrash.queueing:erlang_b"])


@pytest.fixture(scope="session", params=[SANDBOXED, UNTRUSTED])
def sandbox(request, library):
    """Patient, so that a busy machine makes no honest answer late."""
    if request.param == SANDBOXED and Sandbox(library).kind != SANDBOXED:
        pytest.skip("bubblewrap is not installed or does not work here")
    return Sandbox(library, request.param, seconds=60)


@pytest.fixture
def hand_in(tmp_path):
    """Write a notebook, or text, or bytes, as one student's file."""

    def write(notebook, name="lab.ipynb"):
        path = tmp_path / "submissions" / "ann" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(notebook, dict):
            notebook = json.dumps(notebook)
        path.write_bytes(notebook if isinstance(notebook, bytes) else notebook.encode())
        return path

    return write


@pytest.fixture
def mark(lab, tmp_path):
    """Mark one exercise of files handed in."""

    def marked(sandbox, exercise, *paths):
        task = marking.Task(lab, Student("ann", "", tuple(paths)), lab.exercises[exercise], tuple(paths))
        record, _ = marking.mark(task, sandbox, SEED, tmp_path / "records")
        return record

    return marked


@pytest.fixture
def hasty(sandbox):
    """A sandbox for what sleeps or hangs; nothing of it may be left behind.

    Its number of megabytes tells its processes from those of other runs of the tests.
    """
    cage = Sandbox(sandbox.library, sandbox.kind, seconds=2, megabytes=500 + os.getpid() % 100)
    yield cage
    ours = f"cage.py\x00{'/library' if cage.kind == SANDBOXED else cage.library}\x002\x00{cage.megabytes}\x00"
    for _ in range(100):  # what was killed takes a moment to be gone
        if not running(ours) and not running(SLEEPER):
            return
        time.sleep(0.1)
    raise AssertionError(f"an answer's process outlived its marking: {running(ours) + running(SLEEPER)}")
