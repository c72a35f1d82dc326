"""The files that an LMS packs and takes back, by the rules of its own importer, each in a few lines here.

Moodle: mod/assign/feedback/offline/importgradeslib.php and locallib.php, feedback/file/importziplib.php. Canvas:
lib/gradebook_importer.rb, lib/content_zipper.rb and app/models/assignment.rb. GitHub Classroom: gh-classroom's
student-repos.go. nbgitpuller: its documentation of links.
"""

import csv
import json
import re
import sys
import urllib.parse
import zipfile
from dataclasses import asdict
from pathlib import Path

import pytest
from command import LABS, grade

from letitcrash.classroom.grading import files, give_back, marking
from letitcrash.classroom.grading.submissions import Student

LAB = "00_the_corner_shop"
HALF = "def change(price, paid):\n    return paid - price"
MARKUP = "<img src=x onerror=alert(1)>"
SAYS = f"def change(price, paid):\n    return {MARKUP!r}"
GUIDE = (Path(__file__).parents[2] / "book" / "teachers-guide.md").read_text(encoding="utf-8")


def moodle_takes(path, participants, maximum):
    """Grades and comments by participant's number: as Moodle's worksheet importer reads a file."""
    header, *rows = csv.reader(path.open(newline="", encoding="utf-8"))
    grade, identifier, _ = (header.index(name) for name in ("Grade", "Identifier", "Last modified (grade)"))
    comments = header.index("Feedback comments")
    taken = {}
    for row in rows:
        number = row[identifier][len("Participant ") :]
        if number in participants and row[grade] != "" and 0 <= float(row[grade]) <= maximum:
            taken[number] = float(row[grade]), row[comments]
    return taken


def canvas_packs(sortable_name, user, attachment, display_name, late=False):
    """The name of a student's file in Canvas's zip."""
    name = re.sub(r"_(\d+)_", r"\1", sortable_name).lower()
    who = re.sub(r"\W", "", "_".join([name, *(["LATE"] if late else []), str(user)]))
    return f"{who}_{attachment}_" + re.sub(r'[\x00/\\:*?"<>|]+', "_", display_name)


def canvas_takes(path, students):
    """The assignment's title and points, and grades by the number of a user: as Canvas's importer reads a file."""
    header, *rows = csv.reader(path.open(newline="", encoding="utf-8"))
    assert len(header) > 3 and "Student" in header[0] and "ID" in header[1]
    assert re.search(r"SIS\s+User\s+ID", header[2]) and re.search(r"SIS\s+Login\s+ID", header[3])
    assert "Section" in header[4]
    [title] = header[5:]
    taken, possible = {}, None
    for row in rows:
        if "Points Possible" in row[0]:
            possible = float(row[5])
        elif row[1] and int(row[1]) in students:
            taken[int(row[1])] = float(row[5])
    return title, possible, taken


def moodle_takes_pages(path, participants):
    """Pages and their names by participant's number: as Moodle's importer reads a zip of feedback files."""
    taken = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.rsplit("/", 1)[1].startswith((".", "~")):
                continue
            parts = name.split("/")
            while parts:
                info = parts.pop(0).split("_", 4)
                if len(info) < 4 or not info[1].isdigit() or info[1] not in participants:
                    continue
                if f"{info[2]}_{info[3]}" in ("assignsubmission_file", "assignfeedback_file"):
                    rest = "/".join([*info[4:], *parts]).lstrip("/")
                    taken[info[1]] = rest, archive.read(name).decode("utf-8")
                    break
    return taken


def canvas_takes_pages(path, attachments):
    """Pages by the number of a user: as Canvas reads a zip of submissions that a teacher gives back."""
    taken = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            parts = name.rsplit("/", 1)[-1].split("_")
            user, attachment = [int(part) for part in parts if part.isdigit()][:2]
            if attachments.get(user) == attachment and not parts[-1].startswith("link") and not name.startswith("._"):
                taken[user] = archive.read(name).decode("utf-8")
    return taken


@pytest.fixture(scope="module")
def moodle(tmp_path_factory, solved):
    folder = tmp_path_factory.mktemp("moodle")
    with zipfile.ZipFile(folder / "course-lab.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, number, notebook in (
            ("Åsa Øst", 12, solved()),
            ("Bo de la Cruz", 13, solved(change=HALF)),
            ("Cy_Lee", 14, solved(change=SAYS)),
        ):
            archive.writestr(f"{name}_{number}_assignsubmission_file_/lab.ipynb", json.dumps(notebook))
        archive.writestr("Dee_15_assignsubmission_onlinetext_/onlinetext.html", "<p>It worked at home.</p>")
    done = grade(folder, "course-lab.zip", "-q", "--grade-seed", "5")
    assert done.returncode == 1, done.stdout + done.stderr
    return folder / "grades"


def test_moodle_takes_the_worksheet_that_comes_of_its_own_zip(moodle):
    taken = moodle_takes(moodle / f"moodle-{LAB}.csv", {"12", "13", "14", "15"}, maximum=11)
    assert {number: points for number, (points, _) in taken.items()} == {"12": 11, "13": 8, "14": 6, "15": 0}
    assert "nobody said a word" in taken["13"][1] and "<br>line: correct, 6 of 6" in taken["13"][1]
    assert "onlinetext.html was handed in, and no notebook" in taken["15"][1]


def test_moodle_takes_a_page_for_each_student_from_the_zip_that_comes_of_its_own(moodle):
    taken = moodle_takes_pages(moodle / f"feedback-moodle-{LAB}.zip", {"12", "13", "14", "15"})
    assert {name for name, _ in taken.values()} == {f"feedback-{LAB}.html"}
    named = {number: re.search("<h1>(.*?): ", page)[1] for number, (_, page) in taken.items()}
    assert named == {"12": "Åsa Øst", "13": "Bo de la Cruz", "14": "Cy_Lee", "15": "Dee"}
    assert not list(moodle.glob("feedback-canvas*"))


def test_a_comment_in_moodle_is_html_and_what_a_student_wrote_is_none(moodle):
    comments = "".join(words for _, words in moodle_takes(moodle / f"moodle-{LAB}.csv", {"14"}, 11).values())
    assert "&lt;img src=x" in comments and not re.search(r"<(?!br>)", comments)


def test_canvas_takes_the_gradebook_that_comes_of_its_own_zip(tmp_path, solved):
    files = [
        (canvas_packs("Øst, Åsa", 812, 9931, "lab.ipynb"), solved()),
        (canvas_packs("O_Brien, Bo", 813, 9932, "my lab-1.ipynb", late=True), solved(change=HALF)),
        (canvas_packs("Lee, Cy", 814, 9933, "lee_812_7_lab.ipynb"), solved(change=SAYS)),
        (canvas_packs("Poe, Di", 815, 9934, "lab.pdf"), {}),
    ]
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, notebook in files:
            archive.writestr(name, json.dumps(notebook))
    done = grade(tmp_path, "submissions.zip", "-q", "--grade-seed", "5")
    assert done.returncode == 1, done.stdout + done.stderr
    taken = canvas_takes(tmp_path / "grades" / f"canvas-{LAB}.csv", {812, 813, 814, 815})
    assert taken == (LAB, 11, {812: 11, 813: 8, 814: 6, 815: 0})
    assert "belongs to" not in done.stdout
    pages = canvas_takes_pages(
        tmp_path / "grades" / f"feedback-canvas-{LAB}.zip", {812: 9931, 813: 9932, 814: 9933, 815: 9934}
    )
    assert set(pages) == {812, 813, 814, 815} and "8 of 11 points" in pages[813]


def test_a_name_that_holds_somebody_else_s_number_is_pointed_out(tmp_path, solved):
    for name in ("Ann_12_assignsubmission_file_", "Bo_12_assignsubmission_file__13_assignsubmission_file_"):
        path = tmp_path / "submissions" / name / "lab.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(solved()), encoding="utf-8")
    done = grade(tmp_path, "submissions", "-q")
    assert "number 12 belongs to 'Ann' and to 'Bo': find out whose it is" in done.stdout


def test_the_guide_s_loops_for_clones_and_homes_do_what_they_say(tmp_path, solved):
    """Clones lie in <assignment>-submissions/<repository>; homes in /home/<student>."""
    import subprocess

    ann = tmp_path / "clones" / "lab-1-submissions" / "lab-1-ann"
    home = tmp_path / "home" / "ann" / "course" / "lab1"
    for folder in (ann, home):
        folder.mkdir(parents=True)
        (folder / "lab.ipynb").write_text(json.dumps(solved()), encoding="utf-8")
    collect = re.search(r"^for lab in /home.*?^done$", GUIDE, re.MULTILINE | re.DOTALL)[0]
    subprocess.run(["bash", "-ec", collect.replace("/home/", f"{tmp_path}/home/")], cwd=tmp_path, check=True)
    assert (tmp_path / "submissions" / "ann" / "lab.ipynb").is_file()
    grade(tmp_path, "clones/lab-1-submissions", "-q")
    for command in re.findall(r"^python (-m letitcrash.classroom.grading.give_back .*)$", GUIDE, re.MULTILINE):
        words = command.replace("'/home/", f"'{tmp_path}/home/").replace("clones/", f"{tmp_path}/clones/")
        home_or_clone = "homes" if "/home/" in words else "grades"
        words = words.replace(" grades ", f" {home_or_clone} ")
        if home_or_clone == "homes":
            grade(tmp_path, "submissions", "-q", "--grade-to", "homes")
        subprocess.run(["bash", "-ec", f"{sys.executable} {words}"], cwd=tmp_path, check=True)
    assert "<h1>lab-1-ann: 00_the_corner_shop</h1>" in (ann / "feedback.html").read_text(encoding="utf-8")
    assert "<h1>ann: 00_the_corner_shop</h1>" in (home / "feedback.html").read_text(encoding="utf-8")


def test_the_guide_s_link_for_nbgitpuller_opens_the_lab_in_the_repository_that_it_pulls():
    link = re.search(r"^https://\S+/git-pull\S+$", GUIDE, re.MULTILINE)[0]
    parts = urllib.parse.urlsplit(link)
    asked = {name: value for name, [value] in urllib.parse.parse_qs(parts.query).items()}
    assert parts.path == "/hub/user-redirect/git-pull" and set(asked) == {"repo", "branch", "urlpath"}
    repository = asked["repo"].rstrip("/").rsplit("/", 1)[1]
    assert asked["repo"].startswith("https://") and asked["urlpath"].startswith(f"lab/tree/{repository}/")


def test_gradescope_is_told_what_its_format_knows(moodle):
    """The fields of results.json, their types and words, from Gradescope's autograder specification."""
    assert (LABS / LAB).is_dir()
    found = list(moodle.rglob("results.json"))
    assert len(found) == 4
    for path in found:
        result = json.loads(path.read_text(encoding="utf-8"))
        known = {"score", "output", "output_format", "test_output_format", "test_name_format", "stdout_visibility"}
        assert set(result) <= known | {"visibility", "execution_time", "extra_data", "leaderboard", "tests"}
        assert {result[name] for name in known if name.endswith("format")} == {"text"}
        for test in result["tests"]:
            assert set(test) <= {"name", "score", "max_score", "status", "output", "visibility", "tags", "number"}
            assert test.get("status", "failed") in ("passed", "failed")
            assert isinstance(test["name"], str) and isinstance(test["output"], str)
            assert 0 <= test["score"] <= test["max_score"]


@pytest.fixture
def grades(tmp_path):
    """Records and pages of students whose names are alike, or lead elsewhere."""
    for name in ("ann", "ann-12345678", "Ann", "an*", "..", "lost"):
        student = Student(name, "")
        record = marking.Record("", LAB, name, "", "change", "wrong", 0, 5, 1, "sandboxed", 0.1)
        files.replace(tmp_path / "grades" / "records" / LAB / student.slug / "change.json", json.dumps(asdict(record)))
        files.replace(tmp_path / "grades" / give_back.page(LAB, student.slug), f"for {name}")
    for name in ("ann", "ann-12345678", "Ann", "an*", "eve"):
        (tmp_path / "class" / name).mkdir(parents=True)
    return tmp_path


def test_each_page_is_given_back_to_the_student_whose_it_is_however_alike_their_names(grades):
    said = dict(give_back.copy(grades / "grades", f"{grades}/class/{{student}}/feedback.html"))
    for name in ("ann", "ann-12345678", "Ann", "an*"):
        assert (grades / "class" / name / "feedback.html").read_text(encoding="utf-8") == f"for {name}"
    assert said["lost"] == f"not copied: there is no folder {grades}/class/lost"
    assert "leads elsewhere" in said[".."] and not (grades / "feedback.html").exists()
    assert not (grades / "class" / "eve" / "feedback.html").exists()


def test_a_page_given_back_follows_no_link_of_a_student(grades):
    secret = grades / "secret"
    secret.mkdir()
    (secret / "feedback.html").write_text("mine", encoding="utf-8")
    (grades / "class" / "ann").rmdir()
    (grades / "class" / "ann").symlink_to(secret)
    (grades / "class" / "Ann" / "feedback.html").symlink_to(secret / "feedback.html")
    said = dict(give_back.copy(grades / "grades", f"{grades}/class/{{student}}/feedback.html"))
    assert "leads elsewhere over a link" in said["ann"]
    assert (secret / "feedback.html").read_text(encoding="utf-8") == "mine"
    assert (grades / "class" / "Ann" / "feedback.html").read_text(encoding="utf-8") == "for Ann"


@pytest.mark.parametrize(
    ("where", "pattern", "lab", "words"),
    [
        ("grades", "class/feedback.html", "", "one of its folders should hold {student}"),
        ("grades", "class/{student}.html", "", "one of its folders should hold {student}"),
        ("grades", "class/{student}/x.html", "01_b", f"has no pages of 01_b; there are {LAB}"),
        ("class", "class/{student}/x.html", "", "has no pages: is it a folder of grades"),
    ],
)
def test_a_place_that_cannot_be_meant_is_refused_with_what_would_be(grades, where, pattern, lab, words):
    with pytest.raises(give_back.GiveBackError) as refused:
        list(give_back.copy(grades / where, pattern, lab))
    assert words in str(refused.value)
