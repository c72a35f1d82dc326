"""The tools: make, environment, build, serve, text and notebook, lint and lock."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import build
import interrupt
import lint
import lock
import nbformat
import nbtext
import pytest
import serve
import vendor
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
COMMANDS = ["book", "site", "test", "labs", "bench", "lint", "lock", "text", "notebook", "clean"]


def run(*command: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **options)


def notebook(*cells):
    """A notebook as JSON, with a good id for each cell that has none."""
    for number, cell in enumerate(cells):
        cell.id = cell.metadata.pop("id", f"cell-{number}")
    return json.loads(nbformat.writes(new_notebook(cells=list(cells))))


def test_make_alone_lists_the_commands():
    listed = run("make", cwd=ROOT).stdout
    assert [command for command in COMMANDS if f"make {command} " not in listed] == []


# The environment


def clone(folder: Path) -> Path:
    """Copy the files that `tools/environment.sh` reads into an empty folder."""
    (folder / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "environment.sh", folder / "tools")
    for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    return folder


def program(folder: Path, name: str, text: str) -> str:
    """A small shell program; returns its path."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def test_too_old_a_python_is_one_clear_sentence(tmp_path):
    old = program(tmp_path, "python3.9", 'case "$1" in --version) echo Python 3.9.18;; *) exit 1;; esac')
    said = run("sh", "tools/environment.sh", cwd=clone(tmp_path), env={**os.environ, "PYTHON": old})
    assert said.returncode == 1
    assert said.stderr.count("\n") == 1
    assert "needs Python 3.11, 3.12 or 3.13, and found Python 3.9.18" in said.stderr


def test_without_network_the_install_says_so(tmp_path):
    offline = {**os.environ, "PYTHON": sys.executable, "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "0"}
    offline.update(PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_NO_CACHE_DIR="1", PIP_NO_INDEX="0")
    offline.pop("PIP_FIND_LINKS", None)
    said = run("sh", "tools/environment.sh", cwd=clone(tmp_path), env=offline)
    assert said.returncode == 1
    assert "needs the network once" in said.stderr


def test_an_environment_that_fits_is_left_alone(tmp_path):
    folder = clone(tmp_path)
    said = run(
        "sh", "-c", "cat requirements.txt requirements-dev.txt constraints.txt pyproject.toml | cksum", cwd=folder
    )
    (folder / ".venv" / "bin").mkdir(parents=True)
    program(folder / ".venv" / "bin", "python", "exit 0")
    (folder / ".venv" / "installed").write_text(f"{said.stdout.strip()} {folder}\n")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHON"}
    again = run("sh", "tools/environment.sh", cwd=folder, env=environment)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_constraints_pin_all_that_the_install_takes():
    names = {canonicalize_name(name) for name in pinned()}
    wanted, seen = [Requirement(line) for line in lock.required()], set()
    while wanted:
        requirement = wanted.pop()
        name = canonicalize_name(requirement.name)
        assert name in names, f"{name} is not pinned: run `make lock`"
        if (name, *sorted(requirement.extras)) in seen:
            continue
        seen.add((name, *sorted(requirement.extras)))
        for needed in map(Requirement, metadata.requires(name) or []):
            if any(needed.marker is None or needed.marker.evaluate({"extra": e}) for e in (*requirement.extras, "")):
                wanted.append(needed)


def pinned() -> dict[str, str]:
    """The packages of constraints.txt, with their versions."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE))


def test_every_pin_can_be_installed_on_the_oldest_python():
    packages = {name: (version, requires_python(name, version)) for name, version in pinned().items()}
    assert len(packages) > 100
    assert lock.refusals(packages, lock.oldest_python()) == {}


def requires_python(name: str, version: str) -> str:
    """The Pythons that an installed package admits."""
    installed = metadata.distribution(name)
    assert installed.version == version, f"{name} {version} is pinned: run `make environment`"
    return installed.metadata.get("Requires-Python", "")


def test_a_lock_takes_an_older_release_where_the_oldest_python_refuses_the_newest(monkeypatch):
    releases = {"<=4": ("4.1.2", ">=3.11.5"), "<=2.10": ("2.10", ">=3.9")}

    def pip_would_install(*wanted: str) -> lock.Packages:
        newest = "<=2.10" if "soupsieve<=2.10" in wanted or "--python-version" in wanted else "<=4"
        return {"soupsieve": releases[newest], "six": ("1.17.0", "")}

    monkeypatch.setattr(lock, "pip_would_install", pip_would_install)
    assert lock.resolve_for("3.11.2") == {"soupsieve": ("2.10", ">=3.9"), "six": ("1.17.0", "")}
    assert lock.resolve_for("3.11.5")["soupsieve"] == ("4.1.2", ">=3.11.5")


def test_a_lock_lists_its_pins_by_name():
    assert lock.pins({"b": ("2", ""), "A": ("1.0", ">=3")}).splitlines()[1:] == ["A==1.0", "b==2"]


def test_the_npm_lock_has_a_hash_for_every_package_and_names_no_host():
    text = (vendor.PINS / "package-lock.json").read_text()
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []
    assert "resolved" not in text


def test_npm_and_node_come_from_the_environment_whatever_the_path_holds(monkeypatch, tmp_path):
    program(tmp_path, "node", "exit 1")
    program(tmp_path, "npm", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert re.fullmatch(r"\d+\.\d+\.\d+", vendor.npm("--version", folder=tmp_path).strip())
    assert run(vendor.node(), "--print", "6 * 7").stdout == "42\n"


def test_what_an_install_from_the_folder_leaves_behind_is_not_offered_to_git():
    said = run("git", "check-ignore", "build/lib/x.py", "dist/x.whl", "letitcrash.egg-info/PKG-INFO", cwd=ROOT)
    assert len(said.stdout.split()) == 3


# Text and notebook


@pytest.mark.parametrize(
    "words",
    [
        "# A title\n\nWith a \\rho and $x$.",
        '```python\n"""A docstring."""\n```',
        "Both \"\"\" and '''.\n\n- a\n- b",
        "",
    ],
)
def test_a_notebook_keeps_its_ids_and_tags_as_text_and_back(words, tmp_path):
    path = tmp_path / "one.ipynb"
    code = new_code_cell("x = 1\nx", metadata={"id": "exercise-x", "tags": ["exercise"]})
    path.write_text(json.dumps(notebook(new_markdown_cell(words, metadata={"id": "title"}), code)))
    back = nbtext.to_notebook(nbtext.to_text(path))
    assert [(cell.id, cell.cell_type, cell.source) for cell in back.cells] == [
        ("title", "markdown", words),
        ("exercise-x", "code", "x = 1\nx"),
    ]
    assert back.cells[1].metadata == {"tags": ["exercise"]}


def test_text_whose_cell_has_no_id_is_refused_by_name():
    with pytest.raises(SystemExit, match=r'cell 2 \("print\(1\)"\)'):
        nbtext.to_notebook('# %% [markdown] id="title"\n"""\nA\n"""\n\n# %%\nprint(1)\n')


@pytest.mark.parametrize("text", [None, "{", "{}", "[1]"])
@pytest.mark.parametrize("command", ["to-text", "to-notebook"])
def test_a_file_that_is_not_there_or_no_notebook_is_one_clear_sentence(command, text, tmp_path):
    path = tmp_path / ("nope.ipynb" if command == "to-text" else "nope.py")
    if text is not None:
        path.write_text(text)
    said = run(sys.executable, ROOT / "tools" / "nbtext.py", command, path)
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert said.stderr.count("\n") == 1


@pytest.mark.parametrize("path", lint.notebooks(), ids=lambda path: path.stem)
def test_every_notebook_of_the_book_survives_the_way_to_text_and_back(path):
    before = nbformat.read(path, as_version=4)
    after = nbtext.to_notebook(nbtext.to_text(path))
    keep = [(cell.id, cell.cell_type, cell.source, cell.metadata.get("tags", [])) for cell in before.cells]
    assert [(cell.id, cell.cell_type, cell.source, cell.metadata.get("tags", [])) for cell in after.cells] == keep


# Lint


def lint_faults(*cells):
    return " ".join(lint.faults_of(notebook(*cells)))


def test_lint_names_the_cell_that_breaks_a_rule():
    assert "'a1b2c3d4' says nothing" in lint_faults(new_code_cell("1", metadata={"id": "a1b2c3d4"}))
    twice = notebook(new_code_cell("1", metadata={"id": "twice"}))
    assert "'twice' stands twice" in " ".join(lint.faults_of({**twice, "cells": twice["cells"] * 2}))
    assert "26 lines of code" in lint_faults(new_code_cell("x = 1\n" * 26))
    assert "installs something" in lint_faults(new_code_cell("%pip install numpy"))
    assert "says “simply”" in lint_faults(new_markdown_cell("We simply run it."))
    output = nbformat.v4.new_output("stream", text="1")
    assert "has outputs" in lint_faults(new_code_cell("print(1)", outputs=[output]))


def test_lint_leaves_good_cells_and_code_alone():
    exercise = new_code_cell("x = 1\n" * 40, metadata={"tags": ["exercise"]})
    assert lint_faults(new_markdown_cell("Run `just`:\n\n```sh\njust do\n```"), new_code_cell("x = 1"), exercise) == ""


def test_lint_names_the_commit_whose_subject_is_too_long():
    log = f"abc1234 Pin soupsieve\ndef5678 {'x' * 73}\n"
    (fault,) = lint.faults_of_subjects(log)
    assert fault.startswith("commit def5678: 73 characters, 72 at most")


def test_where_git_cannot_tell_the_subjects_lint_says_so_and_outside_a_clone_there_are_none(tmp_path, monkeypatch):
    """A container that does not trust the folder's owner made the check pass without a look."""
    monkeypatch.setattr(lint, "ROOT", tmp_path)
    assert lint.log_of_commits() == ""
    (tmp_path / ".git").write_text("gitdir: nowhere", encoding="utf-8")
    with pytest.raises(SystemExit, match="`git log` cannot tell the subjects of the commits: fatal"):
        lint.log_of_commits()


def test_the_subjects_of_new_commits_are_short():
    assert list(lint.faults_of_subjects(lint.log_of_commits())) == []


# Build and serve


def test_a_warning_in_a_notebook_names_the_cell():
    assert build.in_cells("a/one.ipynb:120007: WARNING: odd\n") == "a/one.ipynb cell 12, line 7: WARNING: odd\n"
    assert build.in_cells("a/one.md:12: WARNING: odd\n") == "a/one.md:12: WARNING: odd\n"


def test_launch_buttons_open_the_commit_that_is_built_unless_a_tag_is_given(monkeypatch):
    monkeypatch.delenv("REPOSITORY_TAG", raising=False)
    monkeypatch.delenv("REPOSITORY_URL", raising=False)
    assert build.addresses()["REPOSITORY_TAG"] == ""
    monkeypatch.setenv("REPOSITORY_URL", "https://github.com/someone/a-book")
    assert build.addresses()["REPOSITORY_TAG"] == run("git", "rev-parse", "HEAD", cwd=ROOT).stdout.strip()
    monkeypatch.setenv("REPOSITORY_TAG", "v2")
    assert build.addresses()["REPOSITORY_TAG"] == "v2"


def test_a_taken_port_is_passed_over_but_not_when_it_was_asked_for(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port} cannot be used"):
            serve.server(tmp_path, port)
    first = serve.server(tmp_path)
    second = serve.server(tmp_path)
    assert first.server_address[1] != second.server_address[1]
    first.server_close()
    second.server_close()


def test_control_c_ends_every_command_in_one_line(capsys):
    def stopped() -> None:
        raise KeyboardInterrupt

    with pytest.raises(SystemExit) as ended:
        interrupt.run(stopped)
    assert ended.value.code == 130
    assert capsys.readouterr().err.strip().count("\n") == 0
    for path in [*ROOT.glob("tools/*.py"), ROOT / "bench" / "__main__.py"]:
        starts = re.findall(r'^if __name__ == "__main__":\n    (.*)', path.read_text(), re.MULTILINE)
        assert all(start.startswith("interrupt.run(") for start in starts), path.name


def test_control_c_ends_the_server_without_a_traceback(tmp_path):
    (tmp_path / "index.html").touch()
    script = "import interrupt, pathlib, serve; serve.SITE = pathlib.Path(); interrupt.run(serve.main)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tools")}
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "cwd": tmp_path, "env": environment}
    with subprocess.Popen([sys.executable, "-c", script], **options) as process:
        assert "The book is at" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")


@pytest.mark.parametrize("word", ["eighty", "0", "-1", "65536", "80.5"])
def test_what_is_no_port_is_said_to_be_none(word):
    with pytest.raises(SystemExit, match="is not a port"):
        serve.port_from([word])


def test_no_port_is_any_port():
    assert serve.port_from([]) is None
    assert serve.port_from(["8080"]) == 8080
