"""A whole class of lab 1, made so that its due is known, graded by the command of the teacher's guide."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import make_class
from suite import LONG

from letitcrash.classroom.release import Release

ROOT = Path(__file__).parents[2]
LAB = ROOT / "labs" / "01_the_till_and_the_queue"
SIZE = 30 if LONG else len(make_class.KINDS)
"""Students: one of each kind, and in the long suite as many as in a class."""


def test_everybody_in_a_class_is_given_what_they_deserve_by_the_command_of_the_guide(tmp_path):
    everyone = make_class.make(Release(LAB), SIZE, tmp_path / "submissions")
    assert {student.kind.split(":")[0] for student in everyone} == set(make_class.KINDS)
    guide = (ROOT / "book" / "teachers-guide.md").read_text(encoding="utf-8")
    command = shlex.split(re.search(r"^pytest --nbmake .* submissions/ .*$", guide, re.MULTILINE)[0])
    command = [str(ROOT / word) if word.startswith("labs/") else word for word in command]
    patient = ["--grade-seconds", "60", "-p", "no:cacheprovider"]  # a busy machine makes no honest answer late
    done = subprocess.run(
        [sys.executable, "-m", *command, *patient], cwd=tmp_path, capture_output=True, text=True, timeout=540
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert not make_class.compare(everyone, tmp_path / "grades" / "grades.csv")
    assert "FAILED" not in done.stdout and "class.html" in done.stdout


def test_a_class_is_the_same_every_time():
    one, two = (list(make_class.Class(Release(LAB)).students(SIZE)) for _ in range(2))
    assert [(each.name, each.kind, each.deserves) for each in one] == [
        (each.name, each.kind, each.deserves) for each in two
    ]


def test_grades_that_are_not_deserved_are_named(tmp_path):
    everyone = list(make_class.Class(Release(LAB)).students(1))
    path = tmp_path / "grades.csv"
    path.write_text("student,exercise,machine_points,status\nAda Adeyemi,staff,1,partial\n", encoding="utf-8")
    trouble = make_class.compare(everyone, path)
    assert "'Ada Adeyemi' (honest), staff: deserves 8, was given 1, partial" in trouble and len(trouble) == 5
