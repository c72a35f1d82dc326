"""Answers in a submission: of its cells, the sources of one exercise, and how they were found."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from letitcrash.classroom import functions, sources
from letitcrash.classroom.cells import python
from letitcrash.classroom.exam import Exercise
from letitcrash.classroom.grading.submissions import Unreadable, source_of
from letitcrash.text import number_of

ANSWER_CHARACTERS = 100_000


@dataclass(frozen=True)
class Found:
    """An answer: the student's cells for an exercise, the helpers it needs, and how it was found."""

    answer: str
    helpers: tuple[str, ...]
    how: str


@lru_cache(maxsize=4)
def cells_of(path: Path) -> tuple[tuple[dict, ...], tuple[str, ...]]:
    """The cells of the notebook at `path`, with id, exercise, code, source and raw; and remarks. Raises Unreadable."""
    text, remarks = source_of(path), []
    if not text.strip():
        raise Unreadable(f"{path.name} is empty")
    if re.search(r"^<{7} |^>{7} ", text, re.MULTILINE):
        raise Unreadable(f"{path.name} holds an unsolved merge conflict (<<<<<<<): solve it and hand it in again")
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(f"{path.name} is not a notebook: it is no JSON") from None
    if not isinstance(notebook, dict):
        raise Unreadable(f"{path.name} is JSON and not a notebook")
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):
        remarks.append("the notebook is of an old format (3)")
        sheets = [sheet.get("cells") for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    if not isinstance(cells, list):
        raise Unreadable(f"{path.name} has no cells: it is not a notebook")
    metadata = notebook.get("metadata")
    spec = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    language = spec.get("language") or spec.get("name") if isinstance(spec, dict) else None
    if isinstance(language, str) and not language.lower().startswith("python"):
        remarks.append(
            f"the notebook is for another kernel, {language[:30]}; its cells were read as Python all the same"
        )
    return tuple(_cell(cell) for cell in cells[:2000] if isinstance(cell, dict)), tuple(remarks)


def _cell(cell: dict) -> dict:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    source = source[:ANSWER_CHARACTERS] if isinstance(source, str) else ""
    metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    return {
        "id": cell.get("id") if isinstance(cell.get("id"), str) else "",
        "exercise": metadata.get("exercise") if isinstance(metadata.get("exercise"), str) else "",
        "code": cell.get("cell_type") == "code",
        "source": python(source),
        "raw": source,
    }


def find(path: Path, exercise: Exercise, known: Iterable[str]) -> Found | str:
    """The answer to `exercise` in the notebook at `path`, or the sentence that says why there is none.

    By the cell's id, else by its metadata, else by the names it defines; a cell that is still the starter's gives way
    to a later one. `known` are the names that the release's own setup defines. Raises Unreadable.
    """
    cells, said = cells_of(path)
    remarks = list(said)
    own = [cell for cell in cells if cell["code"]]
    chosen, how = _chosen(cells, own, exercise)
    if not chosen:
        return _none(cells, own, exercise)
    answer = "\n\n".join(cell["source"] for cell in chosen)
    others = [cell["source"] for cell in own if cell not in chosen]
    absent = [name for name in exercise.defines if name not in sources.binds(answer)]
    if sources.readable(answer) and absent:
        if sources.last_binding(absent, others) is None and len(absent) == len(exercise.defines):
            return _none(cells, own, exercise)
        pulled = sources.helpers("\n".join(absent), others, known)
        answer = "\n\n".join([*pulled, answer])
        remarks.append(f"{', '.join(absent)} came from another cell")
    helpers = sources.helpers(answer, others, known)
    if helpers:
        remarks.append(f"{number_of(len(helpers), 'helper statement')} of other cells came along")
    if any(cell["source"] != cell["raw"] for cell in chosen):
        remarks.append("what is for IPython or awaits outside a function was left out")
    return Found(answer, tuple(helpers), "; ".join([how, *remarks]))


def _chosen(cells: Sequence[dict], own: list[dict], exercise: Exercise) -> tuple[list[dict], str]:
    """The cells that hold the answer, and how they were found."""
    by_id = [cell for cell in own if cell["id"] == exercise.cell_id and cell["source"].strip()]
    by_mark = [cell for cell in own if cell["exercise"] == exercise.name and cell["source"].strip()]
    binding = [cell for cell in own if sources.binds(cell["source"]) & set(exercise.defines)]
    done = [cell for cell in binding if not functions.is_stub(cell["source"])]
    for found, how in ((by_id, "found by its id"), (by_mark, "found by its mark")):
        usable = [cell for cell in found if cell in done or not sources.readable(cell["source"])]
        if usable:
            return usable[-1:], how + (f", the last of {len(found)} cells" if len(found) > 1 else "")
    if done:
        names = set(exercise.defines)
        last = {name: cell["source"] for cell in done for name in names & sources.binds(cell["source"])}
        return [cell for cell in done if cell["source"] in last.values()][
            -len(names) :
        ], "found by the names it defines"
    as_text = [cell for cell in cells if not cell["code"] and sources.binds(cell["source"]) & set(exercise.defines)]
    if as_text:
        return as_text[-1:], "found in a cell that was turned into text"
    if found := by_id or by_mark or binding:
        return found[-1:], "found by its id" if by_id else "found by its mark" if by_mark else "found by its names"
    return [], ""


def _none(cells: Sequence[dict], own: list[dict], exercise: Exercise) -> str:
    bound = set().union(*(sources.binds(cell["source"]) for cell in own)) if own else set()
    name = exercise.defines[0]
    if near := sources.nearest(name, bound):
        return f"no cell defines {name}; there is {near}: was it renamed?"
    others = [cell["id"] for cell in cells if cell["id"].startswith("exercise-")]
    if others and exercise.cell_id not in others:
        return (
            f"no cell defines {name}; this is another lab's notebook, or an older one: it has {', '.join(others[:5])}"
        )
    return f"no cell defines {name}"
