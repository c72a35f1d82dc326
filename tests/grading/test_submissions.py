"""Bad input gets the status, the sentence and the marks that it deserves."""

import json
import shutil
import stat
import zipfile

import pytest

from letitcrash.classroom.exam import Exercise
from letitcrash.classroom.grading import answers, submissions
from letitcrash.classroom.grading.submissions import Unreadable


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("  \n", "is empty"),
        ("{", "is no JSON"),
        ("print('hello')", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("[1, 2]", "JSON and not a notebook"),
        ('{"metadata": {}}', "has no cells"),
        ('{"cells": 7}', "has no cells"),
        (b"\xff\xfe\x00", "is not text"),
        ('{\n<<<<<<< HEAD\n"cells": []\n=======\n>>>>>>> theirs\n}', "merge conflict"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_file_that_is_no_notebook_is_unreadable_and_says_why(sandbox, hand_in, mark, content, words):
    record = mark(sandbox, "change", hand_in(content))
    assert (record.status, record.points) == ("unreadable", 0)
    assert words in record.note


def changed(notebook, cell_id, **change):
    for cell in notebook["cells"]:
        if cell["id"] == cell_id:
            cell.update(change)
    return notebook


RENAMED = "def chnage(price, paid):\n    return paid - price"


def test_a_renamed_function_is_missing_and_named(sandbox, hand_in, mark, solved):
    record = mark(sandbox, "change", hand_in(solved(change=RENAMED)))
    assert record.status == "missing" and "there is chnage: was it renamed?" in record.note


def test_an_answer_in_a_new_cell_is_found_by_its_name(sandbox, hand_in, mark, solved, lab):
    notebook = solved(change=lab.stub(lab.exercises["change"]))
    answer = {"id": "mine", "cell_type": "code", "source": lab.reference(lab.exercises["change"]), "metadata": {}}
    notebook["cells"].append(answer)
    record = mark(sandbox, "change", hand_in(notebook))
    assert record.status == "correct" and record.how.startswith("found by the names it defines")


def test_a_cell_that_lost_its_id_is_found_by_its_mark(sandbox, hand_in, mark, solved):
    notebook = solved()
    for number, cell in enumerate(notebook["cells"]):
        if cell["id"] == "exercise-change":
            cell["metadata"]["exercise"] = "change"
        cell["id"] = f"a{number}"
    record = mark(sandbox, "change", hand_in(notebook))
    assert record.status == "correct" and record.how.startswith("found by its mark")


def test_of_cells_with_the_same_id_the_last_that_is_done_counts(sandbox, hand_in, mark, solved, lab):
    notebook = solved()
    cell = next(cell for cell in notebook["cells"] if cell["id"] == "exercise-change")
    before = {**cell, "source": "def change(price, paid):\n    return 0"}
    after = {**cell, "source": lab.stub(lab.exercises["change"])}
    at = notebook["cells"].index(cell)
    notebook["cells"][at : at + 1] = [before, cell, after]
    record = mark(sandbox, "change", hand_in(notebook))
    assert record.status == "correct" and "the last of 3 cells" in record.how


def test_an_answer_in_a_cell_turned_into_text_counts_all_the_same(sandbox, hand_in, mark, solved):
    record = mark(sandbox, "change", hand_in(changed(solved(), "exercise-change", cell_type="markdown")))
    assert record.status == "correct" and "turned into text" in record.how


def test_helpers_of_other_cells_come_along(sandbox, hand_in, mark, solved):
    notebook = solved(change="def change(price, paid):\n    return left(price, paid)")
    helper = "import operator\ndef left(price, paid):\n    if paid < price: raise ValueError\n"
    helper += "    return operator.sub(paid, price)"
    notebook["cells"].insert(1, {"id": "h", "cell_type": "code", "source": helper, "metadata": {}})
    record = mark(sandbox, "change", hand_in(notebook))
    assert record.status == "correct" and "2 helper statements of other cells came along" in record.how


def test_an_answer_that_was_split_over_cells_is_put_together(hand_in):
    exercise = Exercise("both", defines=["one", "two"], minutes=1, lines=1)
    cells = [
        {"id": "exercise-both", "cell_type": "code", "source": "def one():\n    return two()", "metadata": {}},
        {"id": "b", "cell_type": "code", "source": "def two():\n    return 2", "metadata": {}},
    ]
    found = answers.find(hand_in({"cells": cells}), exercise, set())
    assert found.answer == "def two():\n    return 2\n\ndef one():\n    return two()"
    assert "two came from another cell" in found.how


def test_a_mistake_in_one_exercise_is_not_paid_for_in_the_next(sandbox, hand_in, mark, solved):
    notebook = solved(change="def change(price, paid):\n    return 0")
    leaning = changed(notebook, "exercise-line", source=LEANS)
    assert mark(sandbox, "line", hand_in(leaning)).status == "correct"


LEANS = """
class Line(list):
    def join(self, name):
        self.append(name)

    def serve(self):
        assert change(1, 3) == 2
        return self.pop(0) if self else None
"""


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def change(price, paid):\n    print 'eggs'", "SyntaxError"),
        ("def change(price, paid)\n    return 0", "SyntaxError"),
        ("def change(price, paid):\n    return 0\n1 / 0", "ZeroDivisionError: division by zero (line 3: 1 / 0)"),
        ("import nowhere\ndef change(price, paid):\n    return 0", "No module named 'nowhere'"),
        ("x = '\0'\n", "null bytes"),
    ],
)
def test_a_cell_that_does_not_run_crashes_and_says_where(sandbox, hand_in, mark, solved, source, words):
    record = mark(sandbox, "change", hand_in(solved(change=source)))
    assert (record.status, record.points) == ("crashed", 0)
    assert record.note.startswith("the cell does not run") and words in record.note


def test_lines_for_ipython_are_left_out(sandbox, hand_in, mark, solved, lab):
    magic = "%%time\n!ls\n" + lab.reference(lab.exercises["change"])
    assert mark(sandbox, "change", hand_in(solved(change=magic))).status == "correct"


def test_another_kernel_s_notebook_is_tried_and_said(sandbox, hand_in, mark, solved):
    notebook = solved()
    notebook["metadata"] = {"kernelspec": {"name": "ir", "language": "R"}}
    record = mark(sandbox, "change", hand_in(notebook))
    assert record.status == "correct" and "for another kernel, R" in record.how


def test_another_lab_s_notebook_is_missing_and_named(sandbox, hand_in, mark):
    other = {"cells": [{"id": "exercise-eggs", "cell_type": "code", "source": "def eggs(): pass", "metadata": {}}]}
    record = mark(sandbox, "change", hand_in(other))
    assert record.status == "missing"
    assert "another lab's notebook, or an older one: it has exercise-eggs" in record.note


def test_nothing_handed_in_is_missing(sandbox, mark):
    record = mark(sandbox, "change")
    assert (record.status, record.note) == ("missing", "nothing was handed in for this lab")


def test_the_untouched_starter_is_missing_with_the_words_of_its_stub(sandbox, hand_in, mark, lab):
    record = mark(sandbox, "change", hand_in((lab.folder / "lab.ipynb").read_text(encoding="utf-8")))
    assert (record.status, record.points) == ("missing", 0)
    assert "give back what is too much" in record.note


@pytest.mark.parametrize(
    "cell",
    [
        7,
        None,
        {},
        {"cell_type": "code"},
        {"cell_type": "code", "source": {"a": 1}},
        {"source": [1, None], "metadata": 7},
    ],
    ids=str,
)
def test_cells_of_a_strange_shape_disturb_nobody(sandbox, hand_in, mark, solved, cell):
    notebook = solved()
    notebook["cells"].insert(0, cell)
    assert mark(sandbox, "change", hand_in(notebook)).status == "correct"


def test_a_notebook_of_format_3_is_read(hand_in, lab):
    source = lab.reference(lab.exercises["change"])
    old = {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": source}]}]}
    found = answers.find(hand_in(old), lab.exercises["change"], set())
    assert found.answer == source and "old format (3)" in found.how


def handed(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}", encoding="utf-8")
    return [(student.name, student.lms_id, len(student.files)) for student in submissions.students(root)]


def test_students_are_folders_or_files_and_lms_names_are_understood(tmp_path):
    assert handed(
        tmp_path,
        "ann/lab.ipynb",
        "ann/deep/er/lab2.ipynb",
        "ann/.ipynb_checkpoints/lab.ipynb",
        "bo.ipynb",
        "Cy Moss_4711_assignsubmission_file_/lab.ipynb",
        "deedee_LATE_812_9931_lab-1.ipynb",
        "edwin_813_9932_lab.ipynb",
        "__MACOSX/x.ipynb",
        "notes.txt",
    ) == [("Cy Moss", "4711", 1), ("ann", "", 2), ("bo", "", 1), ("deedee", "812", 1), ("edwin", "813", 1)]


def test_two_students_of_one_spelling_have_two_files():
    assert submissions.Student("Ann B", "").slug != submissions.Student("Ann-B", "").slug


def test_a_zip_is_unpacked_without_links_and_without_climbing_out(tmp_path):
    path = tmp_path / "class.zip"
    (tmp_path / "target").mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ann/lab.ipynb", "{}")
        archive.writestr("../../climbed.ipynb", "{}")
        archive.writestr("/absolute.ipynb", "{}")
        archive.writestr("bo/conftest.py", "1 / 0")
        link = zipfile.ZipInfo("cy/link.ipynb")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    root = submissions.unpacked(path, tmp_path / "target")
    written = {found.relative_to(root).as_posix(): found.read_text() for found in root.rglob("*") if found.is_file()}
    assert written == {"ann/lab.ipynb": "{}", "bo/conftest.py": ""}, "of what is no notebook, the name alone"
    assert not (tmp_path.parent / "climbed.ipynb").exists()


BO = "Bo Kim_13_assignsubmission_file_/"
ZEROS = b"\0" * 2**23  # held once: all workers keep what tests are made of


def spoilt(at, what, header=b"PK\x01\x02"):
    """The zip with these bytes at a place in Bo's entry of its directory, or behind another header."""

    def spoil(data):
        place = data.rindex(header) + at
        return data[:place] + what + data[place + len(what) :]

    return spoil


@pytest.mark.parametrize(
    ("packed", "spoil", "files"),
    [
        ([(BO + "x" * 240 + ".ipynb", "{}")], None, [2]),
        ([(BO + "lab.ipynb", "{}"), (BO + "lab.ipynb/lab.ipynb", "{}")], None, [2]),
        ([(f"{BO}{number}.ipynb", ZEROS) for number in range(60)], None, [2**23] * 40),
        ([(f"{BO}{number}.ipynb", "{}") for number in range(300)], None, [2] * 40),
        ([*((f"{BO}{number}.png", "{}") for number in range(99)), (BO + "lab.ipynb", "{}")], None, [2]),
        ([(BO + "lab.ipynb", "{}")], spoilt(16, b"\1\2\3\4"), [0]),
        ([(BO + "lab.ipynb", "{}")], spoilt(8, b"\1\0"), [0]),
        ([(BO + "lab.ipynb", "{}")], spoilt(10, b"\x63\0"), [0]),
        ([(BO + "lab.ipynb", "{}" * 99)], spoilt(30 + len(BO + "lab.ipynb"), b"\xff" * 3, b"PK\x03\x04"), [0]),
        ([(BO + "LAB.IPYNB", "{}")], None, [2]),
        ([(BO + "lab.zip", "PK")], None, []),
    ],
    ids=["long name", "file and folder", "bomb", "many", "pictures first", "damaged", "encrypted", "unknown packing",
         "packed wrongly", "capitals", "zip in the zip"],
)  # fmt: skip
def test_what_one_student_packed_spoils_nobody_else_s_work(tmp_path, packed, spoil, files):
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Ann Lee_12_assignsubmission_file_/lab.ipynb", "{}")
        for name, content in packed:
            archive.writestr(name, content)
    if spoil:
        before = path.read_bytes()
        path.write_bytes(spoil(before))
        assert path.read_bytes() != before
    (tmp_path / "target").mkdir()
    ann, bo = submissions.students(submissions.unpacked(path, tmp_path / "target"))
    assert (ann.name, ann.lms_id, [file.stat().st_size for file in ann.files]) == ("Ann Lee", "12", [2])
    assert (bo.name, bo.lms_id, [file.stat().st_size for file in bo.files]) == ("Bo Kim", "13", files)
    taken = sum(file.stat().st_blocks for file in tmp_path.rglob("*") if file.is_file() and file != path)
    assert taken * 512 < 2**20


def test_a_file_s_name_makes_nobody_somebody_else(tmp_path):
    """Bo calls a file as Moodle calls Ann's."""
    sly = "Bo Kim_13_assignsubmission_file_x_12_assignsubmission_file_lab.ipynb"
    assert handed(tmp_path, sly, "bokim_13_77_x_12_78_lab.ipynb") == [("Bo Kim", "13", 1), ("bokim", "13", 1)]


def test_fifty_files_that_carry_names_are_fifty_students(tmp_path):
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(50):
            archive.writestr(f"student{number}.ipynb", "{}")
    (tmp_path / "target").mkdir()
    assert len(submissions.students(submissions.unpacked(path, tmp_path / "target"))) == 50


def test_of_two_notebooks_the_one_that_was_worked_on_counts(sandbox, hand_in, mark, solved, lab):
    done, untouched = hand_in(solved(), "lab.ipynb"), hand_in(solved(), "lab_old.ipynb")
    untouched.write_bytes((lab.folder / "lab.ipynb").read_bytes())
    record = mark(sandbox, "change", done, untouched)
    assert record.status == "correct" and "in lab.ipynb, one of 2 notebooks" in record.how


def test_a_zip_that_is_none_is_unreadable(tmp_path):
    path = tmp_path / "class.zip"
    path.write_bytes(b"PK nothing")
    with pytest.raises(Unreadable, match=r"class\.zip is not a zip"):
        submissions.unpacked(path, tmp_path)


def test_a_notebook_belongs_to_the_lab_that_its_path_or_its_cells_name(tmp_path, lab, hand_in, solved):
    class Other:
        name, exercises = "01_the_till", {}

    labs = [lab, Other()]
    root = tmp_path / "submissions"
    assert submissions.belongs(root / "01_the_till" / "lab.ipynb", root, labs).name == "01_the_till"
    assert submissions.belongs(root / "ann" / "lab01.ipynb", root, labs).name == "01_the_till"
    assert submissions.belongs(hand_in(solved(), "homework.ipynb"), root, labs) is lab
    assert submissions.belongs(hand_in(json.dumps({}), "else.ipynb"), root, labs) is None
    unlucky = tmp_path / "handed-01_x" / "submissions"
    shutil.copytree(root, unlucky)
    assert submissions.belongs(unlucky / "ann" / "homework.ipynb", unlucky, labs) is lab


def test_checks_inside_an_exercise_s_cell_do_nothing_here(sandbox, hand_in, mark, solved, lab):
    answer = lab.reference(lab.exercises["change"])
    answer += (
        "\nfrom letitcrash.classroom import attempt, part, sabotage\ncheck('change')\nwith attempt():\n    finish()\n"
    )
    answer += "assert part('erlang_c').__name__ == 'erlang_c'\n"
    assert mark(sandbox, "change", hand_in(solved(change=answer))).status == "correct"
