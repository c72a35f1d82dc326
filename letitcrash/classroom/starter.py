"""Derive the starter that a student opens from the solution: regions out, words in."""

import copy
import json
import re
from pathlib import Path
from typing import Any

BEGIN = re.compile(r"^(?P<indent>\s*)### BEGIN SOLUTION\b[ \t]*(?P<words>.*?)\s*$")
END = re.compile(r"^\s*### END SOLUTION\s*$")
SHORT = 12
"""A solution line of fewer characters, `return x`, may stand in a starter by chance."""


class LabError(ValueError):
    """A solution.ipynb, accept or reject that cannot be used; the message names the cell or file and what to do."""


def read(path: Path) -> dict[str, Any]:
    """The notebook at `path`, each cell's source one string. Raises LabError."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])
        return notebook
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LabError(f"{path.name} of {path.parent.name} cannot be read as a notebook: {error}") from None


def write(notebook: dict[str, Any]) -> str:
    """The notebook as nbformat writes it."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def tags(cell: dict[str, Any]) -> list[str]:
    """The cell's tags."""
    return cell.get("metadata", {}).get("tags", [])


def derive(solution: dict[str, Any]) -> dict[str, Any]:
    """The starter that `solution` gives. Raises LabError naming the cell."""
    lab, hints = copy.deepcopy(solution), 0
    lab["cells"] = []
    cells = copy.deepcopy(solution["cells"])
    for cell, after in zip(cells, [*cells[1:], {}], strict=True):
        if "solution-only" in tags(cell):
            continue
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        if "exercise" in tags(cell):
            hints = 0
            cell["source"] = stubbed(cell["source"], cell["id"])
            cell["metadata"]["exercise"] = cell["id"].removeprefix("exercise-").replace("-", "_")
            cell["metadata"]["tags"] = [tag for tag in tags(cell) if tag != "hide-input"]
        if "hint" in tags(cell):
            hints += 1
            cell["source"] = folded(f"Hint {hints}", cell["source"])
        lab["cells"].append(cell)
        if "hint" in tags(cell) and "hint" not in tags(after):
            lab["cells"].append(_way_out(cell["id"].removesuffix(f"-{hints}").removeprefix("hint-"), hints))
    return lab


def stubbed(source: str, where: str = "the cell") -> str:
    """The source with each solution region replaced by a raise that says what to do. Raises LabError."""
    lines, inside = [], False
    for line in source.splitlines():
        if begin := BEGIN.match(line):
            if inside or not begin["words"] or not begin["indent"]:
                raise LabError(
                    f"{where}: `{line.strip()}`; a region stands inside one function, is closed before the next one "
                    "begins, and says what to do: ### BEGIN SOLUTION count who waits"
                )
            lines.append(
                f"{begin['indent']}raise NotImplementedError({json.dumps(begin['words'], ensure_ascii=False)})"
            )
            inside = True
        elif END.match(line):
            if not inside:
                raise LabError(f"{where}: an ### END SOLUTION with no BEGIN before it")
            inside = False
        elif not inside:
            lines.append(line)
    if inside:
        raise LabError(f"{where}: a ### BEGIN SOLUTION that nothing ends")
    return "\n".join(lines)


def unmarked(source: str) -> str:
    """The source without the comments that mark its regions."""
    return "\n".join(line for line in source.splitlines() if not BEGIN.match(line) and not END.match(line))


def solution_lines(solution: dict[str, Any]) -> set[str]:
    """The lines inside the solution's regions, stripped, that are long enough and are not given in its cells anyway."""
    inside, outside, hidden = set(), set(), False
    for cell in solution["cells"]:
        for line in cell["source"].splitlines() if "exercise" in tags(cell) else []:
            hidden = bool(BEGIN.match(line)) or (hidden and not END.match(line))
            if not BEGIN.match(line) and len(line.strip()) >= SHORT:
                (inside if hidden else outside).add(line.strip())
    return inside - outside


def folded(summary: str, text: str) -> str:
    """Markdown that folds out, in Jupyter and on the site."""
    return f"<details>\n<summary>{summary}</summary>\n\n{text.strip()}\n\n</details>"


def _way_out(name: str, hints: int) -> dict[str, Any]:
    words = "The whole answer, folded, is on [the solution's page](solution.ipynb). Try once more before you look."
    return {
        "cell_type": "markdown",
        "id": f"solution-{name}",
        "metadata": {"tags": ["hint"]},
        "source": folded("Stuck after both?" if hints == 2 else "Stuck after all of them?", words),
    }
