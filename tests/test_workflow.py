"""The published workflow and .ci/run: what their machines need, and that no test is left out."""

import ast
import os
import re
import subprocess
from itertools import combinations
from pathlib import Path

import pytest
import suite
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "book.yml").read_text())
JOBS = WORKFLOW["jobs"]
CI = (ROOT / ".ci" / "run").read_text()
NEEDED = dict(pair.split(":") for pair in re.search(r'^needed="(.*)"$', CI, re.MULTILINE)[1].split())


def commands(job: str) -> list[str]:
    """The commands of a job, in their order."""
    return [step["run"] for step in JOBS[job]["steps"] if "run" in step]


def pythons(job: str) -> str:
    """The Pythons that a job sets up, as the workflow writes them."""
    return "\n".join(
        str(step["with"]["python-version"]) for step in JOBS[job]["steps"] if "setup-python" in step.get("uses", "")
    )


def test_every_program_that_a_test_looks_for_is_installed_by_ci():
    looked_for = {
        node.args[0].value
        for path in (ROOT / "tests").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) == "which"
        and isinstance(node.args[0], ast.Constant)
    }
    assert looked_for >= {"erl", "escript"}
    assert looked_for - set(NEEDED) == set()


@pytest.mark.parametrize("job", ["test", "long", "publish"])
def test_a_job_installs_its_programs_with_the_list_of_ci(job):
    first, *rest = commands(job)
    assert first == "sh .ci/run programs"
    assert rest and not any("apt-get" in command for command in rest)


def test_the_shards_hold_every_test_once():
    marks = list(suite.MARKS)
    shards = JOBS["test"]["strategy"]["matrix"]["shard"]
    assert 'MARKS="${{ matrix.shard }}"' in commands("test")[-1]
    for carried in (set(), *(set(chosen) for n in (1, 2) for chosen in combinations(marks, n))):
        holding = [shard for shard in shards if eval(shard, {}, {mark: mark in carried for mark in marks})]
        if len(carried) < 2:  # a test lies in one folder, and has the mark of that folder
            assert len(holding) == 1, f"tests marked {carried} are in {holding}"


def test_the_tests_run_on_every_python_that_the_install_takes():
    low, high = re.search(
        r"\(3, (\d+)\) <= .* <= \(3, (\d+)\)", (ROOT / "tools" / "environment.sh").read_text()
    ).groups()
    promised = [f"3.{minor}" for minor in range(int(low), int(high) + 1)]
    assert JOBS["test"]["strategy"]["matrix"]["python"] == promised
    readme = (ROOT / "README.md").read_text()
    assert f"Python {', '.join(promised[:-1])} or {promised[-1]}" in readme
    assert set(pythons("long").split()) == set(promised), "traces are compared between all of them"


def test_the_python_of_binder_is_there_whatever_python_the_tests_run_on():
    runtime = (ROOT / "runtime.txt").read_text().strip().removeprefix("python-")
    assert pythons("test").split("\n")[0] == runtime
    assert 'PYTHON="python${{ matrix.python }}"' in commands("test")[-1]
    assert WORKFLOW["env"]["LETITCRASH_NO_SKIPS"] == "1"


def test_the_bare_machines_have_what_the_readme_asks_for_and_no_more():
    asked = re.search(r"`apt-get install ([\w\s-]+)`", (ROOT / "README.md").read_text())[1].split()
    given = re.search(r"apt-get install -y --no-install-recommends ([\w\s-]+)$", commands("bare")[0])[1].split()
    assert set(given) == {*asked, "ca-certificates"}
    assert commands("bare")[-1] == "make site"


def test_no_deployment_is_cut_short():
    assert WORKFLOW["concurrency"]["cancel-in-progress"] == "${{ github.event_name == 'pull_request' }}"
    assert JOBS["publish"]["concurrency"]["cancel-in-progress"] is False
    assert "github.event_name != 'pull_request'" in JOBS["publish"]["if"]
    assert set(JOBS["publish"]["needs"]) >= {"test", "lint"}


def test_launch_buttons_open_the_commit_that_the_pages_show():
    (build,) = [step for step in JOBS["publish"]["steps"] if step.get("run") == "make pdf"]
    assert build["env"]["REPOSITORY_TAG"] == "${{ github.sha }}"


def test_every_night_the_long_tests_run():
    triggers = WORKFLOW[True]  # YAML 1.1 reads `on` as true
    assert triggers["schedule"] and "schedule" in JOBS["long"]["if"]
    assert commands("long")[-1] == "make test-long"


# .ci/run on a machine that is made of a few small programs


def machine(folder: Path, *programs: str, restricted: str) -> dict[str, str]:
    """The environment of a machine with these programs, whose AppArmor refuses user namespaces where that is "1".

    `apt-get install` writes down what it is asked for; a bubblewrap that it brings does not work.
    """
    install = f'echo "$last" >>{folder}/installed; [ "$last" != bubblewrap ] || echo "exit 1" >{folder}/bwrap'
    stubs = {
        **dict.fromkeys(programs, "exit 0"),
        "id": "echo 0",
        "env": 'shift; exec "$@"',
        "dirname": "echo .ci",
        "apt-get": f'[ "$1" = update ] && exit; for last; do :; done; {install}',
        "sysctl": f'[ "$1" = -n ] && echo {restricted} || echo "$@" >>{folder}/changed',
    }
    for name, text in stubs.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o755)
    return {"PATH": str(folder)}


def programs_of_ci(environment: dict[str, str]) -> str:
    """Run `.ci/run programs` on such a machine; what it says."""
    done = subprocess.run(
        ["/bin/sh", ROOT / ".ci" / "run", "programs"], env=environment, capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def read(path: Path) -> list[str]:
    """The lines of a file, none where there is no file."""
    return path.read_text().split("\n")[:-1] if path.exists() else []


def test_a_machine_of_github_gets_what_it_lacks_and_bubblewrap_may_work(tmp_path):
    programs_of_ci(machine(tmp_path, "make", "git", "chromium", "python3", restricted="1"))
    assert read(tmp_path / "installed") == ["erlang-base", "bubblewrap", "valgrind"]
    assert read(tmp_path / "changed") == ["-q -w kernel.apparmor_restrict_unprivileged_userns=0"]


def test_a_machine_that_has_all_is_left_alone(tmp_path):
    said = programs_of_ci(machine(tmp_path, *NEEDED, "python3", restricted="1"))
    assert "The programs are there" in said
    assert not (tmp_path / "installed").exists() and not (tmp_path / "changed").exists()


def test_ci_runs_as_a_program_and_skips_nothing():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert CI.rstrip().endswith("LETITCRASH_NO_SKIPS=1 exec make test")
