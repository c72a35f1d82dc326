"""The steps of labs/README.md make a new exercise: a lab is written from them as they stand, and keeps the rules."""

import json
import re
import textwrap
from pathlib import Path

import pytest
import test_labs

from letitcrash.classroom import starter
from letitcrash.classroom.release import Release

README = Path(__file__).resolve().parents[1] / "labs" / "README.md"
BLOCK = re.compile(r"^( *)```(\w+) (\S+)(?: (\S+))?\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def lab(tmp_path_factory) -> Release:
    """The lab that the steps make."""
    folder = tmp_path_factory.mktemp("labs") / "99_eggs"
    cells = [cell("setup", "from letitcrash.classroom import check, finish", "setup")]
    for _, language, file, name, text in BLOCK.findall(README.read_text(encoding="utf-8")):
        text = textwrap.dedent(text)
        if file == "solution.ipynb":
            kind = name.split("-")[0]
            cells.append(cell(name, text, *[kind] * (kind in ("exercise", "hint", "check")), code=language == "python"))
            continue
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        before = f"{path.read_text(encoding='utf-8')}\n\n" if path.exists() else ""
        path.write_text(before + text, encoding="utf-8")
    cells.append(cell("finish", "finish()", "check"))
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "solution.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "lab.ipynb").write_text(starter.write(starter.derive(notebook)), encoding="utf-8")
    return Release(folder)


def cell(name, text, *tags, code=True):
    made = {"cell_type": "code" if code else "markdown", "id": name, "metadata": {"tags": list(tags)}, "source": text}
    return {**made, "outputs": [], "execution_count": None} if code else made


def test_the_steps_make_one_exercise_with_samples(lab):
    assert list(lab.exercises) == ["eggs"]
    assert len(lab.accepts()) == 1 and len(lab.rejects()) == 2


@pytest.mark.parametrize(
    "rule",
    [
        test_labs.test_the_starter_is_what_the_solution_gives,
        test_labs.test_no_line_of_the_solution_stands_in_the_starter_outside_its_skeletons,
        test_labs.test_the_exam_and_the_notebook_name_the_same_exercises,
        test_labs.test_every_exercise_has_three_hints_and_a_check_and_the_last_cell_finishes,
    ],
    ids=lambda rule: rule.__name__,
)
def test_the_new_lab_keeps_the_rules_of_labs(lab, rule):
    rule(lab)


@pytest.mark.parametrize(
    "rule",
    [
        test_labs.test_the_solution_scores_full,
        test_labs.test_the_starter_runs_and_what_is_wrong_in_every_lab_scores_nothing,
        test_labs.test_an_answer_that_always_says_the_same_scores_nothing,
        test_labs.test_evidence_of_another_seed_is_not_right_for_this_one,
        test_labs.test_the_case_at_which_an_answer_stopped_is_told_in_words,
        test_labs.test_every_criterion_is_failed_by_some_misconception,
        test_labs.test_every_exercise_is_searched_and_a_class_with_two_objects_that_must_not_be_one,
        test_labs.test_forged_evidence_is_worth_a_quarter_at_most,
    ],
    ids=lambda rule: rule.__name__,
)
def test_the_new_exercise_keeps_the_rules_of_exercises(lab, rule):
    rule(lab, "eggs")


def test_its_samples_fare_as_they_say(lab):
    for sample in lab.accepts():
        test_labs.test_a_correct_answer_of_another_kind_scores_full(lab, sample)
    for sample in lab.rejects():
        test_labs.test_a_misconception_fails_exactly_what_its_header_names_and_is_told_so(lab, sample)
