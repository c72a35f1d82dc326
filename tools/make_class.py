"""A class that handed in a lab, to try grading with: honest, partial, careless, wrong and hostile.

    python tools/make_class.py 100 submissions
    pytest --nbmake --grade labs/01_the_till_and_the_queue submissions/ -n auto --tb=no -q
    python tools/make_class.py 100 submissions --compare grades/grades.csv

The marks that each deserves are known beforehand, for any seed of the exam: the solution and accept/ score full,
reject/ what its header says, and what is hostile or not there scores nothing. The same size makes the same class.
"""

import argparse
import copy
import csv
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import interrupt
from hostile import HOSTILE, MARKUP

from letitcrash.classroom.grading.outputs import tame
from letitcrash.classroom.release import Release

LAB = Path(__file__).parents[1] / "labs" / "01_the_till_and_the_queue"
FIRST = ("Ada", "Bo", "Chen", "Dara", "Emil", "Fatou", "Gita", "Hugo", "Jon", "Kofi", "Lena", "Mila", "Noor", "Otto")
LAST = ("Adeyemi", "Berg", "Castillo", "Dupont", "Eriksen", "Fischer", "Gupta", "Haddad", "Ivanova", "Jansen")
KINDS = ("honest", "partial", "honest", "wrong", "honest", "partial", "careless", "partial", "honest", "hostile")
STRANGE = ("=cmd|' C calc'!A0", MARKUP.replace("/", ""), "Åsa\x1b[31m Øst", "x" * 120)
"""Names that a spreadsheet, a browser, a terminal or a table would take for something else."""


@dataclass(frozen=True)
class Handed:
    """The work that somebody handed in: file names and their contents, and the points that each exercise deserves.

    Contents are a notebook, text, or a function that makes the file at a path.
    """

    name: str
    kind: str
    files: dict[str, dict[str, Any] | str | Callable[[Path], None]]
    deserves: dict[str, float]


class Class:
    """The students in a class of `lab`."""

    def __init__(self, lab: Release):
        self.lab, self.random = lab, random.Random(1704)
        self.exercises = list(lab.exercises.values())
        self.full = {exercise.name: exercise.points for exercise in self.exercises}
        self.none = dict.fromkeys(self.full, 0.0)

    def students(self, size: int) -> Iterator[Handed]:
        """`size` of them: of ten, four are honest, three partial, one wrong, one careless and one hostile."""
        careless, hostile = self.careless(), self.hostile()
        names = [f"{first} {last}" for last in LAST for first in FIRST]
        names += [f"{name} {number}" for number in range(2, 2 + size // len(names)) for name in names]
        for number in range(size):
            kind, name = KINDS[number % len(KINDS)], names[number]
            if kind == "honest":
                yield Handed(name, kind, {"lab.ipynb": self.notebook(self.right())}, self.full)
            elif kind == "partial":
                yield self.mixed(name, kind, "right right reject stub")
            elif kind == "wrong":
                yield self.mixed(name, kind, "reject reject blunder stub")
            else:
                turn = number // len(KINDS)
                what, files, deserves = (careless if kind == "careless" else hostile)(turn)
                name = STRANGE[turn] if kind == "hostile" and turn < len(STRANGE) else name
                yield Handed(name, f"{kind}: {what}", files, deserves)

    def notebook(self, answers: dict[str, str]) -> dict[str, Any]:
        """The lab's notebook with these cells, by exercise; the starter's where none is given."""
        notebook = json.loads((self.lab.folder / "lab.ipynb").read_text(encoding="utf-8"))
        for exercise in self.exercises:
            cell = self.cell(notebook, exercise.cell_id)
            cell["source"] = answers.get(exercise.name, cell["source"])
        return notebook

    def cell(self, notebook: dict[str, Any], cell_id: str) -> dict[str, Any]:
        """The cell of that id."""
        return next(cell for cell in notebook["cells"] if cell["id"] == cell_id)

    def right(self) -> dict[str, str]:
        """A right answer to each exercise: the solution's, or one of accept/."""
        return {
            exercise.name: self.random.choice(
                [self.lab.reference(exercise), *self.samples(self.lab.accepts(), exercise.name)]
            )
            for exercise in self.exercises
        }

    def samples(self, samples: list, name: str) -> list[str]:
        """The sources of those that answer the exercise."""
        return [sample.source for sample in samples if sample.exercise == name]

    def mixed(self, name: str, kind: str, choices: str) -> Handed:
        """Each exercise right, a misconception, a blunder or left alone, as chance has it."""
        answers, deserves = self.right(), dict(self.full)
        for exercise in self.exercises:
            choice = self.random.choice(choices.split())
            if choice == "reject":
                sure = [each for each in self.lab.rejects() if "search" not in each.fields]  # found under every seed
                sample = self.random.choice([each for each in sure if each.exercise == exercise.name])
                held = sample.names("holds")
                answers[exercise.name] = sample.source
                deserves[exercise.name] = sum(each.points for each in exercise.criteria if each.name in held)
            elif choice != "right":
                blunders = self.lab.blunders(exercise)
                what = "the stub" if choice == "stub" else self.random.choice(sorted(blunders))
                answers[exercise.name], deserves[exercise.name] = blunders[what], 0.0
        return Handed(name, kind, {"lab.ipynb": self.notebook(answers)}, deserves)

    def careless(self) -> Callable[[int], tuple[str, dict, dict]]:
        """The work with what goes wrong on its way, by turns."""
        good, first = self.notebook(self.right()), self.exercises[0]

        def but(change: Callable[[dict, dict], Any]) -> dict[str, Any]:
            notebook = copy.deepcopy(good)
            change(notebook, self.cell(notebook, first.cell_id))
            return notebook

        def renamed(_, cell):
            for name in first.defines:
                cell["source"] = re.sub(rf"\b{name}\b", f"{name}_2", cell["source"])

        def moved(notebook, cell):
            notebook["cells"].append({**copy.deepcopy(cell), "id": "mine"})
            cell["source"] = self.lab.stub(first)

        def no_ids(notebook, _):
            for number, cell in enumerate(notebook["cells"]):
                cell["id"] = f"a{number}"

        def python_2(_, cell):
            cell["source"] += "\nprint 'done'"

        def as_text(_, cell):
            cell["cell_type"] = "markdown"

        without_first = {**self.full, first.name: 0.0}
        text = json.dumps(good, indent=1)
        other = {"cells": [{"id": "exercise-x", "cell_type": "code", "source": "def x(): pass", "metadata": {}}]}
        turns = [
            ("not touched", {"lab.ipynb": self.notebook({})}, self.none),
            ("a file that is empty", {"lab.ipynb": ""}, self.none),
            ("a function that was renamed", {"lab.ipynb": but(renamed)}, without_first),
            ("an answer in a new cell", {"lab.ipynb": but(moved)}, self.full),
            ("half a file", {"lab.ipynb": text[: len(text) // 2]}, self.none),
            (
                "a merge conflict",
                {"lab.ipynb": "<<<<<<< HEAD\n" + text + "\n=======\n" + text + "\n>>>>>>> a\n"},
                self.none,
            ),
            ("cells that lost their ids", {"lab.ipynb": but(no_ids)}, self.full),
            ("an answer turned into text", {"lab.ipynb": but(as_text)}, self.full),
            ("Python 2", {"lab.ipynb": but(python_2)}, without_first),
            ("another lab", {"lab.ipynb": other}, self.none),
            ("nothing but an essay", {"essay.txt": "It worked at home."}, self.none),
            ("two notebooks", {"a.ipynb": self.notebook({}), "b.ipynb": good}, self.full),
        ]
        return lambda turn: turns[turn % len(turns)]

    def hostile(self) -> Callable[[int], tuple[str, dict, dict]]:
        """One exercise attacked and the others honest, or the whole notebook, by turns."""

        def answered(turn: int) -> tuple[str, dict, dict]:
            what = list(HOSTILE)[turn * 7 % len(HOSTILE)]
            exercise = self.exercises[turn % len(self.exercises)]
            above, instead = HOSTILE[what]
            body = self.lab.filled(exercise, *instead.split("\n"))
            notebook = self.notebook({**self.right(), exercise.name: above + body})
            return what, {"lab.ipynb": notebook}, {**self.full, exercise.name: 0.0}

        def tricked() -> dict[str, Any]:
            notebook = self.notebook({e.name: self.lab.blunders(e)["returns True"] for e in self.exercises})
            notebook["metadata"] = {"execution": {"allow_errors": True, "timeout": -1}, "nbmake": {"mock": {}}}
            blank = "get_ipython().input_transformers_cleanup.append(lambda lines: [])"
            notebook["cells"].insert(0, {"id": "a", "cell_type": "code", "source": blank, "metadata": {}})
            notebook["cells"] = [cell for cell in notebook["cells"] if not cell["id"].startswith(("check", "finish"))]
            for cell in notebook["cells"]:
                cell["metadata"].setdefault("tags", []).extend(["raises-exception", "skip-execution"])
                cell["outputs"] = [{"output_type": "display_data", "data": {"text/html": MARKUP}, "metadata": {}}]
            return notebook

        def huge(path: Path) -> None:
            with path.open("wb") as file:
                file.truncate(2**31)

        neighbour = f"../{FIRST[0]} {LAST[0]}/lab.ipynb"
        whole = [
            ("metadata, tags and transformers", {"lab.ipynb": tricked(), "conftest.py": "raise SystemExit(0)"}),
            ("a link to a neighbour's file", {"lab.ipynb": lambda path: path.symlink_to(neighbour)}),
            ("two gigabytes", {"lab.ipynb": huge}),
        ]

        def turns(turn: int) -> tuple[str, dict, dict]:
            if turn % 3 == 2:
                return (*whole[turn // 3 % len(whole)], self.none)
            return answered(turn - turn // 3)

        return turns


def make(lab: Release, size: int, target: Path) -> list[Handed]:
    """Write the class into the new folder `target`, a folder a student. Raises FileExistsError."""
    target.mkdir(parents=True)
    everyone = list(Class(lab).students(size))
    for student in everyone:
        for name, content in student.files.items():
            path = target / student.name / name
            path.parent.mkdir(exist_ok=True)
            if callable(content):
                content(path)
            else:
                text = content if isinstance(content, str) else json.dumps(content, indent=1, ensure_ascii=False)
                path.write_text(text, encoding="utf-8")
    return everyone


def compare(everyone: list[Handed], grades: Path) -> list[str]:
    """In a sentence each, where the points in grades.csv are not those deserved."""
    with grades.open(newline="", encoding="utf-8") as file:
        given = {(row["student"], row["exercise"]): row for row in csv.DictReader(file)}
    trouble = []
    for student in everyone:
        for exercise, points in student.deserves.items():
            row = given.get((tame(student.name), exercise))
            said = f"{row['machine_points']}, {row['status']}" if row else "nothing"
            if row is None or float(row["machine_points"]) != points:
                trouble.append(f"{student.name!r} ({student.kind}), {exercise}: deserves {points:g}, was given {said}")
    return trouble


def main() -> int:
    """Make a class, or compare the grades that it was given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int, help="how many students")
    parser.add_argument("target", type=Path, help="a new folder for what they hand in")
    parser.add_argument("--lab", type=Path, default=LAB, help="the lab (labs/01_the_till_and_the_queue)")
    parser.add_argument("--compare", type=Path, metavar="GRADES", help="a grades.csv: was everybody given their due?")
    arguments = parser.parse_args()
    lab = Release(arguments.lab.resolve())
    if arguments.compare:
        trouble = compare(list(Class(lab).students(arguments.size)), arguments.compare)
        print("\n".join(trouble) or f"all {arguments.size} were given what they deserve")
        return 1 if trouble else 0
    try:
        everyone = make(lab, arguments.size, arguments.target)
    except FileExistsError:
        parser.error(f"{arguments.target} is there already: name a new folder")
    for student in everyone:
        print(f"{student.name!r}: {student.kind}")
    return 0


if __name__ == "__main__":
    interrupt.run(main)
