"""The answer that counts when a student handed in several notebooks, or none, or what cannot be read."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from letitcrash.classroom.exam import Exercise
from letitcrash.classroom.functions import is_stub
from letitcrash.classroom.grading import answers
from letitcrash.classroom.grading.submissions import Student, Unreadable, as_old, in_order_of_age, is_the_book_s
from letitcrash.classroom.release import Release
from letitcrash.classroom.starter import BEGIN, unmarked
from letitcrash.classroom.verdict import MISSING, UNREADABLE

AS_OLD = "is as old and holds another answer: look at both"
"""Said of a second notebook where no age decides; a teacher is told of it."""


def chosen(
    paths: Sequence[Path], student: Student, lab: Release, exercise: Exercise
) -> answers.Found | tuple[str, str]:
    """The answer in the newest of these notebooks that holds one, a stub where none does; or status and sentence."""
    closed = ", ".join(f"{path.name} cannot be listed: {why}" for path, why in student.closed)
    if closed and not paths:
        return UNREADABLE, f"the folder {closed}; make it readable, and have it graded again"
    if not paths:
        others = ", ".join(path.name[:60] for path in student.others[:5])
        what = f"{others} was handed in, and no notebook: hand in the .ipynb that Jupyter saved" if others else ""
        return MISSING, what or "nothing was handed in for this lab"
    own = [path for path in paths if not is_the_book_s(path)]
    if not own:
        return MISSING, f"{paths[0].name} is the book's own and never counts: hand in lab.ipynb"
    trouble: list[tuple[str, str]] = []
    stub: answers.Found | None = None
    newest: tuple[Path, answers.Found] | None = None
    for path in in_order_of_age(own):
        if newest and not as_old(newest[0], path):
            break
        try:
            found = answers.find(path, exercise, lab.known(exercise))
        except Unreadable as error:
            trouble.append((UNREADABLE, str(error)))
            continue
        if not isinstance(found, answers.Found):
            trouble.append((MISSING, found))
            continue
        if is_the_book_s_answer(found.answer, lab.reference(exercise)):
            own_words = f"the cell in {path.name} is the book's own solution, marks and all, and never counts"
            trouble.append((MISSING, f"{own_words}: hand in lab.ipynb"))
            continue
        if newest:
            if (found.answer, found.helpers) != (newest[1].answer, newest[1].helpers) and not is_stub(found.answer):
                told = f"{newest[1].how}; {path.name} {AS_OLD}"
                return dataclasses.replace(newest[1], how=told)
            continue
        several = f" in {path.name}, one of {len(paths)} notebooks, the newest that holds it"
        several = several if len(paths) > 1 else ""
        found = dataclasses.replace(found, how=found.how + several)
        if not is_stub(found.answer):
            newest = path, found
        stub = stub or found
    if newest or stub:
        return newest[1] if newest else stub
    return min(trouble, key=lambda each: each[0] != MISSING)


def is_the_book_s_answer(answer: str, reference: str) -> bool:
    """Say if a cell is the one of the book's solution.ipynb, whatever the file is called: its marks are still there."""
    return any(map(BEGIN.match, answer.splitlines())) and unmarked(answer).split() == reference.split()
