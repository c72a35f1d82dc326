"""Bad input gets the status, the sentence and the marks that it deserves."""

import asyncio
import importlib.util
import json
import os
import re
import shutil
import stat
import textwrap
import zipfile

import pytest

from letitcrash.classroom import cells, examine
from letitcrash.classroom.exam import Exercise
from letitcrash.classroom.grading import answers, archives, marking, submissions
from letitcrash.classroom.grading.submissions import Unreadable
from letitcrash.classroom.reader import Reader


@pytest.fixture
def in_a_loop():
    """Call a function while an asyncio loop runs, as a notebook's kernel does."""

    def called(function):
        async def inside():
            return function()

        return asyncio.run(inside())

    return called


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


SAME = {
    "numpy": "import numpy as np\n{0}\nassert np.arange(9).sum() == 36 and np.random.default_rng(1).random() < 1",
    "matplotlib": "import matplotlib.pyplot as plt\nfrom matplotlib import ticker\n_, axes = plt.subplots()\n{0}",
    "pictures taken apart": "import matplotlib.pyplot as plt\n_, (a, b) = plt.subplots(1, 2)\n"
    "line, *more = plt.plot([1])\ncount, edges, bars = plt.hist([1])\n"
    "[bar.set(width=a.dpi * 2 + float(edges[0])) for bar in bars]\n"
    "{0}",
    "of this version": "import matplotlib\nassert matplotlib.__version__ > '3'\n{0}",
    "main": "if __name__ == '__main__':\n    low = 0\n{0}\nassert low == 0",
    "IPython": "from IPython.display import display, Markdown\ndisplay(Markdown('x'))\n{0}",
    "display": "display(3)\nget_ipython().run_line_magic('time', '1')\n{0}",
    "time on top": "%%time\n{0}",
    "timeit into a name": "best = %timeit -o sum([1])\n{0}",
    "shell": "!ls\nfiles = !ls\n{0}\n!pip install numpy",
    "help": "sum?\n{0}\n?sum",
    "used time": "best = %timeit -o sum([1])\nprint(best.average)\n{0}",
    "used shell": "files = !ls\nprint(len(files), files[0])\nfiles = [1]\nassert files == [1]\n{0}",
    "shell on two lines": "!ls \\\n  -l\n{0}",
    "future below time": "%%time\nfrom __future__ import annotations\n{0}",
    "used await": "async def g():\n    return 3\nx = await g()\ny = x + 1\nprint(y)\n{0}",
    "asynchronous loop": "async def g():\n    yield 3\nx = [y async for y in g()]\nassert x == [3]\n{0}",
    "await": "import asyncio\nx = await asyncio.sleep(0)\n{0}\nawait asyncio.sleep(0)",
    "history": "print(_, Out[3], In)\nlast = _ + 1\n{0}\nfor _ in range(2):\n    print(_)",
    "help behind a statement": "x = 1; sum?\n{0}\nsum.real?\nx[0]??",
    "help of a magic": "%time?\n{0}\n*int*?",
    "options of time": "%time -q x = 1\n%prun -s cumulative sum([1])\n{0}",
    "shell into an item": "seen = {{}}\nseen['ls'] = !ls\nnames: list = !ls\n{0}\nassert list() == []",
    "calls without brackets": "/print 3\n,print a b\n;print a b\n{0}",
    "assigned time": "%time seen = sum([1, 2])\n{0}",
}


@pytest.mark.parametrize("frame", SAME.values(), ids=SAME)
def test_green_for_the_student_is_full_for_the_grader(sandbox, hand_in, mark, solved, lab, frame):
    """The same cell, asked by `check` in a notebook's names and by the grader in the sandbox."""
    cell = frame.format(lab.reference(lab.exercises["change"]))
    record = mark(sandbox, "change", hand_in(solved(change=cell)))
    assert record.status == "correct", record
    assert not cells.not_importable(cell)
    if not all(importlib.util.find_spec(name) for name in cells.IMPORTABLE if f"import {name}" in cell):
        return  # in this kernel the import itself would fail
    exercise = lab.exercises["change"]
    names = {"In": ["", cell]}
    reader = Reader(names)
    names.update(dict.fromkeys(exercise.defines))
    assert examine.examine(exercise, reader).status == "correct"


@pytest.mark.parametrize("form", ["\ufeff{0}", "indented", "prompts", "numbers"])
def test_a_cell_that_a_notebook_runs_as_it_was_pasted_counts_for_both(sandbox, hand_in, mark, solved, lab, form):
    lines = lab.reference(lab.exercises["change"]).splitlines()
    before = {"indented": ("    ", "    "), "prompts": (">>> ", "... "), "numbers": ("In [3]: ", "   ...: ")}
    first, others = before.get(form, (form[:1], ""))
    cell = "\n".join([first + lines[0], *(others + line for line in lines[1:])])
    assert mark(sandbox, "change", hand_in(solved(change=cell))).status == checked(lab, cell) == "correct"


def checked(lab, cell):
    """The status that a reader's check gives this cell, which defines `change`."""
    return examine.examine(lab.exercises["change"], Reader({"In": ["", cell], "change": None})).status


BEFORE = {
    "filled": "low = {}\n#---\nlow['cents'] = 0\n#---\nlow[9] = 3\ndel low[9]",
    "filled in a loop": "low = {}\nfor each in ['cents']:\n    low[each] = 0",
    "appended": "seen = []\nseen.append(0)\nseen.sort()\nlow = {'cents': seen[0]}",
    "updated": "low = dict(cents=3)\n#---\nlow.update(cents=0)\nlow.add(3)",
    "counted down": "cents = 2\ncents -= 1\n#---\ncents = cents - 1\nlow = {'cents': cents}",
    "chosen": "low = {'cents': 0}\nif len('x') > 1:\n    low = 3",
    "an attribute": "class Shop:\n    pass\nShop.low = 0\nlow = {'cents': Shop.low}",
    "from anywhere": "from math import *\nlow = {'cents': floor(0.5)}",
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
def test_what_other_cells_did_to_a_helper_comes_along(sandbox, hand_in, mark, solved, lab, before):
    answer = lab.reference(lab.exercises["change"]).replace("paid < price", "paid - price < low['cents']")
    notebook = solved(change=answer)
    for number, source in enumerate(before.split("\n#---\n")):
        cell = {"cell_type": "code", "id": f"own-{number}", "metadata": {}, "source": source}
        notebook["cells"].insert(1 + number, cell)
    record = mark(sandbox, "change", hand_in(notebook))
    assert record.status == "correct", record


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def fill():\n    global low\n    low = 0\nfill()", "name 'low' is not defined"),
        (f"with open({__file__!r}) as text:\n    low = 0", "grading has no"),
        ("low = 0", ""),
    ],
)
def test_a_check_says_what_grading_would_not_take_along(lab, source, words):
    answer = lab.reference(lab.exercises["change"]).replace("paid < price", "paid - price < low")
    names = {"In": ["", source, answer]}
    exec(f"{source}\n{answer}", names)
    verdict = examine.examine(lab.exercises["change"], Reader(names))
    assert verdict.status == "correct"
    assert len(verdict.remarks) == bool(words) and words in "".join(verdict.remarks)


REFUSED = {
    "a file": "open('seen.txt', 'w').write('3')",
    "a file by its path": "from pathlib import Path\nPath('seen.txt').write_text('3')",
    "a file for a while": "import tempfile\ntempfile.NamedTemporaryFile()",
    "a file by numpy": "import numpy\nnumpy.save('seen.npy', [3])",
    "nothing into nowhere": "import os\nopen(os.devnull, 'w')",
    "a folder": "import os\nos.makedirs('seen')",
    "what the notebook lies beside": "open(LAB).read()",
    "a program": "import subprocess\nsubprocess.run(['true'])",
    "a shell": "import os\nassert os.system('true') == 0",
    "a thread": "import threading\nthreading.Thread(target=print).start()",
    "a pool": "from concurrent.futures import ThreadPoolExecutor\nThreadPoolExecutor().submit(print)",
    "a connection": "import socket\nsocket.create_connection(('127.0.0.1', 9))",
    "a loop that runs": "import asyncio\nasyncio.get_running_loop()",
}


@pytest.mark.parametrize("line", REFUSED.values(), ids=REFUSED)
def test_what_grading_refuses_an_answer_check_refuses_too(sandbox, hand_in, mark, solved, lab, line, in_a_loop):
    line = line.replace("LAB", repr(str(lab.folder / "exam.py")))
    if "numpy" in line and not importlib.util.find_spec("numpy"):
        return
    right = lab.reference(lab.exercises["change"])
    inside = f"def change(price, paid):\n{textwrap.indent(line, '    ')}\n    return right(price, paid)"
    for cell in (f"{line}\n{right}", f"{right}\nright = change\n{inside}"):
        assert mark(sandbox, "change", hand_in(solved(change=cell))).status in ("crashed", "wrong")
        assert in_a_loop(lambda cell=cell: checked(lab, cell)) != "correct"


HARMLESS = {
    "a loop": "import asyncio\nassert asyncio.get_event_loop().run_until_complete(asyncio.sleep(0, 3)) == 3",
    "a run": "import asyncio\nassert asyncio.run(asyncio.sleep(0, 3)) == 3",
    "a module's source": "import inspect, json\nassert inspect.getsource(json)",
    "a database in memory": "import sqlite3\nsqlite3.connect(':memory:')",
}


@pytest.mark.parametrize("line", HARMLESS.values(), ids=HARMLESS)
def test_what_harms_nobody_is_left_to_an_answer_by_both(sandbox, hand_in, mark, solved, lab, line, in_a_loop):
    cell = f"{line}\n" + lab.reference(lab.exercises["change"])
    assert mark(sandbox, "change", hand_in(solved(change=cell))).status == "correct"
    assert in_a_loop(lambda: checked(lab, cell)) == "correct"


def test_the_doors_are_open_again_after_a_check(tmp_path, in_a_loop, lab):
    names = {"In": ["", "def change(price, paid):\n    return 0"], "change": None}

    def checked():
        loop = asyncio.get_running_loop()
        examine.examine(lab.exercises["change"], Reader(names))
        assert asyncio.get_running_loop() is asyncio.get_event_loop() is loop

    in_a_loop(checked)
    (tmp_path / "seen.txt").write_text("3")


@pytest.mark.parametrize("module", ["pandas", "plotly", "nbmake", "pytest"])
def test_what_grading_cannot_import_check_refuses_in_words(sandbox, hand_in, mark, solved, lab, module):
    cell = f"import {module}\n" + lab.reference(lab.exercises["change"])
    assert f"No module named '{module}'" in mark(sandbox, "change", hand_in(solved(change=cell))).note
    assert cells.not_importable(cell) == [module]


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
    root = archives.unpacked(path, tmp_path / "target")
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
    ann, bo = submissions.students(archives.unpacked(path, tmp_path / "target"))
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
    assert len(submissions.students(archives.unpacked(path, tmp_path / "target"))) == 50


def test_of_two_notebooks_the_one_that_was_worked_on_counts(sandbox, hand_in, mark, solved, lab):
    done, untouched = hand_in(solved(), "lab.ipynb"), hand_in(solved(), "lab_old.ipynb")
    untouched.write_bytes((lab.folder / "lab.ipynb").read_bytes())
    record = mark(sandbox, "change", done, untouched)
    assert record.status == "correct" and "in lab.ipynb, one of 2 notebooks" in record.how


def test_a_zip_that_is_none_is_unreadable(tmp_path):
    path = tmp_path / "class.zip"
    path.write_bytes(b"PK nothing")
    with pytest.raises(Unreadable, match=r"class\.zip is not a zip"):
        archives.unpacked(path, tmp_path)


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


def test_a_folder_that_cannot_be_listed_is_not_nothing_handed_in(tmp_path, monkeypatch, sandbox, lab, solved):
    """Root may list everything, so the system's refusal is made here."""
    listed = submissions.os.scandir

    def refuse(path):
        if str(path).endswith(("shut", "inner", "class")):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    for name in ("ann/lab.ipynb", "shut/lab.ipynb", "bo/lab.ipynb", "bo/inner/lab.ipynb", "class/cy/lab.ipynb"):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(solved()), encoding="utf-8")
    monkeypatch.setattr(submissions.os, "scandir", refuse)
    ann, bo, _, shut = submissions.students(tmp_path)
    assert (len(ann.files), ann.closed) == (1, ())
    assert (len(bo.files), bo.closed) == (1, ((tmp_path / "bo" / "inner", "Permission denied"),))
    task = next(task for task in marking.tasks([lab], [shut]) if task.exercise.name == "change")
    record, _ = marking.mark(task, sandbox, 1, tmp_path / "records")
    assert (record.status, record.points) == ("unreadable", 0)
    assert record.note.startswith("the folder shut cannot be listed: Permission denied; make it readable")


def test_a_class_that_cannot_be_listed_is_refused_in_words(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(submissions.Path, "iterdir", refuse)
    with pytest.raises(Unreadable, match="cannot be listed: Permission denied; is it yours"):
        submissions.students(tmp_path)


def test_two_students_never_share_a_slug_and_it_is_too_long_to_be_met_by_search():
    named = [
        ("Ann", ""),
        ("ann", ""),
        ("Ann", "12"),
        ("Ann1", "2"),
        ("Ann ", ""),
        ("A/nn", ""),
        ("安", ""),
        ("安安", ""),
    ]
    slugs = [submissions.Student(*each).slug for each in named]
    assert len({slug.lower() for slug in slugs}) == len(named)
    assert all(len(slug.rsplit("-", 1)[1]) == 32 for slug in slugs), "8 digits are found by trying names for an hour"


@pytest.mark.parametrize("name", ["solution.ipynb", "Solution (1).ipynb", "leecy_814_9933_solution-2.ipynb"])
def test_the_book_s_own_solution_never_counts_beside_a_notebook_or_alone(sandbox, hand_in, mark, solved, name):
    wrong = solved(change="def change(price, paid):\n    return 0")
    own, book = hand_in(wrong, "lab.ipynb"), hand_in(solved(), name)
    os.utime(own, (1, 1))
    assert mark(sandbox, "change", own, book).status == "wrong", "older, and a student's"
    record = mark(sandbox, "change", book)
    assert record.status == "missing" and "the book's own and never counts: hand in lab.ipynb" in record.note


def test_a_copy_of_the_book_s_solution_never_counts_under_another_name(sandbox, hand_in, mark, lab, solved):
    book, own = json.dumps(lab.solution), lab.cell(lab.exercises["change"])
    for number, notebook in enumerate((book, solved(change=own), solved(change=own.replace("\n", "\r\n")))):
        record = mark(sandbox, "change", hand_in(notebook, f"{number}.ipynb"))
        assert record.status == "missing" and "the book's own solution, marks and all" in record.note
    mine = re.sub(r"(### BEGIN SOLUTION.*\n).*?(\n *### END)", r"\1    return 0\2", own, flags=re.DOTALL)
    record = mark(sandbox, "change", hand_in(solved(change=mine), "mine.ipynb"))
    assert record.status == "partial", "an answer of one's own between the marks counts"
    hand_in(book, "lab.ipynb")
    older = hand_in(solved(), "ann.ipynb")
    os.utime(older, (1, 1))
    assert mark(sandbox, "change", older.with_name("lab.ipynb"), older).status == "correct", "another file is asked"


def test_of_several_notebooks_the_newest_that_holds_an_answer_counts_for_each_exercise(
    sandbox, hand_in, mark, solved, lab
):
    wrong = "def change(price, paid):\n    return 0"
    stub = lab.stub(lab.exercises["change"])
    ages = {"z.ipynb": (wrong, 10), "a.ipynb": (lab.reference(lab.exercises["change"]), 20), "m.ipynb": (stub, 30)}
    paths = []
    for name, (source, at) in ages.items():
        paths.append(hand_in(solved(change=source), name))
        os.utime(paths[-1], (at, at))
    record = mark(sandbox, "change", *paths)
    assert record.status == "correct" and "in a.ipynb, one of 3 notebooks, the newest that holds it" in record.how
    assert "in m.ipynb" in mark(sandbox, "line", *paths).how


def test_of_two_notebooks_of_one_second_with_two_answers_the_teacher_is_told(sandbox, hand_in, mark, solved):
    paths = [hand_in(solved(change=f"def change(price, paid):\n    return {n}"), f"{n}.ipynb") for n in (0, 1)]
    for path in paths:
        os.utime(path, (7, 7))
    record = mark(sandbox, "change", *paths)
    assert "in 1.ipynb, one of 2 notebooks" in record.how
    assert "0.ipynb is as old and holds another answer: look at both" in record.how
    os.utime(paths[0], (6, 6))
    assert "as old" not in mark(sandbox, "change", *paths).how
