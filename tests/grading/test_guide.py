"""The teacher's guide holds: its commands, its labs, its table of misconceptions."""

import re
from pathlib import Path

import pytest

from letitcrash.classroom.release import releases

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "book" / "teachers-guide.md").read_text(encoding="utf-8")
LABS = releases(ROOT / "labs")


def test_every_option_of_the_guide_is_one_of_the_plugin():
    plugin = (ROOT / "letitcrash" / "classroom" / "grading" / "plugin.py").read_text(encoding="utf-8")
    known = set(re.findall(r'addoption\("(--[a-z-]+)"', plugin)) | {"--nbmake", "--tb", "--junitxml"}
    known |= {"--compare", "--seed", "--directory", "--per-page"}  # of make_class.py, of the autograder, of gh
    assert set(re.findall(r"(?<![\w-])--[a-z-]+", GUIDE)) - {"---"} <= known


def test_every_path_of_the_guide_is_there():
    for path in re.findall(r"(?<![\w/])(?:labs/\w+|tools/\w+\.py|tests/\w+\.py)", GUIDE):
        assert (ROOT / path).exists() or path == "labs/README", path


@pytest.mark.parametrize("lab", [pytest.param(lab, id=lab.name) for lab in LABS])
def test_a_lab_has_two_plans_and_real_misconceptions_of_each_exercise_but_the_plans_fit_their_time(lab):
    part = GUIDE.split(f"### Lab {int(lab.name[:2])}:")[1].split("\n### ")[0].split("\n## ")[0]
    plan, believed = part.split("| a student who believes that")
    rows = [re.findall(r"^\| *(?:(\d+):)?.*?\| *(?:(\d+):)?", line) for line in plan.splitlines() if line[:1] == "|"]
    short, long = (sum(int(row[0][at] or 0) for row in rows) for at in (0, 1))
    assert (short, long) == (50, 90)
    beliefs = {sample.fields["belief"]: sample.exercise for sample in lab.rejects()}
    told = [line.split("|")[1].strip() for line in believed.splitlines()[2:] if line.startswith("|")]
    assert len(told) >= 6 and not set(told) - set(beliefs)
    assert {beliefs[each] for each in told} == set(lab.exercises)


def test_the_points_of_lab_1_are_as_the_guide_says():
    assert sum(exercise.points for exercise in LABS[0].exercises.values()) == 44
    assert "(44 for lab 1)" in GUIDE
