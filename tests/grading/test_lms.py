"""What an LMS packs and takes back, by the rules of its own importer, each in a few lines here.

Moodle: mod/assign/feedback/offline/importgradeslib.php and locallib.php. Canvas: lib/gradebook_importer.rb and
lib/content_zipper.rb. GitHub Classroom: gh-classroom's student-repos.go. nbgitpuller: its documentation of links.
"""

import csv
import json
import re
import urllib.parse
import zipfile
from pathlib import Path

import pytest
from command import LABS, grade

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
    taken = moodle_takes(moodle / f"moodle-{LAB}.csv", {"12", "13", "14", "15"}, maximum=7)
    assert {number: points for number, (points, _) in taken.items()} == {"12": 7, "13": 6, "14": 4, "15": 0}
    assert "nobody said a word" in taken["13"][1] and "<br>line: correct, 4 of 4" in taken["13"][1]
    assert "onlinetext.html was handed in, and no notebook" in taken["15"][1]


def test_a_comment_in_moodle_is_html_and_what_a_student_wrote_is_none(moodle):
    comments = "".join(words for _, words in moodle_takes(moodle / f"moodle-{LAB}.csv", {"14"}, 7).values())
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
    assert taken == (LAB, 7, {812: 7, 813: 6, 814: 4, 815: 0})
    assert "belongs to" not in done.stdout


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
    give_back = re.search(r"^for page in .*?^done$", GUIDE, re.MULTILINE | re.DOTALL)[0]
    give_back = give_back.replace("01_the_till_and_the_queue", LAB)
    subprocess.run(["bash", "-ec", give_back], cwd=tmp_path, check=True)
    assert "<h1>lab-1-ann: 00_the_corner_shop</h1>" in (ann / "feedback.html").read_text(encoding="utf-8")


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
