"""The search finds what named cases miss, and check shortens it, ends in time, and names what is odd in words."""

import os
import re
import shutil
import signal
import threading
from pathlib import Path

import pytest
from test_classroom import CHANGE, LINE, SETUP, TOY, Kernel, told

from letitcrash.classroom import drive, exam, examine, limits, parts, references, shape
from letitcrash.classroom.cells import not_importable, python
from letitcrash.classroom.exam import AGREES, any_value, moments
from letitcrash.classroom.release import Release
from letitcrash.classroom.search import same, shrunk
from letitcrash.classroom.tables import shown, versus
from letitcrash.process.awaits import forgotten_in
from letitcrash.world import stream

LAB = Release(TOY)
SHARED = """class Line:
    names = []
    def __len__(self): return len(self.names)
    def join(self, name): self.names.append(name)
    def serve(self): return self.names.pop(0) if self.names else None"""
FALSY = """class Line:
    def __init__(self): self.names = []
    def __len__(self): return len(self.names)
    def join(self, name): self.names += [name] if name else []
    def serve(self): return self.names.pop(0) if self.names else None"""


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    folder = shutil.copytree(TOY, tmp_path / "labs" / TOY.name)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(examine, "_seen", {})
    monkeypatch.setattr(parts, "_given", {})
    return Kernel()


def edited(old: str, new: str) -> None:
    """Change the toy exam in the current folder."""
    text = Path("exam.py").read_text(encoding="utf-8")
    assert old in text
    Path("exam.py").write_text(text.replace(old, new), encoding="utf-8")


# Search and shrinking -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [SHARED, FALSY], ids=["one list for all", "a falsy name is lost"])
def test_check_shows_in_two_steps_at_most_what_named_cases_miss(kernel, capsys, answer):
    said = told(kernel, capsys, SETUP, CHANGE, answer, 'classroom.check("line")')
    assert "3 of 4 hold" in said
    table = said.split("✗ In 30 random scenarios")[1]
    assert 1 <= len(re.findall(r"^\s+\d+\s+\[[01], ", table, re.MULTILINE)) <= 2
    assert "should be" in table


def test_the_grader_is_told_a_scenario_too_and_gives_part_of_the_points():
    verdict = LAB.tried(LAB.exercises["line"], SHARED, 3)
    assert (verdict.status, [each.criterion for each in verdict.findings if not each.holds]) == ("partial", [AGREES])
    assert verdict.findings[-1].rows


def test_the_reference_never_travels():
    job = LAB.job(LAB.exercises["line"], "", 0)
    assert "as it should be" not in str(job) and "self.names" not in str(job)


def test_shrinking_keeps_only_the_steps_that_matter():
    def first_that_differs(cases):
        return next((case for case in cases if {3, 17} <= set(case["steps"])), None)

    assert shrunk({"kind": "searched", "steps": list(range(40))}, first_that_differs)["steps"] == [3, 17]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("random.randrange(2), *move()", "7, *move()", "the reference cannot play"),
        ("lines = [student.Line(), student.Line()]", "lines = [student.Line()] * 2", "makes one Line a scenario"),
        ('reference={"Line": Line}, ', "", "Line has no parts= or reference="),
    ],
)
def test_a_search_that_cannot_be_trusted_is_refused_in_words(kernel, capsys, old, new, words):
    edited(old, new)
    said = told(kernel, capsys, SETUP, CHANGE, LINE, 'classroom.check("line")')
    assert words in said and "✓" not in said


def test_evidence_of_a_search_that_is_missing_or_forged_agrees_with_nothing():
    exercise = LAB.exercises["line"]
    right = references.expected(exercise, 0)
    for searched in (None, [], "eggs", [{}] * 30, [{"value": None}] * 30, [{"value": 1, "error": 2, "stub": 3}] * 30):
        verdict = exam_judge(exercise, {**right, "searched": searched})
        assert [each.criterion for each in verdict.findings if not each.holds] == [AGREES]


def exam_judge(exercise, gathered):
    from letitcrash.classroom.judge import judge

    return judge(exercise, 0, gathered)


def test_all_kinds_of_value_are_drawn_and_come_to_life_as_new_objects():
    drawn = [any_value(stream(seed, "values"), none=True) for seed in range(400)]
    made = drive.revived(drawn)
    assert {type(each) for each in made} >= {int, bool, str, list, dict, tuple, set, ValueError, KeyError, type(None)}
    assert {len(each) for each in made if type(each) is tuple} == {0, 1, 2, 3}
    lists = [each for each in made if each == ["eggs"]]
    assert len(lists) > 1 and len({id(each) for each in lists}) == len(lists)
    assert all(
        hash(each) is not None for each in drive.revived([any_value(stream(n, "h"), hashable=True) for n in range(99)])
    )


def test_moments_rise_are_exact_and_fall_together():
    drawn = moments(stream(1, "moments"), 200)
    assert drawn == sorted(drawn) and all(at * 8 == int(at * 8) for at in drawn) and len(set(drawn)) < 150


# Twenty seeds, and figures --------------------------------------------------------------------------------------------


def test_check_asks_twenty_seeds_before_it_says_that_all_is_well(kernel, capsys):
    said = told(kernel, capsys, CHANGE, 'classroom.check("change")')
    assert "it stands" in said and "Asked with seeds 0 to 19." in said
    price = LAB.exercises["change"].cases_for(11)[0]["price"]
    edited("@change.search(rounds=30)", "@change.search(rounds=1)")
    first = min(seed for seed in range(20) if LAB.exercises["change"].cases_for(seed)[0]["price"] == price)
    assert first > 0, "the first seed asks it already"
    lucky = f"def change(price, paid):\n    if price == paid == {price}: return 7\n" + CHANGE.split("\n", 1)[1]
    said = told(kernel, capsys, lucky, 'classroom.check("change")')
    assert "not there yet" in said and f"Asked with seed {first};" in said


def test_a_green_answer_prints_the_figures_it_was_judged_by(kernel, capsys):
    edited(
        "line = Exercise(",
        "@change.tells\ndef paid(cases, evidence):\n    return f'{len(cases)} customers paid.'\n\n\nline = Exercise(",
    )
    assert "3 customers paid." in told(kernel, capsys, CHANGE, 'classroom.check("change")')
    wrong = told(kernel, capsys, "def change(price, paid):\n    return 0", 'classroom.check("change")')
    assert "customers paid." not in wrong


# Time, and the reader's Stop ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setup", "body", "words"),
    [
        ("import time", "time.sleep(3600)", "time.sleep(3600) waits on the clock on the wall"),
        ("from time import sleep", "sleep(3600)", "waits on the clock on the wall"),
        ("import itertools", "return sum(itertools.count())", "is there a loop that never ends?"),
        ("import itertools", "return list(itertools.repeat(1))", "is there a loop that never ends?"),
        ("import itertools", "return [*itertools.cycle('ab')]", "is there a loop that never ends?"),
        ("", "return sum(range(10 ** 18))", "is there a loop that never ends?"),
        ("", "return max(iter(int, 1))", "is there a loop that never ends?"),
        ("def eggs():\n    while True: yield 1", "return list(eggs())", "is there a loop that never ends?"),
        ("import simpy", "simpy.Environment().run(until=simpy.Environment().event())", "RuntimeError"),
    ],
)
def test_a_wait_or_a_loop_that_never_ends_is_named_and_the_next_cell_runs(kernel, capsys, setup, body, words):
    cell = f"{setup}\ndef change(price, paid):\n    {body}"
    assert words in told(kernel, capsys, setup, cell, 'classroom.check("change")')
    assert "it stands" in told(kernel, capsys, CHANGE, 'classroom.check("change")')


def test_steps_that_take_too_long_are_stopped_by_the_clock_where_there_is_no_signal(kernel, capsys, monkeypatch):
    """As in a browser: no alarm, and each step looks at the time now and then."""
    monkeypatch.setattr(signal, "signal", lambda *arguments: (_ for _ in ()).throw(ValueError("no signals here")))
    monkeypatch.setattr(limits, "SECONDS", 0.2)
    edited('reference={"change": right_change},', 'reference={"change": right_change}, steps=10**9,')
    said = told(kernel, capsys, "def change(price, paid):\n    while True: pass", 'classroom.check("change")')
    assert "had not ended when the time of this check was up" in said


def test_a_wait_that_no_step_ends_is_ended_by_an_alarm(kernel, capsys, monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 0.2)
    cell = "import threading\ndef change(price, paid):\n    threading.Event().wait()"
    assert "had not ended when the time of this check was up" in told(kernel, capsys, cell, 'classroom.check("change")')


@pytest.mark.parametrize("body", ["while True: pass", "while True:\n        try: 1 / 0\n        except: pass"])
def test_stop_ends_the_whole_check_at_once_and_the_next_cell_runs(kernel, capsys, body):
    """Also when the answer swallows the interrupt; the cases after it are not asked."""
    edited('reference={"change": right_change},', 'reference={"change": right_change}, steps=10**9,')
    started, before = threading.Event(), signal.getsignal(signal.SIGINT)  # a shell's background job ignores it
    kernel.names.update(started=started, asked=[])
    cell = f"def change(price, paid):\n    asked.append(price)\n    started.set()\n    {body}"

    def stop():
        started.wait()
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=stop)
    thread.start()
    said = told(kernel, capsys, cell, 'classroom.check("change")', "after = 1")
    thread.join()
    assert said == "check('change') was interrupted; nothing is lost\n"
    assert len(kernel.names["asked"]) == 1 and kernel.names["after"] == 1
    assert signal.getsignal(signal.SIGINT) is before


# The cell as the grader has it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        "%%time\n{}",
        "!ls\n{}",
        "change?\n{}",
        "{}\nbest = %timeit -o change(3, 5)",
        "files = !ls\n{}",
        "{}\ndisplay(change(3, 5))",
        "get_ipython().run_line_magic('matplotlib', 'inline')\n{}",
        "{}\nawait nothing()",
        "%matplotlib inline\n{}",
    ],
)
def test_a_cell_with_words_for_ipython_counts_like_one_without(kernel, capsys, cell):
    kernel.names["In"].append(cell.format(CHANGE))
    exec(CHANGE, kernel.names)
    assert "it stands" in told(kernel, capsys, 'classroom.check("change")')
    exercise = LAB.exercises["change"]
    assert LAB.tried(exercise, python(cell.format(CHANGE)), 0).status == "correct"


def test_a_string_that_looks_like_a_magic_stays():
    cell = "%matplotlib inline\ndef f():\n    return '''\n%d'''"
    assert python(cell) == cell.replace("%matplotlib inline", "pass")


@pytest.mark.parametrize(
    "broken", ["def change(price, paid):\n    return price -", "class change(\n    pass", "change = = 3"]
)
def test_a_cell_that_is_no_python_is_told_and_the_version_before_it_does_not_count(kernel, capsys, broken):
    kernel.run(CHANGE)
    kernel.names["In"].append(broken)
    said = told(kernel, capsys, 'classroom.check("change")')
    assert "the cell with change that you ran last does not run: SyntaxError" in said and "✓" not in said
    assert "it stands" in told(kernel, capsys, CHANGE, 'classroom.check("change")')


def test_a_broken_cell_about_something_else_does_not_matter(kernel, capsys):
    kernel.run(CHANGE)
    kernel.names["In"].append("print(change(3, 5)")
    assert "it stands" in told(kernel, capsys, 'classroom.check("change")')


def test_an_import_that_grading_has_not_is_named(kernel, capsys):
    assert not_importable("import pandas as pd, os\nfrom scipy.stats import t\nimport simpy, numpy") == [
        "pandas",
        "scipy",
    ]
    said = told(kernel, capsys, "import yaml\n" + CHANGE, 'classroom.check("change")')
    assert "it stands" in said and "Grading has no yaml" in said


# odd answers, in words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "right", "words"),
    [
        (None, 3, "nothing came back (None): is a return missing?"),
        ([None], [3], ""),
        ({"type": "coroutine", "repr": "<coroutine>"}, 3, "is an await missing?"),
        ([{"type": "generator", "repr": "<generator>"}], [3], "is there a yield where a return should be?"),
        ({"took": {"type": "method", "repr": "<m>"}}, {"took": 3}, "are its brackets () missing?"),
        (3, [3], "a number came back, and a list should"),
        ({"took": "eggs"}, {"took": ["eggs"]}, "text came back, and a list should"),
        ({"type": "set", "repr": "{1}"}, {"type": "set", "repr": "{2}"}, ""),
        ({"waits": 1.0}, {"waits": {"refused": "too few tills"}}, ""),
    ],
)
def test_a_result_of_another_kind_is_named(value, right, words):
    assert words in shape.odd(value, right) and bool(words) == bool(shape.odd(value, right))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("async def change(price, paid):\n    return paid - price", "a coroutine came back: is an await missing?"),
        ("def change(price, paid):\n    yield paid - price", "is there a yield where a return should be?"),
        ("def change(price, paid):\n    paid - price", "Line 1: change never returns a value: is a return missing?"),
        ("def change(price, paid):\n    return [paid - price]", "a list came back, and a number should"),
    ],
)
@pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning")
def test_a_forgotten_await_or_return_is_named_by_the_machinery(kernel, capsys, answer, words):
    assert words in told(kernel, capsys, answer, 'classroom.check("change")')


def test_a_coroutine_that_is_called_and_thrown_away_is_found_by_its_line():
    source = "async def clerk(me):\n    weigh(3)\n    await weigh(3)\n    x = weigh(4)\n    self.cut()\n"
    source += "    me.sleep(weigh(5))\n    other.cut()\nasync def cut(): pass"
    assert forgotten_in(source, {"weigh"}) == [(2, "weigh"), (4, "weigh"), (5, "self.cut"), (6, "me.sleep")]


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ([1] * 50, [1] * 49 + [2]),
        ([1] * 50, [1] * 51),
        ("eggs", "eggs "),
        ("True", True),
        (1, True),
        (0.1, 0.1 + 1e-12),
        ("1", 1),
        (None, "nothing"),
        ([["a" * 70, 1]], [["a" * 70, 2]]),
        ({"a": 1, "b": 2}, {"a": 2, "b": 1}),
        ([], {}),
        ("", []),
    ],
)
def test_expected_and_got_differ_on_the_page(expected, got):
    said = versus(expected, got)
    assert "of another kind" not in said
    parts = re.fullmatch(r"should (?:be|have) (.*?)(?: items)?(?: at place [\d at place]+)?, and (?:is|has) (.*)", said)
    assert parts and parts[1] != parts[2], said


def test_evidence_is_compared_as_a_reader_would():
    assert same([1, 2.0], [1.0, 2]) and same(0.1 + 0.2, 0.3) and not same(True, 1) and not same([1], [1, 2])
    assert shown([("x"), True, None, ""]) == "[x, True, nothing, '']"


@pytest.mark.parametrize(
    "value",
    [(1, 2), [1, 2], range(1, 3), __import__("collections").deque([1, 2]), __import__("array").array("i", [1, 2])],
)
def test_any_sequence_that_is_equal_is_the_same_answer(value):
    assert drive.plain(value) == [1, 2]


# Kept parts -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def kept_change(kernel):
    """A toy lab in which `line` asks a kept part, `change`, how much eggs cost."""
    edited(
        'Exercise("change", defines=["change"], reference',
        'Exercise("change", defines=["change"], parts={"change": "operator:sub"}, reference',
    )
    parts.keep("change", "def change(price, paid):\n    return paid - price if price < 10**6 else None")
    return kernel


def test_part_gives_the_library_s_when_it_is_asked_for(kept_change, capsys):
    said = told(
        kept_change, capsys, 'mine = classroom.part("change")', 'theirs = classroom.part("change", whose="library")'
    )
    assert said == "change: yours, from .letitcrash/change-1.py\nchange: the library's\n"
    assert kept_change.names["theirs"](5, 3) == 2
    with pytest.raises(LookupError, match='whose is "mine" or "library"'):
        kept_change.run('classroom.part("change", whose="yours")')


def test_a_kept_part_that_misbehaves_is_named(kept_change, capsys):
    """The answer is right and the part that it stands on is not: with the library's in its place all holds."""
    answer = LINE.replace("self.waiting.append(name)", "self.waiting.append(name)\n        assert price_of(1, 0) == 1")
    parts.keep("change", "def change(price, paid):\n    return 'no idea'")
    said = told(
        kept_change, capsys, 'price_of = classroom.part("change")', SETUP, CHANGE, answer, 'classroom.check("line")'
    )
    assert "With the library's change in place of the one that you kept, 4 of 4 hold" in said
    assert kept_change.names["price_of"](1, 0) == "no idea"


def test_the_parts_are_those_that_the_exams_name():
    there = parts.known()
    assert {"Mailbox", "erlang_b", "exit_signal", "Supervisor", "weigh"} <= set(there)
    assert there == {
        name: target for lab in exam.labs() for each in exam.load(lab).values() for name, target in each.parts.items()
    }


# In a real kernel -----------------------------------------------------------------------------------------------------


def test_a_real_kernel_has_cells_as_they_were_typed(tmp_path):
    """IPython keeps magics as calls and a broken cell under its own number: check reads what was typed."""
    import nbformat
    from nbclient import NotebookClient

    folder = shutil.copytree(TOY, tmp_path / "labs" / TOY.name)
    sources = [
        "from letitcrash.classroom import check",
        f"%%time\n{CHANGE}",
        'check("change")',
        "def change(price, paid):\n    return paid -",
        'check("change")',
        f"import time\n{CHANGE.replace('return', 'time.sleep(99); return')}",
        'check("change")',
        "print('the next cell runs')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    NotebookClient(
        notebook,
        allow_errors=True,
        timeout=120,
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
    ).execute()
    told = ["".join(str(output) for output in cell.outputs) for cell in notebook.cells]
    assert "it stands" in told[2]
    assert "the cell with change that you ran last does not run: SyntaxError" in told[4] and "it stands" not in told[4]
    assert "time.sleep(99) waits on the clock on the wall" in told[6]
    assert "the next cell runs" in told[7]
