"""The command: a whole class in, grades and pages out, and nothing of a submission loaded by the one who grades."""

import csv
import dataclasses
import json
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from command import LABS, grade, rows

from letitcrash.classroom.grading import gradescope, marking, notes, options, outputs, results, run
from letitcrash.classroom.grading.sandbox import Sandbox
from letitcrash.classroom.grading.submissions import Student

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
    assert "Where the class stumbled" in page and "A customer who pays too little is told so, and no other is." in page
    assert "a debt is negative change" in page and "A student who believes that" in page
    assert "Copies are not looked for" in page, "and what no mark says"


def test_a_spreadsheet_takes_no_name_for_a_formula(graded):
    for path in (graded[0] / "grades").glob("*.csv"):
        for row in csv.reader(path.open(newline="", encoding="utf-8")):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_canvas_and_moodle_get_their_columns(graded):
    moodle = {row["Full name"]: row for row in rows(graded[0] / "grades" / f"moodle-{LAB}.csv")}
    assert moodle["bo"]["Identifier"] == "Participant 4711"
    assert (moodle["bo"]["Grade"], moodle["bo"]["Maximum grade"]) == ("8", "11")
    assert "nobody said a word" in moodle["bo"]["Feedback comments"]
    assert "Last modified (grade)" in moodle["bo"], "without it Moodle takes no worksheet"
    canvas = {row["Student"]: row for row in rows(graded[0] / "grades" / f"canvas-{LAB}.csv")}
    assert canvas["    Points Possible"][LAB] == "11" and canvas["ann"][LAB] == "11"


def test_gradescope_gets_a_test_per_criterion_and_the_score_is_their_sum(graded):
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (graded[0] / "grades").rglob("results.json")]
    assert len(found) == 6
    for result in found:
        assert len(result["tests"]) == 7
        assert result["score"] == sum(test["score"] for test in result["tests"])


def test_a_second_run_takes_the_records_and_a_shard_its_part(graded):
    folder, _ = graded
    records = {path: path.stat().st_mtime_ns for path in (folder / "grades" / "records").rglob("*.json")}
    parts = [grade(folder, "submissions", "--grade-seed", "5", "--shard", f"{part}/2", "-q") for part in (1, 2)]
    assert {path: path.stat().st_mtime_ns for path in records} == records
    counts = [sum(int(word) for word in _last(part.stdout).split() if word.isdigit()) for part in parts]
    assert sum(counts) == 12 and 0 not in counts


def test_a_rerun_that_changes_nothing_stages_no_library_proves_no_release_and_runs_no_answer(
    graded, tmp_path, monkeypatch
):
    folder, _ = graded
    shutil.copytree(folder / "grades", tmp_path / "grades")
    ours = ("grade_seed", "grade_seconds", "grade_late", "grade_notes", "grade_untrusted", "shard")
    option = SimpleNamespace(**dict.fromkeys(ours), grade=str(LABS), grade_to=str(tmp_path / "grades"))
    for name in ("stage", "prove"):
        monkeypatch.setattr(run, name, lambda *_, name=name: pytest.fail(f"{name} was called"))

    def room(prefix):
        (tmp_path / prefix).mkdir(exist_ok=True)
        return tmp_path / tempfile.mkdtemp(dir=tmp_path / prefix)

    again = run.Run(option, [folder / "submissions"], room, False)
    assert again.unfit() == "" and len([again.mark(task) for task in again.tasks]) == 12
    monkeypatch.setattr(run, "prove", lambda *_: "no simpy")
    again.seed += 1
    assert again.unfit() == f"{LAB} itself does not stand here: no simpy", "what is new is run, so it is proved"


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
    assert "8.1 of 11 points" in page and "&lt;b&gt;was ill&lt;/b&gt;" in page and "the machine 2" in page
    result = json.loads(next((folder / "grades" / "gradescope").rglob("bo-*/results.json")).read_text(encoding="utf-8"))
    assert result["score"] == 8.1 == round(sum(test["score"] for test in result["tests"]), 9)
    own.unlink()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (f"bo,{LAB},,soon,,", "line 2, late_days: 'soon' should be a number"),
        (f"bo,{LAB},change,,-1,", "line 2, points: '-1' should be"),
        (f"bo,{LAB},,,3,", "line 2: points are given to an exercise"),
        (f'\n\nbo,{LAB},change,,1,"a\nb"\nbo,{LAB},,x,,', "line 6, late_days: 'x'"),
        (f'bo,{LAB},change,,1,"was ill\nann,{LAB},change,,1,', "line 2: from here on a quotation mark is not closed"),
    ],
)
def test_notes_that_cannot_be_meant_are_refused_by_line(tmp_path, row, words):
    path = tmp_path / "notes.csv"
    path.write_text(f"student,lab,exercise,late_days,points,comment\n{row}\n", encoding="utf-8")
    with pytest.raises(notes.NotesError, match=words):
        notes.load(path)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("bo,00_the_corner,change,,1,", "line 2: no lab '00_the_corner' is graded here; there is '00_the_corner_shop'"),
        (f"bo,{LAB},chnage,,1,", "line 2: 00_the_corner_shop has no exercise 'chnage'; there is 'change'"),
        (f"bo,{LAB},change,,99,", "line 2, points: 99 is more than the 5 that change is worth"),
        (f"Ann,{LAB},change,,1,", "line 2: 'Ann' is what several students are called; give a number: 12 or 13"),
        (f"BO,{LAB},change,,1,", "the notes name 'BO', who handed nothing in; there is 'bo' (notes.csv, line 2)"),
        (f"nobody,{LAB},change,,1,", "the notes name 'nobody', who handed nothing in (notes.csv, line 2)"),
        (f"bo,{LAB},change,,1,a,b", "line 2: it has more cells than there are columns"),
        (f",{LAB},change,,1,", "line 2: it should name a student and a lab"),
        (f"bo,{LAB},change,,1,\nbo,{LAB},change,,2,", "line 3: points of 'bo' for change stand in an earlier line too"),
        (f"Cy,{LAB},change,,1,\n14,{LAB},change,,2,", "line 3: points of '14', who is 'Cy', stand in an earlier line"),
        (f"14,{LAB},,1,,\nCy,{LAB},change,2,,", "line 3: late_days of 'Cy', who is '14', stand in an earlier line"),
    ],
)  # fmt: skip
def test_a_row_of_notes_that_cannot_count_is_told_with_its_line(tmp_path, lab, text, words):
    path = tmp_path / "notes.csv"
    path.write_text(f"student,lab,exercise,late_days,points,comment\n{text}\n", encoding="utf-8")
    everyone = [Student("bo", ""), Student("Ann", "12"), Student("Ann", "13"), Student("Cy", "14")]
    try:
        said = notes.examine(notes.load(path), marking.tasks([lab], everyone))
    except notes.NotesError as error:
        said = [str(error)]
    assert len(said) == 1 and words in said[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_notes_are_read_as_any_spreadsheet_saves_them(tmp_path, lab, encoding, delimiter):
    path = tmp_path / "notes.csv"
    text = f"student ,lab,exercise,late_days,points,comment\r\nJürgen Groß ,{LAB} ,change\u00a0,1,2,schön\r\n"
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    path.write_bytes((mark + text.replace(",", delimiter)).encode(encoding))
    read = notes.load(path)
    wanted = marking.tasks([lab], [Student("Ju\u0308rgen Groß ", "")])
    assert notes.examine(read, wanted) == []
    [result] = results.results(wanted, tmp_path, read, 10)
    assert (result.late_days, result.lines[0].given, result.lines[0].comments) == (1, 2, ("schön",))


@pytest.mark.parametrize(
    "head", ["student,lab,points", "student,lab,exercise,late_days,points,comment,points", "sep=,"]
)
def test_notes_without_their_heading_are_refused_with_what_stands_there(tmp_path, head):
    path = tmp_path / "notes.csv"
    path.write_text(f"{head}\nbo,{LAB},change,,1,\n", encoding="utf-8")
    with pytest.raises(notes.NotesError, match=f"line 1: it should name the columns.* it is '{head}'"):
        notes.load(path)


def test_notes_that_are_no_text_are_refused_with_their_line(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_bytes(b"student,lab,exercise,late_days,points,comment\nbo,\0x,,,,\n")
    with pytest.raises(notes.NotesError, match=r"notes\.csv, line 2: this is no text"):
        notes.load(path)
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(notes.NotesError, match="folder cannot be read"):
        notes.load(folder)


def test_the_options_of_a_folder_are_kept_as_its_seed_is(tmp_path):
    given = {"grade_late": 10.0, "grade_seconds": 30, "grade_notes": None, "grade_untrusted": False}
    begun, said = options.settle(tmp_path, given, {LAB: "labs/a"}, write=True)
    again, nothing = options.settle(tmp_path, dict.fromkeys(given), {"01_b": "labs/b"}, write=True)
    assert not said and not nothing
    assert {**again, "labs": 0} == {**begun, "labs": 0}
    assert again["grade_late"] == 10 and again["grade_seconds"] == 30 and set(again["labs"]) == {LAB, "01_b"}
    changed, said = options.settle(tmp_path, {"grade_late": 5.0}, {}, write=True)
    assert changed["grade_late"] == 5 and said == ["--grade-late is 5.0 from now on; it was 10.0"]
    (tmp_path / "options.json").write_text("[", encoding="utf-8")
    with pytest.raises(options.OptionsError, match=r"options\.json holds no options: delete it"):
        options.settle(tmp_path, {}, {}, write=True)


def test_tables_keep_everybody_when_one_is_regraded_and_a_late_folder_comes(tmp_path, solved):
    def hand_in(where, content):
        path = tmp_path / where / "lab.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(content), encoding="utf-8")

    half = solved(change="def change(price, paid):\n    return paid - price")
    for name in ("ann", "bo"):
        hand_in(f"submissions/{name}", half)
    own = tmp_path / "own.csv"
    own.write_text(f"student,lab,exercise,late_days,points,comment\nbo,{LAB},,1,,\n", encoding="utf-8")

    def points(*words):
        done = grade(tmp_path, *words, "-q")
        assert done.returncode in (0, 1), done.stdout + done.stderr
        return {(row["student"], row["exercise"]): row["points"] for row in rows(tmp_path / "grades" / "grades.csv")}

    begun = points("submissions", "--grade-late", "10", "--grade-notes", "own.csv")
    assert begun == {(who, what): point for who in ("ann", "bo") for what, point in (("change", "2"), ("line", "6"))}
    late = [row[LAB] for row in rows(tmp_path / "grades" / f"canvas-{LAB}.csv") if row["Student"] == "bo"]
    hand_in("late/cy", solved())
    with_cy = {**begun, ("cy", "change"): "5", ("cy", "line"): "6"}
    assert points("late") == with_cy
    assert points("submissions/bo") == with_cy, "the folder of one student is that student"
    hand_in("late/bo", solved())
    assert points("submissions", "late") == {**with_cy, ("bo", "change"): "5"}
    assert late == ["7.2"]
    [now] = [row[LAB] for row in rows(tmp_path / "grades" / f"canvas-{LAB}.csv") if row["Student"] == "bo"]
    assert now == "9.9", "10 % a day and own.csv, as the folder was begun"


def test_records_of_another_release_are_told_until_their_student_is_graded_again(tmp_path, lab):
    student, stranger = Student("bo", ""), Student("cy", "")
    record = marking.Record("", LAB, "bo", "", "change", "wrong", 0, 5, 1, "sandboxed", 0.1)
    for slug, text in ((student.slug[:11], json.dumps(dataclasses.asdict(record))), (stranger.slug, '{"older": 1}')):
        path = tmp_path / LAB / slug / "change.json"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    assert not marking.earlier([lab], tmp_path)
    for_bo, for_cy = marking.unread([lab], tmp_path, [])
    assert for_bo.startswith(f"records/{LAB}/{student.slug[:11]} was written by another release")
    assert "so bo is in no table: hand the notebook in to this command once more" in for_bo
    assert "so its student is in no table" in for_cy
    present = [
        marking.Task(lab, each, exercise, ()) for each in (student, stranger) for exercise in lab.exercises.values()
    ]
    assert not marking.unread([lab], tmp_path, present)


def test_settings_among_the_submissions_stop_the_run(submissions):
    settings = submissions / "submissions" / "dee" / "pytest.ini"
    settings.write_text("[pytest]\naddopts = --grade-seed=1\n", encoding="utf-8")
    done = grade(submissions, "submissions/dee", "-c", str(settings))
    settings.unlink()
    assert done.returncode == 4 and "came with the submissions and would change how they are graded" in done.stderr


@pytest.fixture(scope="module")
def loose(submissions):
    """The folder of grades that were made without a sandbox."""
    done = grade(submissions, "submissions", "--grade-to", "loose", "-q", without_bubblewrap=True)
    assert "Untrusted: this was graded without a sandbox" in done.stdout
    return submissions / "loose"


def test_without_bubblewrap_every_report_says_untrusted(loose):
    for path in loose.rglob("*.html"):
        assert "Untrusted" in path.read_text(encoding="utf-8")
    assert {row["sandbox"] for row in rows(loose / "grades.csv")} == {"untrusted"}


def test_a_seed_is_drawn_once_and_kept(loose):
    kept = json.loads((loose / "seed.json").read_text(encoding="utf-8"))["seed"]
    assert {row["seed"] for row in rows(loose / "grades.csv")} == {str(kept)}


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


@pytest.mark.parametrize("cell", ["a;=1", "a; =1", 'a;"=1', "a;;+1", "a\n=1", "a\t@x", ";-1", "a;＝1", "=1;=2"])
def test_a_spreadsheet_that_splits_at_semicolons_takes_no_piece_for_a_formula(cell):
    for piece in re.split(r"[;\n\t]", outputs.tame(cell)):
        assert not piece.lstrip(' "').startswith(outputs.FORMULA), piece
    assert outputs.tame("1, -2; a - b") == "1, -2; a - b"


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
    typed_off = (lab / "solution.ipynb").read_text(encoding="utf-8").replace("### BEGIN SOLUTION", "#")
    (home / "submission" / "lab.ipynb").write_text(typed_off.replace("### END SOLUTION", "#"), encoding="utf-8")
    script = (home / "source" / "run_autograder").read_text(encoding="utf-8").replace("/autograder", str(home))
    subprocess.run(["bash", "-c", script], check=True, capture_output=True, timeout=300)
    result = json.loads((home / "results" / "results.json").read_text(encoding="utf-8"))
    assert result["score"] == 44 and "seed 3" in result["output"], result
