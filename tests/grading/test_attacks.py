"""What students try: no attack scores more than its honest part, stops the batch, or leaves a process behind."""

import json
import os
import time

import pytest

from letitcrash.classroom.grading.sandbox import SANDBOXED

WRONG = "def change(price, paid):\n    return 'nothing'\n"

SCORE_NOTHING = {
    "patch the checker": "import letitcrash.classroom.judge as j\nj.judge = lambda *a: None\n" + WRONG,
    "patch the gatherer": "import drive as d\nd.plain = lambda value: {'back': 7}\n" + WRONG,
    "patch json": 'import json\njson.dumps = lambda *a, **k: \'{"evidence": [{"value": {"back": 0}}]}\'\n' + WRONG,
    "patch close": "import math\nmath.isclose = lambda *a, **k: True\n" + WRONG,
    "answer what equals everything": (
        "class Any(int):\n    def __eq__(self, other): return True\n    def __sub__(self, other): return 0\n"
        "    __rsub__ = __sub__\n    def __abs__(self): return 0\n    __hash__ = int.__hash__\n"
        "def change(price, paid):\n    return Any(0)\n"
    ),
    "forge the evidence of the frames below": (
        "import sys\ndef change(price, paid):\n    frame = sys._getframe()\n    while frame:\n"
        "        for value in list(frame.f_locals.values()):\n"
        "            if isinstance(value, dict) and 'evidence' in value: value['evidence'] = True\n"
        "        frame = frame.f_back\n    return 'nothing'\n"
    ),
    "write to the way out": (
        "import os\ndef change(price, paid):\n    for number in range(3, 30):\n"
        '        try: os.write(number, b\'{"evidence": [{"value": {"back": 0}}, 1, 2]}\')\n'
        "        except OSError: pass\n    os._exit(0)\n"
    ),
    "raise in the driver's name": "def change(price, paid):\n    raise AssertionError('all criteria hold')\n",
    "exit well": "import os\ndef change(price, paid):\n    os._exit(0)\n",
    "exit": "def change(price, paid):\n    raise SystemExit(0)\n",
    "kill the parent": "import os\ndef change(price, paid):\n    os.kill(os.getppid(), 9)\n",
    "kill everybody": "import os\ndef change(price, paid):\n    os.kill(-1, 9)\n",
    "kill the group": "import os\ndef change(price, paid):\n    os.killpg(0, 9)\n",
    "fork bomb": "import os\ndef change(price, paid):\n    while True:\n        os.fork()\n",
    "a process that stays": (
        f"import subprocess\ndef change(price, paid):\n    subprocess.Popen(['sleep', '600.{os.getpid()}'])\n"
    ),
    "a thread that stays": (
        "import threading, time\ndef change(price, paid):\n"
        "    threading.Thread(target=time.sleep, args=(600,)).start()\n"
    ),
    "memory bomb": "def change(price, paid):\n    return len(bytearray(10 ** 11))\n",
    "memory bomb, by and by": "def change(price, paid):\n    a = [0]\n    while True:\n        a += a\n",
    "fill the disk": "def change(price, paid):\n    with open('big', 'w') as f:\n        f.write('x' * 10 ** 8)\n",
    "many files": "def change(price, paid):\n    return [open(str(n), 'w') for n in range(10 ** 4)]\n",
    "endless output": "def change(price, paid):\n    while True:\n        print('egg' * 1000)\n",
    "endless output past print": (
        "import os\ndef change(price, paid):\n    while True:\n        os.write(1, b'x' * 65536)\n"
    ),
    "endless answer": "def change(price, paid):\n    a = []\n    a.append(a)\n    return a\n",
    "huge answer": "def change(price, paid):\n    return ['x' * 10 ** 4] * 10 ** 6\n",
    "endless loop": "def change(price, paid):\n    while True:\n        pass\n",
    "endless loop that swallows": (
        "def change(price, paid):\n    while True:\n        try:\n            1 / 0\n"
        "        except BaseException:\n            pass\n"
    ),
    "endless recursion without a limit": (
        "import sys\nsys.setrecursionlimit(10 ** 9)\ndef change(price, paid):\n    return change(price, paid)\n"
    ),
    "undo the counting": "__tick__ = lambda: None\ndef change(price, paid):\n    while True:\n        pass\n",
    "crash Python": "import ctypes\ndef change(price, paid):\n    return ctypes.string_at(0)\n",
    "sleep": "import time\ndef change(price, paid):\n    time.sleep(600)\n",
    "ignore signals and sleep": (
        "import signal, time\nfor n in range(1, 60):\n    try: signal.signal(n, signal.SIG_IGN)\n"
        "    except Exception: pass\n"
        "def change(price, paid):\n    time.sleep(600)\n"
    ),
    "call home": "import socket\ndef change(price, paid):\n    return socket.create_connection(('192.0.2.1', 80), 2)\n",
    "borrow the library's": (
        "from letitcrash.queueing import erlang_b\ndef change(price, paid):\n    return erlang_b(1, 1)\n"
    ),
    "a unicode bomb": "def change(price, paid):\n    return '\\ud800' * 10 ** 7\n",
    "nest deep": "def change(price, paid):\n    return " + "[" * 80 + "]" * 80 + "\n",
    "nest too deep to parse": "def change(price, paid):\n    return " + "-" * 50_000 + "1\n",
    "nest too deep to read": "def change(price, paid):\n    return " + "(" * 5_000 + ")" * 5_000 + "\n",
    "a line of a hundred thousand statements": "x=1;" * 24_000 + "\n" + WRONG,
}


@pytest.mark.parametrize("attack", SCORE_NOTHING)
def test_an_attack_without_an_honest_part_scores_nothing(hasty, hand_in, mark, solved, attack):
    record = mark(hasty, "change", hand_in(solved(change=SCORE_NOTHING[attack])))
    assert record.points == 0, record
    assert record.status in ("wrong", "crashed", "time-out")
    assert record.note or all(finding["message"] for finding in record.findings)


def test_the_exercise_beside_an_attack_keeps_its_marks(sandbox, hand_in, mark, solved):
    path = hand_in(solved(change=SCORE_NOTHING["fork bomb"]))
    assert mark(sandbox, "line", path).status == "correct"


def test_an_honest_part_keeps_its_marks_beside_a_crash(sandbox, hand_in, mark, solved):
    sly = "def change(price, paid):\n    if paid < price:\n        while True: pass\n    return paid - price\n"
    record = mark(sandbox, "change", hand_in(solved(change=sly)))
    assert (record.status, record.points) == ("partial", 2)


@pytest.mark.parametrize(
    "hide",
    [
        {"execution": {"allow_errors": True, "timeout": -1}},
        {"nbmake": {"mock": {"paid": 7}, "post_cell_execute": ["import os; os._exit(0)"]}},
        {"kernelspec": {"name": "../../evil", "display_name": "<script>", "language": "python"}},
        {"kernelspec": {"name": "ir", "language": "R"}},
        {"kernelspec": 7, "language_info": []},
    ],
    ids=str,
)
def test_metadata_decides_nothing(sandbox, hand_in, mark, solved, hide):
    notebook = solved(change=WRONG)
    notebook["metadata"] = hide
    for cell in notebook["cells"]:
        cell["metadata"].setdefault("tags", []).extend(["raises-exception", "skip-execution"])
    path = hand_in(notebook)
    assert mark(sandbox, "change", path).points == 0
    assert mark(sandbox, "line", path).status == "correct"


def test_deleted_checks_and_transformed_cells_decide_nothing(sandbox, hand_in, mark, solved):
    notebook = solved(change=WRONG)
    blank = "get_ipython().input_transformers_cleanup.append(lambda lines: [])"
    notebook["cells"] = [cell for cell in notebook["cells"] if not cell["id"].startswith(("check", "finish"))]
    notebook["cells"].insert(0, {"id": "a", "cell_type": "code", "source": blank, "metadata": {}, "outputs": []})
    path = hand_in(notebook)
    assert mark(sandbox, "change", path).points == 0
    assert mark(sandbox, "line", path).status == "correct"


READS = """
import os
def change(price, paid):
    found = []
    for here, folders, files in os.walk('/', followlinks=True):
        folders[:] = [name for name in folders if name not in ('proc', 'sys', 'usr', 'dev', 'lib', 'include')][:50]
        found += [os.path.join(here, name) for name in files if name in ('exam.py', 'solution.ipynb', 'lab.ipynb')]
        found += [os.path.join(here, name) for name in folders if name in ('submissions', 'labs')]
    raise LookupError(str(found[:5]) + ' found')
"""


in_the_sandbox = pytest.mark.parametrize("sandbox", [SANDBOXED], indirect=True)  # untrusted, files can be read


@in_the_sandbox
def test_in_the_sandbox_no_exam_solution_or_other_submission_can_be_seen(sandbox, hand_in, mark, solved):
    record = mark(sandbox, "change", hand_in(solved(change=READS)))
    assert "LookupError: [] found" in record.findings[0]["message"]


@in_the_sandbox
def test_in_the_sandbox_another_student_s_answer_cannot_be_read_by_its_path(sandbox, hand_in, mark, solved, lab):
    other = hand_in(solved(), "other.ipynb")
    stolen = (
        f"import json\nfor cell in json.load(open({str(other)!r}))['cells']:\n"
        "    if cell['id'] == 'exercise-change': exec(cell['source'])\n"
        "def change_(price, paid): return change(price, paid)\nchange = globals().get('change')\n"
    )
    record = mark(sandbox, "change", hand_in(solved(change=stolen)))
    assert record.points == 0 and "FileNotFoundError" in record.note


def test_the_library_s_own_answer_is_not_in_the_sandbox_at_all(library):
    text = "".join(path.read_text(encoding="utf-8") for path in (library / "letitcrash").rglob("*.py"))
    assert "def erlang_b(*a, **k):" in text and "def erlang_c(offered" in text
    assert not [path for path in library.rglob("*") if path.name in ("exam.py", "judge.py", "solution.ipynb")]


def test_files_that_are_no_files_are_told_apart(sandbox, hand_in, mark, tmp_path, solved):
    target = hand_in(solved(), "elsewhere.txt")
    link, pipe, folder = (target.with_name(name) for name in ("link.ipynb", "pipe.ipynb", "folder.ipynb"))
    link.symlink_to(target)
    os.mkfifo(pipe)
    folder.mkdir()
    for path, words in ((link, "is a link"), (pipe, "is no file"), (folder, "is no file")):
        record = mark(sandbox, "change", path)
        assert (record.status, record.points) == ("unreadable", 0) and words in record.note


def test_a_huge_file_is_not_read(sandbox, hand_in, mark):
    path = hand_in("")
    with path.open("r+b") as file:
        file.truncate(3 * 2**30)
    started = time.process_time()
    record = mark(sandbox, "change", path)
    assert record.status == "unreadable" and "3072 MB: clear its outputs" in record.note
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "gathered",
    [
        {},
        {"evidence": []},
        {"evidence": "all of it"},
        {"evidence": [True, True, True]},
        {"evidence": [{"value": 1, "stub": 2}] * 3},
        {"evidence": [{"stub": {"deep": [[[[]]]]}}] * 3},
        {"evidence": [{"error": 7}] * 3},
        {"evidence": [{"error": {"type": ["a"], "line": "x", "says": None}}] * 3},
        {"evidence": [{"value": json.loads("[" * 400 + "]" * 400)}] * 3},
        {"missing": {"a": 1}, "output": 7},
        {"missing": ["<script>"] * 9},
        {"broken": 7},
        {"broken": {"error": []}, "output": ["a"]},
    ],
    ids=lambda gathered: str(gathered)[:40],
)
def test_forged_evidence_of_any_shape_is_judged_and_scores_nothing(lab, gathered):
    from letitcrash.classroom.judge import judge

    verdict = judge(lab.exercises["change"], 1, gathered)
    assert verdict.points == 0
    assert json.dumps(verdict.note) and all(isinstance(each.message, str) for each in verdict.findings)
