"""A downloaded notebook in an empty folder and a fresh environment, where only its own first cell brings letitcrash."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import build
import derived
import pytest
from test_pages import Document

PAGES = sorted(
    path.relative_to(build.ROOT).with_suffix("").as_posix()
    for pattern in ("notebooks/*.ipynb", "labs/*/*.ipynb")
    for path in build.ROOT.glob(pattern)
)
CHAPTER = "notebooks/01_the_till_and_the_queue"
LAB = "labs/01_the_till_and_the_queue"
RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=300, kernel_name="python3", allow_errors=True).execute()
nbformat.write(notebook, sys.argv[1])
"""


def downloaded(site_folder: Path, page: str) -> Path:
    """The file behind the link "Download the notebook" of a page."""
    (link,) = [
        target
        for target in Document(site_folder / f"{page}.html").targets
        if "/downloads/" in target and target.endswith(".ipynb")
    ]
    return (site_folder / f"{page}.html").parent.joinpath(link).resolve()


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def text(cell: dict) -> str:
    return "".join(cell["source"])


def file_of(address: str) -> Path:
    """The file that a file: address names."""
    return Path(url2pathname(urlsplit(address).path))


@pytest.mark.parametrize("page", PAGES)
def test_a_downloaded_notebook_installs_the_book_and_keeps_all_else(page, site_folder):
    ours, theirs = read(build.ROOT / f"{page}.ipynb")["cells"], read(downloaded(site_folder, page))["cells"]
    title, install, *others = theirs
    assert title["cell_type"] == "markdown" and "%pip install" in text(install)
    assert [cell["id"] for cell in (title, *others)] == [cell["id"] for cell in ours]
    code = [(cell["id"], text(cell)) for cell in others if cell["cell_type"] == "code"]
    assert code == [(cell["id"], text(cell)) for cell in ours if cell["cell_type"] == "code"]


@pytest.mark.parametrize("page", PAGES)
def test_a_downloaded_notebook_leads_somewhere_and_shows_no_role(page, site_folder):
    prose = "\n".join(
        text(cell) for cell in read(downloaded(site_folder, page))["cells"] if cell["cell_type"] == "markdown"
    )
    assert re.findall(r"\{[a-z][\w:.-]*\}`|^(?:```|:::)\{.*", prose, re.MULTILINE) == []
    targets = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```|`[^`\n]*`", "", prose, flags=re.DOTALL))
    local = [target for target in targets if not target.startswith(("http:", "https:", "#"))]
    assert local and [target for target in local if not file_of(target).is_file()] == []


def test_the_names_of_downloaded_notebooks_differ(site_folder):
    assert len({downloaded(site_folder, page).name for page in PAGES}) == len(PAGES)


def test_the_wheel_on_the_site_holds_every_exam_as_it_is_here(site_folder):
    install = text(read(downloaded(site_folder, CHAPTER))["cells"][1])
    wheel = file_of(re.search(r"%pip install --quiet (\S+)", install)[1])
    assert wheel.parent == site_folder.resolve() / "downloads"
    with zipfile.ZipFile(wheel) as files:
        for exam in build.ROOT.glob("labs/*/exam.py"):
            assert files.read(f"letitcrash/labs/{exam.parent.name}/exam.py") == exam.read_bytes()
        assert not any("/accept/" in name or "/reject/" in name for name in files.namelist())


def test_where_the_site_has_an_address_a_notebook_installs_from_there():
    notebook = {"metadata": {}, "cells": [{"cell_type": "markdown", "source": "# A\n[b](../book/b.md#c) `](d.md)`"}]}
    site = "https://someone.github.io/a-book/"
    title, install = derived.for_download(notebook, "notebooks/a", site, f"{site}downloads/a.whl")["cells"]
    assert text(title) == f"# A\n[b]({site}book/b.html#c) `](d.md)`"
    assert f"%pip install --quiet {site}downloads/a.whl" in text(install)


# Executed in a fresh environment


@pytest.fixture
def fresh(tmp_path) -> Path:
    """The Python of an environment without letitcrash; its other packages are ours, since tests are offline."""
    home = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", home], check=True)
    (packages,) = home.glob("lib/python*/site-packages")
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")  # its own .pth files are not followed
    python = home / "bin" / "python"
    found = subprocess.run([python, "-c", "import letitcrash"], capture_output=True, text=True, cwd=tmp_path)
    assert "ModuleNotFoundError" in found.stderr
    return python


def executed(notebook: dict, python: Path, folder: Path) -> dict[str, dict]:
    """Execute a notebook as the only file of a folder, with `python` as its kernel; its cells by id."""
    folder.mkdir()
    (folder / "one.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1", "HOME": str(folder.parent)}
    unset = ("PYTHONPATH", "JUPYTER_PATH", "LETITCRASH_KEPT", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if name not in unset} | quiet
    subprocess.run([python, "-c", RUN, "one.ipynb"], cwd=folder, env=environment, check=True, timeout=600)
    return {cell["id"]: cell for cell in read(folder / "one.ipynb")["cells"]}


def errors(cells: dict[str, dict]) -> list[str]:
    """The cells that raised, with what they said."""
    return [
        f"{name}: {output['ename']}: {output['evalue']}"
        for name, cell in cells.items()
        for output in cell.get("outputs", [])
        if output["output_type"] == "error"
    ]


def test_a_downloaded_chapter_runs_to_its_end(site_folder, fresh, tmp_path):
    assert errors(executed(read(downloaded(site_folder, CHAPTER)), fresh, tmp_path / "empty")) == []


def test_a_downloaded_lab_is_checked_by_the_exam_of_the_wheel(site_folder, fresh, tmp_path):
    notebook = read(downloaded(site_folder, f"{LAB}/lab"))
    answers = {cell["id"]: cell["source"] for cell in read(build.ROOT / f"{LAB}/solution.ipynb")["cells"]}
    wrong = (build.ROOT / LAB / "reject" / "staff_the_last_that_failed.py").read_text()
    for cell in notebook["cells"]:
        if "exercise" in cell["metadata"].get("tags", []):
            cell["source"] = wrong if cell["id"] == "exercise-staff" else answers[cell["id"]]
    cells = executed(notebook, fresh, tmp_path / "empty")
    checks = {name: json.dumps(cell["outputs"]) for name, cell in cells.items() if name.startswith("check-")}
    assert len(checks) == len([cell for cell in cells if cell.startswith("exercise-")]) >= 4
    assert [name for name, said in checks.items() if " stands" not in said] == ["check-staff"], checks
    (last,) = errors(cells)
    assert last.startswith("finish:") and "1 of" in last
    assert list((tmp_path / "empty" / ".letitcrash").glob("*.py")), "what stands is kept beside the notebook"
