"""A lab as its tests see it: the release, its text, and what its notebook does with a student's answers."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from letitcrash.classroom import parts, starter
from letitcrash.classroom.judge import Scene, scene
from letitcrash.classroom.release import Exercise, Release

FOLDER = Path(__file__).resolve().parents[1] / "labs"


class Lab(Release):
    """One lab: `Lab("03_who_hears_the_crash")`."""

    def __init__(self, slug: str):
        super().__init__(FOLDER / slug)

    @property
    def is_draft(self) -> bool:
        """True when the title cell of its solution is tagged as a draft (see tools/chapter.py)."""
        return "draft" in starter.tags(self.solution["cells"][0])

    @property
    def text(self) -> str:
        """All that its solution says between the code."""
        return "\n".join(cell["source"] for cell in self.solution["cells"] if cell["cell_type"] == "markdown")

    def sample(self, kind: str, name: str) -> str:
        """An answer from accept/ or reject/."""
        samples = self.accepts() if kind == "accept" else self.rejects()
        return next(sample.source for sample in samples if sample.path.stem == name)

    def written(self, exercise: Exercise) -> list[str]:
        """The lines of the solution that the reader writes."""
        stub = self.stub(exercise).splitlines()
        return [line for line in self.reference(exercise).splitlines() if line.strip() and line not in stub]

    def right(self, name: str) -> dict[str, str]:
        """Every right answer to this exercise that we know of: the solution's, and those in accept/."""
        others = {sample.path.stem: sample.source for sample in self.accepts() if sample.exercise == name}
        return {"the solution's": self.reference(self.exercises[name]), **others}

    def names(self, name: str, answer: str = "") -> dict:
        """The names that are defined when this answer, or the solution's, has run after all that it builds on."""
        exercise, names = self.exercises[name], {}
        answer = answer or self.reference(exercise)
        for source in [*self.before(exercise, answer), answer]:
            exec(source, names)
        return names

    def run_cell(self, id: str, names: dict) -> None:
        """Run this cell of the solution with these names."""
        (source,) = (cell["source"] for cell in self.solution["cells"] if cell["id"] == id)
        exec(compile("".join(source), f"<cell {id}>", "exec"), names)

    def keep(self, name: str, answer: str = "") -> None:
        """Keep what this answer, or the solution's, yields, as the lab's notebook would."""
        exercise = self.exercises[name]
        answer = answer or self.reference(exercise)
        for part in exercise.parts:
            parts.keep(part, "\n\n".join([*self.before(exercise, answer), answer]))

    def driven(self, name: str, own: dict[str, Any], case: dict) -> Any:
        """The evidence that the exam's driver brings back from a case when the answer is `own`."""
        return self.exercises[name].drive(SimpleNamespace(**own), case)

    def complaints(self, name: str, own: dict[str, Any], seeds: range) -> list[str]:
        """The exam's complaints about such an answer, which runs here and with nothing put away."""
        exercise = self.exercises[name]
        return [
            said
            for seed in seeds
            for case in exercise.cases_for(seed)
            for evidence in [self.driven(name, own, case)]
            for criterion in exercise.criteria
            if case["kind"] in criterion.on and (said := criterion.judge(case, evidence))
        ]

    def executed(self, name: str, answers: dict[str, str]) -> tuple[nbformat.NotebookNode, CellExecutionError | None]:
        """The notebook after it ran with these answers, and the error that ended it."""
        notebook = nbformat.read(self.folder / name, as_version=4)
        cells = {cell.id: cell for cell in notebook.cells}
        for exercise, answer in answers.items():
            cells[self.exercises[exercise].cell_id].source = answer
        try:
            NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(self.folder)}}).execute()
        except CellExecutionError as raised:
            return notebook, raised
        return notebook, None

    def run(self, name: str, answers: dict[str, str]) -> tuple[dict[str, str], CellExecutionError | None]:
        """The text that each cell printed, by cell id, and the error that ended it."""
        notebook, error = self.executed(name, answers)
        return printed(notebook), error

    def left_open(self, answers: dict[str, str]) -> dict[str, str]:
        """The text that each cell of the lab prints with these answers; Run All reaches the end."""
        outputs, error = self.run("lab.ipynb", answers)
        assert error is not None and error.ename == "Unfinished"
        return outputs

    def mistaken(self, *names: str) -> dict[str, str]:
        """These answers from reject/, by exercise."""
        samples = {sample.path.stem: sample for sample in self.rejects()}
        return {samples[name].exercise: samples[name].source for name in names}

    def scene_of(self, exercise: Exercise, answer: str, seed: int) -> Scene | None:
        """The run that `check` would show for this answer."""
        return scene(exercise, seed, self.gathered(exercise, answer, seed))

    def shown(self, reject: str, seed: int = 0) -> Scene | None:
        """The run that `check` would show for this answer from reject/."""
        [(exercise, answer)] = self.mistaken(reject).items()
        return self.scene_of(self.exercises[exercise], answer, seed)

    def assert_shown_at(self, reject: str, kinds: str, says: str) -> None:
        """The run of this answer opens, under every seed, at an event of one of these kinds, and says this there."""
        for seed in range(10):
            found = self.shown(reject, seed)
            guilty = type(found.events[found.at]).__name__
            assert guilty in kinds.split(" or ") and says in found.why, f"seed {seed}: {guilty}, {found.why}"
            assert [event.at for event in found.events] == sorted(event.at for event in found.events)


def printed(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """The text that each cell of an executed notebook printed, by cell id."""
    return {cell.id: "".join(map(_words, cell.get("outputs", []))) for cell in notebook.cells}


def _words(output: nbformat.NotebookNode) -> str:
    if output.output_type == "stream":
        return output.text * (output.name == "stdout")
    return output.get("evalue") or output.get("data", {}).get("text/plain", "")
