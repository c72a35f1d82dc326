"""Lab 1 graded by nbgrader and otter-grader, beside our own grading: the same notebook, one test an exercise.

They are installed on demand, pinned, into an environment of their own, so that ours holds nothing of them.
"""

import copy
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

from bench.grading import LAB, WORKERS, ours
from bench.harness import Claim, Race
from letitcrash.classroom import starter
from letitcrash.classroom.release import Release

ROOT = Path(__file__).parents[1]
HOME = ROOT / "_build" / "graders"
PINNED = ("nbgrader==0.9.6", "otter-grader==7.0.0", "simpy==4.1.2", "ipykernel==7.4.0")
STUDENTS = 2
TESTS = {
    "customer": "env, log = simpy.Environment(), []\n"
    "_ = env.process(doors(env, simpy.Resource(env, 1), [(5, 60), (10, 30)], log))\n"
    "env.run()\nassert log == [(5, 0), (15, 50)]",
    "measure": "low, middle, high = measure(lambda seed: [(0, 5.0), (100, 200.0 + 40 * seed)], [0, 1, 2], 50)\n"
    "assert abs(middle - 240) < 1e-6 < high - low",
    "erlang_b": "assert abs(erlang_b(2, 3) - 0.2105) < 1e-3",
    "erlang_c": "assert abs(erlang_c(8, 10) - 0.4092) < 1e-3",
    "staff": "assert staff({17: 190}, 17, 120, 240) == 8",
}
"""By exercise, a test such as those two would hold: one case each."""


def installed() -> str:
    """The reason that keeps us from having them, in a line; empty when they are there."""
    mark = HOME / "installed"
    if mark.exists() and mark.read_text() == str(PINNED):
        return ""
    shutil.rmtree(HOME, ignore_errors=True)
    pip = [HOME / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", *PINNED]
    for command in ([sys.executable, "-m", "venv", HOME], pip):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            return (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    mark.write_text(str(PINNED))
    return ""


def run(*command: str | Path, at: Path) -> None:
    """Run a command of that environment in the folder `at`. Raises CalledProcessError."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{HOME / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    program = HOME / "bin" / command[0]
    subprocess.run([program, *command[1:]], cwd=at, env=environment, check=True, capture_output=True)


def notebook(lab: Release, tested: bool) -> dict:
    """The solution as handed in, without our checks; if `tested`, with marks and tests as nbgrader has them."""
    made = {**copy.deepcopy(lab.solution), "cells": []}
    for cell in copy.deepcopy(lab.solution["cells"]):
        if {"check", "solution-only"} & set(starter.tags(cell)) or "sabotage(" in cell["source"]:
            continue
        made["cells"].append(cell)
        name = cell["id"].removeprefix("exercise-").replace("-", "_")
        if "exercise" in starter.tags(cell):
            cell["source"] = starter.unmarked(cell["source"])
        if tested and name in TESTS and "exercise" in starter.tags(cell):
            marks = {"grade": False, "grade_id": name, "locked": False, "solution": True, "task": False}
            cell["metadata"] = {"nbgrader": {**marks, "schema_version": 3}}
            marks = {"grade": True, "grade_id": f"test_{name}", "locked": True, "points": 1, "solution": False}
            test = {"nbgrader": {**marks, "task": False, "schema_version": 3}}
            blank = {"cell_type": "code", "execution_count": None, "outputs": [], "id": f"test-{cell['id']}"}
            made["cells"].append({**blank, "metadata": test, "source": TESTS[name]})
    made["metadata"]["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return made


def nbgrader(lab: Release) -> float:
    """Seconds for each submission; it grades one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        text = json.dumps(notebook(lab, tested=True))
        for place in ("source/lab1", *(f"submitted/student{number}/lab1" for number in range(STUDENTS))):
            (course / place).mkdir(parents=True)
            (course / place / "lab.ipynb").write_text(text)
        run("nbgrader", "generate_assignment", "lab1", "--create", at=course)
        began = perf_counter()
        run("nbgrader", "autograde", "lab1", "--create", at=course)
        took = perf_counter() - began
        assert len(list((course / "autograded").glob("*/lab1/lab.ipynb"))) == STUDENTS
        return took / STUDENTS


def otter(lab: Release) -> float:
    """Seconds for each submission, by two at once."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(WORKERS) as workers:
        course = Path(folder)
        (course / "tests").mkdir()
        for name, source in TESTS.items():
            lines = source.split("\n")
            case = {"code": "\n".join(f">>> {line}" for line in lines), "hidden": False, "locked": False, "points": 1}
            suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
            test = {"name": name, "points": 1, "suites": [suite]}
            (course / "tests" / f"{name}.py").write_text(f"OK_FORMAT = True\ntest = {test!r}\n")
        run("otter", "generate", "-t", "tests", "-o", "autograder.zip", at=course)
        for number in range(STUDENTS):
            (course / str(number)).mkdir()
            (course / str(number) / "lab.ipynb").write_text(json.dumps(notebook(lab, tested=False)))
        began = perf_counter()

        def one(number: int) -> None:
            home = course / str(number)
            run("otter", "run", "lab.ipynb", "-a", course / "autograder.zip", "-o", home, "--no-logo", at=home)

        list(workers.map(one, range(STUDENTS)))
        took = perf_counter() - began
        for number in range(STUDENTS):
            result = json.loads((course / str(number) / "results.json").read_text())
            assert sum(test.get("score", 0) for test in result["tests"]) == len(TESTS), result
        return took / STUDENTS


def races() -> list[Race]:
    """Two rows for information; none, and a line that says why, where they cannot be installed."""
    if trouble := installed():
        print(f"nbgrader and otter-grader are not beside ours: {trouble}")
        return []
    lab, (name, graded) = Release(LAB), ours()
    variants = {name: graded, "nbgrader": (1, lambda _: nbgrader(lab)), "otter": (1, lambda _: otter(lab))}
    claims = [
        Claim("grade 5 exercises / nbgrader, one at a time", name, "nbgrader"),
        Claim("grade 5 exercises / otter, two at once", name, "otter"),
    ]
    return [Race("s per submission", variants, claims)]
