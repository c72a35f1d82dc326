"""Attacks of students: no attack scores more than its honest part, stops the batch, or leaves a process behind."""

import dataclasses
import json
import os
import signal
import time

import pytest
from attacks import SCORE_NOTHING, WRONG

from letitcrash.classroom.grading import marking
from letitcrash.classroom.grading.sandbox import SANDBOXED, UNTRUSTED, Sandbox
from letitcrash.classroom.grading.submissions import Student


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


REACHES = """
import ctypes, fcntl, os, resource
libc = ctypes.CDLL(None, use_errno=True)
tried = {
    "F_SETOWN": lambda: fcntl.fcntl(0, fcntl.F_SETOWN, os.getppid()),
    "F_SETSIG": lambda: fcntl.fcntl(0, 10, 9),
    "F_SETLEASE": lambda: fcntl.fcntl(0, fcntl.F_SETLEASE, fcntl.F_RDLCK),
    "FIOASYNC": lambda: fcntl.ioctl(0, 0x5452, b"\\1\\0\\0\\0"),
    "prlimit": lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU),
    "setpriority": lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 1),
    "setsid": os.setsid,
    "kill": lambda: os.kill(os.getppid(), 0),
    "pidfd_open": lambda: os.pidfd_open(os.getppid()),
    "write": lambda: os.open("/dev/null", os.O_WRONLY),
    "unlink": lambda: os.unlink("/nowhere"),
    "rename": lambda: os.rename("/nowhere", "/nothing"),
    "mkdir": lambda: os.mkdir("/nowhere"),
    "utime": lambda: os.utime("/nowhere"),
}
reached = []
for name, attempt in tried.items():
    try: attempt()
    except PermissionError: continue
    except OSError as error: name += f" ({error})"
    reached.append(name)
def change(price, paid):
    raise LookupError(f"{reached} reached; read {len(os.listdir(os.path.dirname(os.__file__))) > 9}")
"""


def test_no_call_of_an_answer_reaches_the_grader_or_a_file(sandbox, hand_in, mark, solved):
    """The kernel refuses each as such, without asking who the account is: EPERM, not "no such file"."""
    record = mark(sandbox, "change", hand_in(solved(change=REACHES)))
    assert "LookupError: [] reached; read True" in record.findings[0]["message"], record


def test_a_machine_whose_kernel_forbids_nothing_is_told_from_one_that_does(sandbox, monkeypatch):
    assert sandbox.fenced
    open_country = Sandbox(sandbox.library, sandbox.kind, seconds=60)
    cage = open_country.library / "cage.py"
    whole = cage.read_text(encoding="utf-8")
    cage.write_text(whole.replace("    forbid()\n", "", 1), encoding="utf-8")
    try:
        assert not open_country.fenced
    finally:
        cage.write_text(whole, encoding="utf-8")


def test_an_answer_that_ended_the_grader_is_named_and_not_run_again(library, hand_in, lab, solved, tmp_path):
    """A grader of its own is killed while the answer runs, as an answer that finds a way would do it."""
    hasty = Sandbox(library, UNTRUSTED, seconds=60)
    path = hand_in(solved(change="def change(price, paid):\n    return paid - price\n"))
    task = marking.Task(lab, Student("ann", "", (path,)), lab.exercises["change"], (path,))
    records = tmp_path / "records"
    grader = os.fork()
    if grader == 0:
        hasty.run = lambda job: os.kill(os.getpid(), signal.SIGKILL)
        marking.mark(task, hasty, 11, records)
    assert os.waitstatus_to_exitcode(os.waitpid(grader, 0)[1]) == -signal.SIGKILL
    hasty.run = lambda job: pytest.fail("it was run again")
    record, _ = marking.mark(task, hasty, 11, records)
    assert (record.status, record.points) == ("crashed", 0)
    assert "the grader itself ended while this answer ran" in record.note
    del hasty.run
    mended = hand_in(solved(), "mended.ipynb")
    record, _ = marking.mark(dataclasses.replace(task, files=(mended,)), hasty, 11, records)
    assert record.status == "correct", "what is handed in anew is run"
    assert not list(records.rglob("*.running"))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("import signal\nsignal.pause()\ndef change(price, paid): pass\n", "was idle for most of it: does it wait"),
        ("power = 7 ** 10 ** 8\ndef change(price, paid): pass\n", "was at work all the time: does it work on"),
    ],
    ids=["idle", "at work"],
)
def test_a_time_out_says_if_the_answer_was_at_work_or_idle(hand_in, mark, solved, answer, words, hasty):
    """Python's own start counts as work, up to a second on a loaded machine: it must be less than a third of all."""
    unhurried = Sandbox(hasty.library, hasty.kind, seconds=6, megabytes=hasty.megabytes)
    record = mark(unhurried, "change", hand_in(solved(change=answer)))
    assert record.status == "time-out" and words in record.note, record


DEEP = """
import os
deep = '[' * {depth} + ']' * {depth}
for out in range(3, 10):
    try: os.write(out, ('{{"evidence": [' + ', '.join([{item}] * 3) + ']}}').encode())
    except OSError: pass
os._exit(0)
def change(price, paid): pass
"""


@pytest.mark.parametrize("depth", [50, 400, 900, 5_000])
@pytest.mark.parametrize("item", ["'{\"value\": ' + deep + '}'", "'{\"error\": {\"says\": ' + deep + '}}'", "deep"])
def test_evidence_nested_deep_is_a_mistake_of_the_answer_and_not_of_the_judge(
    sandbox, hand_in, mark, solved, depth, item
):
    record = mark(sandbox, "change", hand_in(solved(change=DEEP.format(depth=depth, item=item))))
    assert (record.points, record.status in ("wrong", "crashed")) == (0, True), record
    assert all(finding["message"] for finding in record.findings)
