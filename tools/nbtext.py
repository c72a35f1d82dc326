"""A notebook as text and back, cell ids kept.

    python tools/nbtext.py to-text notebooks/01_x.ipynb     writes notebooks/01_x.py
    python tools/nbtext.py to-notebook notebooks/01_x.py    writes notebooks/01_x.ipynb

The text is jupytext's percent format; each cell's id stands in its header: `# %% id="bet-knee"`.
Jupytext alone gives new random ids on every conversion, which breaks grading by id.
"""

import argparse
import sys
from pathlib import Path

import interrupt
import jupytext
import nbformat
from lint import READABLE_ID

HINTS = {
    "to-text": "name a notebook, as in `make text NB=notebooks/01_the_till_and_the_queue`",
    "to-notebook": "`make text` writes it, named as in NB=notebooks/01_the_till_and_the_queue",
}
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


def to_text(path: Path) -> str:
    """The notebook at `path` as percent text."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.metadata = {"id": cell.id, **cell.metadata}
        if cell.cell_type == "markdown" and '"""' in cell.source:
            cell.metadata["cell_marker"] = "" if "'''" in cell.source else "'''"  # "" gives a comment
    notebook.metadata["jupytext"] = {"cell_markers": '"""', "notebook_metadata_filter": "-all"}
    return jupytext.writes(notebook, fmt="py:percent")


def to_notebook(text: str) -> nbformat.NotebookNode:
    """The notebook that the percent text describes. Raises SystemExit naming cells without a good id."""
    notebook = jupytext.reads(text, fmt="py:percent")
    notebook.metadata = {**KERNEL}
    seen: set[str] = set()
    for number, cell in enumerate(notebook.cells, start=1):
        name = cell.metadata.pop("id", None)
        if not name or not READABLE_ID.fullmatch(name) or name in seen:
            first = cell.source.strip().split("\n")[0][:60]
            sys.exit(f'cell {number} ("{first}"): id {name!r} is missing, repeated, or not like "bet-knee-2"')
        seen.add(name)
        for layout in ("lines_to_next_cell", "cell_marker"):
            cell.metadata.pop(layout, None)
        cell.id = name
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    nbformat.validate(notebook)
    return notebook


def converted(direction: str, path: Path) -> Path:
    """Write the other form of the file beside it. Raises SystemExit for a file that is not there or not of its kind."""
    if not path.is_file():
        sys.exit(f"There is no file {path}: {HINTS[direction]}.")
    try:
        if direction == "to-text":
            target, text = path.with_suffix(".py"), to_text(path)
        else:
            target, text = (
                path.with_suffix(".ipynb"),
                nbformat.writes(to_notebook(path.read_text(encoding="utf-8"))) + "\n",
            )
    except (ValueError, AttributeError, nbformat.ValidationError, nbformat.reader.NotJSONError) as error:
        sys.exit(f"{path} cannot be read: {error}")
    target.write_text(text, encoding="utf-8")
    return target


def main() -> None:
    """Convert each file named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("direction", choices=["to-text", "to-notebook"])
    parser.add_argument("files", nargs="+", type=Path)
    arguments = parser.parse_args()
    for path in arguments.files:
        print(f"written: {converted(arguments.direction, path)}")


if __name__ == "__main__":
    interrupt.run(main)
