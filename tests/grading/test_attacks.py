"""What students try: no attack scores more than its honest part, stops the batch, or leaves a process behind."""

import json
import os
import time

import pytest
from attacks import SCORE_NOTHING, WRONG

from letitcrash.classroom.grading.sandbox import SANDBOXED


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
