"""The command: a whole class in, grades and pages out, and nothing of a submission loaded by the one who grades."""

import csv
import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import pytest
from command import grade, rows

from letitcrash.classroom.grading import gradescope, notes, outputs
from letitcrash.classroom.grading.sandbox import Sandbox

ROOT = Path(__file__).parents[2]
LAB = "00_the_corner_shop"
MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def submissions(tmp_path_factory, lab, solved):
    """A small class: honest, partial, absent, hostile, with names that bite."""
    folder = tmp_path_factory.mktemp("class")

    def hand_in(name, content):
        path = folder / "submissions" / name / "lab.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(content) if isinstance(content, dict) else content, encoding="utf-8")

    hand_in("ann", solved())
    hand_in("bo_4711_assignsubmission_file_", solved(change="def change(price, paid):\n    return paid - price"))
    hand_in("cy", (lab.folder / "lab.ipynb").read_text(encoding="utf-8"))
    hand_in("dee", "{")
    hand_in(
        "=cmd|' /C calc'!A0", solved(change=f"def change(price, paid):\n    print({MARKUP!r})\n    return {MARKUP!r}")
    )
    hand_in(f"{MARKUP.replace('/', '')}\x1b[31m", solved(change=f"raise ValueError({MARKUP!r})"))
    (folder / "submissions" / "dee" / "conftest.py").write_text("open('hacked', 'w')", encoding="utf-8")
    (folder / "submissions" / "conftest.py").write_text("open('hacked', 'w')", encoding="utf-8")
    (folder / "submissions" / "dee" / "test_all.py").write_text("open('hacked', 'w')", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graded(submissions):
    """The class graded once, by two workers."""
    done = grade(submissions, "submissions", "-n", "2", "--junitxml", "junit.xml", "--grade-seed", "5")
    assert done.returncode == 1, done.stdout + done.stderr
    return submissions, done.stdout


def test_there_is_an_item_per_student_and_exercise_and_its_status(graded):
    folder, said = graded
    table = {(row["student"], row["exercise"]): row for row in rows(folder / "grades" / "grades.csv")}
    assert len(table) == 12
    assert table["ann", "change"]["status"] == table["ann", "line"]["status"] == "correct"
    assert (table["bo", "change"]["status"], table["bo", "change"]["points"]) == ("partial", "2")
    assert table["cy", "line"]["status"] == "missing"
    assert table["dee", "line"]["status"] == "unreadable"
    assert {row["seed"] for row in table.values()} == {"5"}
    assert "4 correct" in said or "5 correct" in said


def test_no_code_of_a_submission_runs_in_the_grader_s_process(graded):
    folder, said = graded
    assert not list(folder.rglob("hacked")), said
    assert "test_all" not in said


def test_junit_has_status_points_and_seed_of_each(graded):
    cases = ElementTree.parse(graded[0] / "junit.xml").getroot().findall(".//testcase")
    assert len(cases) == 12
    properties = {item.get("name"): item.get("value") for item in cases[0].iter("property")}
    assert set(properties) == {"status", "points", "total", "seed", "sandbox"} and properties["seed"] == "5"


def test_a_name_cannot_steer_the_terminal(graded):
    assert "\x1b[31m" not in graded[1]


def test_pages_show_what_students_wrote_and_run_none_of_it(graded):
    folder, _ = graded
    pages = [path.read_text(encoding="utf-8") for path in (folder / "grades").rglob("*.html")]
    assert len(pages) == 7
    for page in pages:
        assert "<img" not in page and "<script" not in page
        assert "default-src 'none'" in page
    assert any("&lt;img src=x onerror=alert(1)&gt;" in page for page in pages)


def test_the_class_page_shows_where_it_stumbled_and_what_the_exam_tells_apart(graded):
    page = (graded[0] / "grades" / "class.html").read_text(encoding="utf-8")
    assert "Where the class stumbled" in page and "Who pays too little is told so, and only they." in page
    assert "a debt is negative change" in page and "Who believes that" in page
    assert "Copies are not looked for" in page, "and what no mark says"


def test_a_spreadsheet_takes_no_name_for_a_formula(graded):
    for path in (graded[0] / "grades").glob("*.csv"):
        for row in csv.reader(path.open(newline="", encoding="utf-8")):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_canvas_and_moodle_get_their_columns(graded):
    moodle = {row["Full name"]: row for row in rows(graded[0] / "grades" / f"moodle-{LAB}.csv")}
    assert moodle["bo"]["Identifier"] == "Participant 4711"
    assert (moodle["bo"]["Grade"], moodle["bo"]["Maximum grade"]) == ("6", "7")
    assert "nobody said a word" in moodle["bo"]["Feedback comments"]
    assert "Last modified (grade)" in moodle["bo"], "without it Moodle takes no worksheet"
    canvas = {row["Student"]: row for row in rows(graded[0] / "grades" / f"canvas-{LAB}.csv")}
    assert canvas["    Points Possible"][LAB] == "7" and canvas["ann"][LAB] == "7"


def test_gradescope_gets_a_test_per_criterion_and_the_score_is_their_sum(graded):
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (graded[0] / "grades").rglob("results.json")]
    assert len(found) == 6
    for result in found:
        assert len(result["tests"]) == 5
        assert result["score"] == sum(test["score"] for test in result["tests"])


def test_a_second_run_takes_the_records_and_a_shard_its_part(graded):
    folder, _ = graded
    records = {path: path.stat().st_mtime_ns for path in (folder / "grades" / "records").rglob("*.json")}
    parts = [grade(folder, "submissions", "--grade-seed", "5", "--shard", f"{part}/2", "-q") for part in (1, 2)]
    assert {path: path.stat().st_mtime_ns for path in records} == records
    counts = [sum(int(word) for word in _last(part.stdout).split() if word.isdigit()) for part in parts]
    assert sum(counts) == 12 and 0 not in counts


def test_a_class_in_two_parts_is_the_class_in_one_go_and_a_regrade_is_identical(graded):
    """All but the seconds, in everything that is given out."""
    folder, _ = graded
    for part in ("2/2", "1/2"):
        grade(folder, "submissions", "--grade-to", "parts", "--grade-seed", "5", "--shard", part, "-q")
    grade(folder, "submissions", "--grade-to", "again", "--grade-seed", "5", "-q")
    kept = sorted((folder / "grades").glob("feedback/**/*.html")) + sorted((folder / "grades").rglob("results.json"))
    assert len(kept) == 12
    for path in [*kept, *(folder / "grades").glob("[mc]*.csv")]:
        for other in ("parts", "again"):
            assert (folder / other / path.relative_to(folder / "grades")).read_bytes() == path.read_bytes(), path
    one, two, three = (rows(folder / name / "grades.csv") for name in ("grades", "parts", "again"))
    for row in (*one, *two, *three):
        del row["seconds"]
    assert one == two == three


def test_a_folder_of_grades_keeps_the_seed_that_it_was_begun_with(graded):
    folder, _ = graded
    assert json.loads((folder / "grades" / "seed.json").read_text(encoding="utf-8")) == {"seed": 5}
    done = grade(folder, "submissions", "-q")
    assert "with seed 5" not in done.stderr and {row["seed"] for row in rows(folder / "grades" / "grades.csv")} == {"5"}
    done = grade(folder, "submissions", "--grade-seed", "6")
    assert done.returncode == 4 and "grades was begun with seed 5" in done.stderr


def _last(said):
    return [line for line in said.splitlines() if " passed" in line or " failed" in line][-1].split(" in ")[0]


def test_the_teacher_s_notes_count_are_kept_apart_and_never_written_to(graded):
    folder, _ = graded
    own = folder / "grades" / "notes.csv"
    text = (
        "student,lab,exercise,late_days,points,comment\n"
        f"bo,{LAB},,1,,<b>was ill</b>\n4711,{LAB},change,,3,the idea is right\nnobody,{LAB},,2,,\n"
    )
    own.write_text(text, encoding="utf-8")
    done = grade(folder, "submissions", "--grade-seed", "5", "--grade-late", "10", "-q")
    assert own.read_text(encoding="utf-8") == text
    assert "the notes name 'nobody', who handed nothing in" in done.stdout
    row = next(
        row for row in rows(folder / "grades" / "grades.csv") if (row["student"], row["exercise"]) == ("bo", "change")
    )
    assert (row["machine_points"], row["given_points"], row["points"]) == ("2", "3", "3")
    page = next(path for path in (folder / "grades" / "feedback").rglob("bo-*.html")).read_text(encoding="utf-8")
    assert "6.3 of 7 points" in page and "&lt;b&gt;was ill&lt;/b&gt;" in page and "the machine 2" in page
    result = json.loads(next((folder / "grades" / "gradescope").rglob("bo-*/results.json")).read_text(encoding="utf-8"))
    assert result["score"] == 6.3 == round(sum(test["score"] for test in result["tests"]), 9)
    own.unlink()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (f"bo,{LAB},,soon,,", "line 2, late_days: 'soon' should be a number"),
        (f"bo,{LAB},change,,-1,", "line 2, points: '-1' should be"),
        (f"bo,{LAB},,,3,", "line 2: points are given to an exercise"),
    ],
)
def test_notes_that_cannot_be_meant_are_refused_by_line(tmp_path, row, words):
    path = tmp_path / "notes.csv"
    path.write_text(f"student,lab,exercise,late_days,points,comment\n{row}\n", encoding="utf-8")
    with pytest.raises(notes.NotesError, match=words):
        notes.load(path)


def test_settings_among_the_submissions_stop_the_run(submissions):
    settings = submissions / "submissions" / "dee" / "pytest.ini"
    settings.write_text("[pytest]\naddopts = --grade-seed=1\n", encoding="utf-8")
    done = grade(submissions, "submissions/dee", "-c", str(settings))
    settings.unlink()
    assert done.returncode == 4 and "came with the submissions and would change how they are graded" in done.stderr


def test_without_bubblewrap_every_report_says_untrusted(submissions):
    done = grade(submissions, "submissions", "--grade-to", "loose", "-q", without_bubblewrap=True)
    assert "Untrusted: this was graded without a sandbox" in done.stdout
    for path in (submissions / "loose").rglob("*.html"):
        assert "Untrusted" in path.read_text(encoding="utf-8")
    assert {row["sandbox"] for row in rows(submissions / "loose" / "grades.csv")} == {"untrusted"}


def test_a_seed_is_drawn_once_and_kept(submissions):
    kept = json.loads((submissions / "loose" / "seed.json").read_text(encoding="utf-8"))["seed"]
    assert {row["seed"] for row in rows(submissions / "loose" / "grades.csv")} == {str(kept)}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["submissions", "--shard", "3/2"], "--shard 3/2: should be like 2/5"),
        (["empty"], "no notebook of 00_the_corner_shop was handed in"),
        (["submissions", "--grade", "empty"], "--grade empty: no lab is there"),
    ],
)
def test_a_command_that_cannot_be_meant_says_what_would_be(submissions, options, words):
    (submissions / "empty").mkdir(exist_ok=True)
    done = grade(submissions, *options)
    assert done.returncode == 4 and words in done.stderr


def test_a_zip_from_an_lms_is_graded_and_nothing_of_it_stays_behind(tmp_path, solved):
    (tmp_path / "tmp").mkdir()
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("Ann Lee_12_assignsubmission_file_/lab.ipynb", json.dumps(solved()))
        archive.writestr("Bo Kim_13_assignsubmission_file_/lab.ipynb", "")
    done = grade(tmp_path, "class.zip", "-q", f"--basetemp={tmp_path / 'base'}", temporary=tmp_path / "tmp")
    table = rows(tmp_path / "grades" / "grades.csv")
    assert [(row["student"], row["lms_id"], row["status"]) for row in table] == [
        ("Ann Lee", "12", "correct"),
        ("Ann Lee", "12", "correct"),
        ("Bo Kim", "13", "unreadable"),
        ("Bo Kim", "13", "unreadable"),
    ], done.stdout
    assert not list((tmp_path / "tmp").glob("handed-*")) and not list((tmp_path / "tmp").glob("library-*"))


def test_a_release_that_does_not_stand_here_grades_nobody(library, lab, tmp_path):
    from letitcrash.classroom.grading.proof import prove

    class Broken(type(lab)):
        def reference(self, exercise):
            return "import missing_here\n" + super().reference(exercise)

    assert "the reference for change is crashed" in prove(Broken(lab.folder), lambda _: Sandbox(library), 1, tmp_path)


def test_a_spreadsheet_cell_is_tamed_and_a_number_is_not():
    wild = ("=1+1", "-x", "\t=1", "＝1", "ann", "a\x1b[31m", -1, 2.0)
    assert [outputs.tame(cell) for cell in wild] == ["'=1+1", "'-x", "'\t=1", "'＝1", "ann", "a·[31m", -1, 2]


def test_gradescope_s_autograder_grades_a_submission_in_its_own_place(tmp_path):
    """Its script is run as Gradescope would, with this Python and the zip's library in place of what setup.sh installs.

    Of a real lab, whose solution shows players: the zip once left their scripts out.
    """
    lab = ROOT / "labs" / "01_the_till_and_the_queue"
    archive = gradescope.pack(lab, tmp_path / "autograder.zip", seed=3)
    home = tmp_path / "autograder"
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(home / "source")
        assert packed.getinfo("setup.sh").external_attr >> 16 & 0o111
        assert not [name for name in packed.namelist() if "accept" in name or "reject" in name]
    (home / "python" / "bin").mkdir(parents=True)
    python = home / "python" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{home}/source" exec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    (home / "submission").mkdir()
    shutil.copy(lab / "solution.ipynb", home / "submission" / "lab.ipynb")
    script = (home / "source" / "run_autograder").read_text(encoding="utf-8").replace("/autograder", str(home))
    subprocess.run(["bash", "-c", script], check=True, capture_output=True, timeout=300)
    result = json.loads((home / "results" / "results.json").read_text(encoding="utf-8"))
    assert result["score"] == 34 and "seed 3" in result["output"], result
