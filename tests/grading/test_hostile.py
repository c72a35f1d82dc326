"""Attacks of a student who has read test_attacks.py: on memory, files, time, names, zips, and the exam itself."""

import copy
import dataclasses
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from attacks import SCORE_NOTHING
from command import LABS, grade, rows
from processes import running

from letitcrash.classroom.grading import answers, files, marking
from letitcrash.classroom.grading.sandbox import UNTRUSTED, Sandbox
from letitcrash.classroom.grading.staging import stage
from letitcrash.classroom.grading.submissions import Unreadable
from letitcrash.classroom.judge import judge
from letitcrash.classroom.release import releases


@pytest.mark.parametrize("attack", ["shared memory that stays", "outlive the one who grades"])
def test_what_the_kernel_refuses_it_refuses(hasty, hand_in, mark, solved, attack):
    record = mark(hasty, "change", hand_in(solved(change=SCORE_NOTHING[attack])))
    assert "'nothing' came back" in record.findings[0]["message"], record


OPENS = """
import os
def change(price, paid):
    opened = []
    for path, how in {targets!r}:
        try:
            os.close(os.open(path, how))
            opened.append(path)
        except OSError:
            pass
    raise LookupError(f'opened: {{opened}}')
"""


def test_no_file_of_the_teacher_can_be_opened_and_none_written_with_or_without_bubblewrap(
    sandbox, hand_in, mark, solved, lab, tmp_path
):
    """Landlock is the second wall, and without bubblewrap the only one."""
    if sandbox.kind == UNTRUSTED and not _landlock():
        pytest.skip("this kernel has no Landlock, and bubblewrap was left out")
    own = hand_in(solved(), "other.ipynb")
    targets = [(str(path), os.O_RDONLY) for path in (lab.folder / "exam.py", own, own.parent)]
    targets += [(f"/proc/{os.getpid()}/environ", os.O_RDONLY), (f"/proc/{os.getpid()}/mem", os.O_RDWR)]
    ways = ["", *(f"/proc/1/{link}" for link in ("root", "cwd"))]  # the first process sees all of the machine
    targets += [(f"{way}/etc/passwd", os.O_RDONLY) for way in ways]
    targets += [(str(tmp_path / "mine"), os.O_WRONLY | os.O_CREAT), ("mine", os.O_WRONLY | os.O_CREAT)]
    targets += [(f"{folder}/mine-{os.getpid()}", os.O_WRONLY | os.O_CREAT) for folder in ("/tmp", "/dev/shm", "/")]
    record = mark(sandbox, "change", hand_in(solved(change=OPENS.format(targets=targets))))
    assert "opened: []" in record.findings[0]["message"], record


def _landlock():
    import ctypes

    return ctypes.CDLL(None).syscall(444, None, 0, 1) > 0


@pytest.mark.parametrize(
    "answer",
    [
        "from __future__ import annotations\nfrom dataclasses import dataclass\n\n\n"
        "@dataclass\nclass Coins:\n    back: int\n",
        "import pickle\n\n\nclass Coins:\n    def __init__(self, back):\n        self.back = back\n\n\n"
        "pickle.loads(pickle.dumps(Coins(1)))\n",
        "list, len, sorted, sum, json, case = [], 3, None, 0, None, None\n\n\ndef Coins(back):\n    Coins.back = back\n"
        "    return Coins\n",
    ],
    ids=["dataclass", "pickle", "names of builtins"],
)
def test_an_honest_answer_keeps_its_marks_whatever_it_calls_its_own(sandbox, hand_in, mark, solved, lab, answer):
    answer += "\n\ndef change(price, paid):\n    if paid < price:\n        raise ValueError('too little')\n"
    answer += "    return Coins(paid - price).back\n"
    assert mark(sandbox, "change", hand_in(solved(change=answer))).status == "correct"


def test_what_a_report_says_is_the_same_every_time(sandbox, hand_in, mark, solved, tmp_path):
    """An object's address in memory differs from run to run, and is left out."""
    path = hand_in(solved(change="class A: pass\ndef change(price, paid):\n    raise KeyError(A(), lambda: 1)\n"))
    said = []
    for _ in range(2):
        record = mark(sandbox, "change", path)
        said.append([finding["message"] for finding in record.findings])
        for kept in tmp_path.rglob("records/**/*.json"):
            kept.unlink()
    assert said[0] == said[1] and "A object" in said[0][0] and "0x" not in said[0][0]


@pytest.mark.parametrize(
    "source",
    [
        "(" + "\n" * 99_000,
        "(" + " \n" * 49_000,
        "if x:pass\n" + "elif x:pass\n" * 8_000,
        "x = a" + ".a" * 49_000,
        "x = 1" + " and 1" * 16_000,
        "@a\n" * 33_000 + "def change(): pass",
        "\n".join(f"def chang{number}(): pass" for number in range(1_900)),
        "x = " + "9" * 99_000,
        "x = " + "lambda:" * 14_000 + "1",
    ],
    ids=lambda source: repr(source[:12]),
)
def test_a_cell_made_to_be_read_for_hours_is_read_in_seconds(lab, hand_in, source):
    cells = [{"id": f"c{number}", "cell_type": "code", "source": source, "metadata": {}} for number in range(20)]
    path = hand_in({"cells": cells})
    started = time.process_time()
    for exercise in lab.exercises.values():
        answers.find(path, exercise, lab.known(exercise))
    assert time.process_time() - started < 20


def one_by_one(case, evidence):
    return next((None for number in range(10**18) if number == 10**18 - 1), None)


class Gone:
    """Python loses an error that is raised in here."""

    def __del__(self):
        one_by_one(None, None)


def in_a_destructor(case, evidence):
    Gone()
    one_by_one(case, evidence)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("goes_on", [one_by_one, in_a_destructor])
def test_an_exam_that_goes_on_and_on_is_stopped(lab, library, hand_in, solved, tmp_path, monkeypatch, goes_on):
    """An answer of 10 ** 18 tills once kept an exam busy for years, and the class behind it."""
    exercise = lab.exercises["change"]
    endless = [dataclasses.replace(each, judge=goes_on) for each in exercise.criteria]
    monkeypatch.setattr(exercise, "criteria", endless)
    monkeypatch.setattr(marking, "OUR_SECONDS", 0.2)
    path = hand_in(solved())
    task = marking.Task(lab, marking.Student("ann", "", (path,)), exercise, (path,))
    record, _ = marking.mark(task, Sandbox(library, seconds=60), 1, tmp_path / "records")
    assert (record.status, record.points) == ("crashed", 0) and "cannot be judged within 0.2 s" in record.note


def test_time_that_is_up_while_python_reads_is_told_as_such():
    """Python 3.11 raises a SystemError in place of the alarm that comes while it builds a syntax tree."""
    with pytest.raises(marking.TooLong), marking._in_time():
        try:
            signal.raise_signal(signal.SIGALRM)
        except marking.TooLong:
            raise SystemError("AST constructor recursion depth mismatch (before=165, after=186)") from None
    with pytest.raises(SystemError), marking._in_time():
        raise SystemError("of another cause")


def test_notebooks_made_to_be_read_for_hours_are_given_up_and_the_next_student_is_marked(
    lab, library, hand_in, solved, tmp_path, monkeypatch
):
    monkeypatch.setattr(marking, "OUR_SECONDS", 0.5)
    cells = [
        {"cell_type": "code", "source": "\n".join(f"def f{n}_{number}(): return 1" for number in range(1_900))}
        for n in range(50)
    ]
    for paths, status in (((hand_in({"cells": cells}),), "unreadable"), ((hand_in(solved(), "b.ipynb"),), "correct")):
        student = marking.Student(status, "", paths)
        task = marking.Task(lab, student, lab.exercises["change"], paths)
        record, _ = marking.mark(task, Sandbox(library, seconds=60), 1, tmp_path / "records")
        assert record.status == status, record
        monkeypatch.setattr(marking, "OUR_SECONDS", 20)


ODD = [None, 7, -1.5, True, "x", [], {}, [7], {"a": 1}, [None, {}], "\ud800", [["x"]]]


def places(value, path=()):
    yield path
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from places(value[key], (*path, key))


def test_a_notebook_with_anything_at_any_place_is_read_or_refused_in_words(lab, hand_in, solved):
    dice = random.Random(1)
    for number in range(400):
        notebook = solved()
        if number % 3 == 0:
            notebook = {"nbformat": 3, "worksheets": [{"cells": notebook["cells"]}]}
        for _ in range(dice.randint(1, 4)):
            if path := dice.choice(list(places(notebook))):
                at = notebook
                for key in path[:-1]:
                    at = at[key]
                at[path[-1]] = copy.deepcopy(dice.choice(ODD))
        path = hand_in(notebook, f"{number}.ipynb")
        for exercise in lab.exercises.values():
            try:
                found = answers.find(path, exercise, lab.known(exercise))
            except Unreadable as error:
                found = str(error)
            assert isinstance(found, answers.Found) or "not" in found or "no" in found


STRANGE = [
    b"no text \xff\xfe",
    "turned \u202eround".encode(),
    b"two\nlines",
    "＝1+1".encode(),
    b"  =1+1",
    b"pipe | and % and ::[x]",
    "می\u200cخواهم".encode(),
]
"""Names of folders: no text at all, text that steers a page or a spreadsheet, and one that is spelt so."""


@pytest.fixture(scope="module")
def strange(tmp_path_factory, solved):
    """A class of strange names, and of answers that raise what no file can hold."""
    folder = os.fsencode(tmp_path_factory.mktemp("strange"))
    raises = "def change(price, paid):\n    print('\\udfff\\x1b[31m')\n    raise KeyError('\\ud800 \\u202e', '=1+1')\n"
    for name in STRANGE:
        os.makedirs(folder + b"/submissions/" + name)
        with open(folder + b"/submissions/" + name + b"/lab.ipynb", "w", encoding="utf-8") as file:
            json.dump(solved(change=raises), file)
    os.makedirs(folder + b"/submissions/packed")
    with open(folder + b"/submissions/packed/lab.zip", "wb") as file:
        file.write(b"PK")
    return os.fsdecode(folder)


def test_names_and_words_that_no_file_can_hold_are_graded_and_written(strange):
    folder = Path(strange)
    done = grade(folder, "submissions", "-n", "2", "--junitxml", "junit.xml", "--grade-seed", "5")
    assert done.returncode == 1, done.stdout + done.stderr
    table = rows(folder / "grades" / "grades.csv")
    assert len(table) == 2 * (len(STRANGE) + 1)
    assert {row["points"] for row in table if row["exercise"] == "line" and row["student"] != "packed"} == {"6"}
    assert {row["note"] for row in table if row["student"] == "packed"} == {
        "lab.zip was handed in, and no notebook: hand in the .ipynb that Jupyter saved"
    }
    assert {"no text ··", "turned ·round", "'＝1+1", "'  =1+1", "می\u200cخواهم"} <= {row["student"] for row in table}
    assert len(ElementTree.parse(folder / "junit.xml").getroot().findall(".//testcase")) == len(table)
    written = [path for path in (folder / "grades").rglob("*") if path.suffix in (".csv", ".html", ".json")]
    assert len(written) > 2 * len(table)
    for path in written:
        assert not re.search("[\ud800-\udfff\u202e\x1b]", path.read_text(encoding="utf-8")), path


def test_a_file_is_begun_once_and_written_whole(tmp_path):
    path = tmp_path / "deep" / "seed.json"
    assert files.begin(path, "1\r\n") and not files.begin(path, "2")
    assert path.read_bytes() == b"1\r\n"
    files.replace(path, "\ud800")
    assert path.read_text() == "?" and list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("lab", [pytest.param(lab, id=lab.name) for lab in releases(LABS.parents[1] / "labs")])
def test_every_lab_s_solution_stands_in_the_sandbox_that_hides_it(lab, tmp_path):
    """Lab 3 once stood nowhere: its last exercise runs on what its first one asks for."""
    for exercise in lab.exercises.values():
        cage = Sandbox(stage(tmp_path / exercise.name, lab.hidden(exercise)), seconds=60)
        gathered = cage.run(lab.job(exercise, lab.reference(exercise), 1)).gathered
        assert gathered is not None and judge(exercise, 1, gathered).status == "correct", gathered
        for target in lab.hidden(exercise):
            module, name = target.split(":")
            borrowed = f"from {module} import {name}\n{name}()\n"
            said = cage.run(lab.job(exercise, borrowed, 1)).gathered["broken"]["error"]["says"]
            assert said == f"{name} is the library’s own, and what this lab asks you to build"


KILLED = """
import sys
from pathlib import Path
from letitcrash.classroom.grading.sandbox import Sandbox
answer = "import select\\ndef change(price, paid): select.select([], [], [], 600)"
job = dict(name="a", before=[], answer=answer, defines=["change"], driver="def a(s, c): return s.change(1, 1)",
           driver_name="a", cases=[7], steps=9)
Sandbox(Path(sys.argv[1]), sys.argv[2], seconds=600, megabytes=int(sys.argv[3])).run(job)
"""


def test_who_grades_may_be_killed_and_no_answer_outlives_it(sandbox):
    megabytes = 610 + os.getpid() % 90
    command = [sys.executable, "-c", KILLED, str(sandbox.library), sandbox.kind, str(megabytes)]
    grader = subprocess.Popen(command)
    words = f"\x00600\x00{megabytes}\x00"
    assert wait_until(lambda: running(words)), "it never began"
    with pytest.raises(subprocess.TimeoutExpired):
        grader.wait(2)  # the answer waits, and does not only take a while to start
    grader.kill()
    grader.wait()
    assert wait_until(lambda: not running(words))


def wait_until(so):
    return any(so() or time.sleep(0.1) for _ in range(300))
