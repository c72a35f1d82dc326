"""Every chapter and every solution runs from its first cell to its last, as nbmake runs it."""

import json
from pathlib import Path

import lint
import pytest
from nbmake.nb_run import NotebookRun

ROOT = Path(__file__).parents[1]
TIMEOUT = 120  # seconds a cell; a whole notebook should take 15
TO_RUN = [path for path in lint.notebooks() if path.name != "lab.ipynb"]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix()


@pytest.mark.parametrize("path", TO_RUN, ids=name_of)
def test_a_notebook_runs_to_its_end(path, tmp_path, monkeypatch):
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    monkeypatch.setenv("LETITCRASH_KEPT", str(tmp_path))  # a reader's own parts stay as they are
    result = NotebookRun(path, TIMEOUT, verbose=False).execute()
    error = result.error
    assert error is None, f"{name_of(path)}, cell {error.failing_cell_index + 1}: {error.summary}\n{error.trace}"


@pytest.mark.parametrize("path", lint.notebooks(), ids=name_of)
def test_a_notebook_is_fit_to_be_read_and_edited(path):
    faults = list(lint.faults_of(json.loads(path.read_text(encoding="utf-8"))))
    assert not faults, f"{name_of(path)}: " + "; ".join(faults)
