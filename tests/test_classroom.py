"""The student's side: check tells and never raises, keep keeps, part hands on, finish names what is left."""

import shutil
import sys
from pathlib import Path

import pytest

from letitcrash import World, classroom
from letitcrash.classroom import drive, exam, examine, notebook, parts, sources, starter
from letitcrash.classroom.reader import Reader
from letitcrash.classroom.release import Release
from letitcrash.classroom.report import Report
from letitcrash.gen_server import GenServer
from letitcrash.process import Exit
from letitcrash.process.awaits import forgotten_in

TOY = Path(__file__).parent / "toy_labs" / "00_the_corner_shop"
LAB = Release(TOY)
CHANGE, LINE = (LAB.reference(LAB.exercises[name]) for name in ("change", "line"))
SETUP = "from collections import deque"


class Kernel:
    """The notebook's kernel as far as the classroom sees it: cells that run, their sources in `In`."""

    def __init__(self):
        self.names = {"In": [""], "classroom": classroom}

    def run(self, *cells):
        for cell in cells:
            self.names["In"].append(cell)
            exec(compile(cell, "<cell>", "exec"), self.names)


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    folder = shutil.copytree(TOY, tmp_path / "labs" / TOY.name)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(examine, "_seen", {})
    return Kernel()


def told(kernel, capsys, *cells):
    capsys.readouterr()
    kernel.run(*cells)
    return capsys.readouterr().out


def test_check_says_a_sentence_per_criterion_the_smallest_case_and_the_seed(kernel, capsys):
    said = told(kernel, capsys, "def change(price, paid):\n    return paid - price", 'classroom.check("change")')
    assert "change: not there yet, 1 of 3 hold" in said
    assert "✓ The customer gets back what was too much, to the cent." in said
    assert "✗ A customer who pays too little is told so, and no other is." in said
    assert "nobody said a word" in said
    assert "seed 0" in said


def test_a_stub_is_not_done_yet_and_says_what_to_do(kernel, capsys):
    said = told(kernel, capsys, LAB.stub(LAB.exercises["change"]), 'classroom.check("change")')
    assert said.startswith("change: not done yet: give back what is too much")


def test_a_correct_answer_stands(kernel, capsys):
    assert "it stands, 3 of 3 hold" in told(kernel, capsys, CHANGE, 'classroom.check("change")')


def test_the_last_cell_that_was_run_counts(kernel, capsys):
    said = told(kernel, capsys, CHANGE, "def change(price, paid):\n    return 0", 'classroom.check("change")')
    assert "not there yet" in said


def test_an_answer_is_asked_again_when_a_helper_in_another_cell_was_mended(kernel, capsys):
    answer = CHANGE.replace("paid < price", "paid - price < low")
    for helper, words in (("low = 5", "not there yet"), ("low = 0", "it stands"), ("low -= 5", "not there yet")):
        assert words in told(kernel, capsys, helper, *[answer] * (helper == "low = 5"), 'classroom.check("change")')


def test_another_seed_asks_other_questions(kernel, capsys):
    wrong = "def change(price, paid):\n    return 0"
    first = told(kernel, capsys, wrong, 'classroom.check("change")')
    second = told(kernel, capsys, 'classroom.check("change", seed=1)')
    assert first != second and "seed 1" in second


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("def chnage(price, paid):\n    return 0", "there is chnage"),
        ("x = 1", "run the cell exercise-change"),
    ],
)
def test_an_exercise_cell_that_was_renamed_or_deleted_is_named(kernel, capsys, cell, words):
    assert words in told(kernel, capsys, cell, 'classroom.check("change")')


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("while True: pass", "is there a loop that never ends?"),
        ("while True:\n        try: 1 / 0\n        except: pass", "is there a loop that never ends?"),
        ("return sum(x for x in iter(int, 1))", "is there a loop that never ends?"),
        ("return [x for x in iter(int, 1)]", "is there a loop that never ends?"),
        ("return change(price, paid)", "RecursionError"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise GeneratorExit", "GeneratorExit"),
        ("raise type('Odd', (Exception,), {'__str__': lambda self: 1 / 0})", "Odd"),
        ("return 1 / 0", "ZeroDivisionError: division by zero (line 2: return 1 / 0)"),
        ("return [[[]]] * 10 ** 12", "MemoryError"),
        ("return 10 ** 5000", "more than 300 digits"),
        ("return float('nan')", "nan came back"),
        ("return input()", "input() has nobody to ask"),
        ("yield paid - price", "generator"),
        ("import sys; sys.setrecursionlimit(150); return 'x'", "x came back"),
        ("global change; change = None; return 'gone'", "gone came back"),
    ],
)
def test_an_answer_that_misbehaves_is_told_so_and_the_notebook_goes_on(kernel, capsys, body, words):
    limit, tracer = sys.getrecursionlimit(), sys.gettrace()
    said = told(kernel, capsys, f"def change(price, paid):\n    {body}", 'classroom.check("change")', "after = 1")
    assert words in said
    assert kernel.names["after"] == 1
    assert (sys.getrecursionlimit(), sys.gettrace()) == (limit, tracer)


def test_a_million_lines_of_output_are_cut(kernel, capsys):
    cell = "def change(price, paid):\n    print('egg\\n' * 1_000_000)\n    return paid - price"
    said = told(kernel, capsys, cell, 'classroom.check("change")')
    assert "it printed:" in said
    assert len(said) < 5_000


def test_a_generator_that_refuses_to_close_disturbs_nobody(kernel, capsys, recwarn):
    cell = (
        "def stuck():\n    while True:\n        try:\n            yield 1\n        except GeneratorExit:\n"
        "            pass\ndef change(price, paid):\n    next(stuck())\n    return paid - price"
    )
    assert "1 of 3 hold" in told(kernel, capsys, cell, 'classroom.check("change")')
    assert not recwarn.list, [str(w) for w in recwarn.list]


def test_an_endless_answer_stops_after_the_same_step_every_time():
    counted = "def change(price, paid):\n    while True:\n        count[0] += 1"
    job = {**LAB.job(LAB.exercises["change"], counted, 0), "scenarios": []}
    job["cases"] = [{"kind": "exact", "price": 1, "paid": 1}]
    counts = []
    for _ in range(2):
        namespace = {"count": [0]}
        assert drive.gather(job, namespace)["evidence"] == [{"endless": 200_000}]
        counts.append(namespace["count"][0])
    assert counts[0] == counts[1] == 199_998  # two steps were calls: the driver and change


def test_check_changes_nothing_in_the_notebook(kernel):
    kernel.run("calls = []\ndef change(price, paid):\n    global tally\n    tally = 1\n    return 0", "tally = 0")
    kernel.run('classroom.check("change")')
    assert kernel.names["tally"] == 0


def test_an_exercise_that_builds_on_one_that_is_not_done_says_so(kernel, capsys):
    said = told(kernel, capsys, SETUP, LAB.stub(LAB.exercises["change"]), LINE, 'classroom.check("line")')
    assert "it builds on change, which is not done yet" in said


def test_an_unknown_exercise_is_told_what_there_is(kernel, capsys):
    said = told(kernel, capsys, 'classroom.check("chang")')
    assert "this lab has no exercise 'chang'; it has change, line, like 'change'" in said


def test_a_lab_without_its_exam_is_told_so(kernel, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "no exam.py" in told(kernel, capsys, 'classroom.check("change")')


def test_without_a_folder_the_lab_is_the_one_of_which_most_is_defined(tmp_path, monkeypatch):
    """Two labs have an exercise `ticket`; a browser without service workers shows the kernel no folder."""
    monkeypatch.chdir(tmp_path)
    for number, cells in (("02", "class Mailbox: pass"), ("05", "def call(): pass\ndef weigh(): pass")):
        kernel = Kernel()
        kernel.run(cells)
        assert Reader(kernel.names).lab("ticket").name[:2] == number


def test_an_exam_that_is_broken_is_not_the_reader_s_fault(kernel, capsys):
    Path("exam.py").write_text("1 / 0", encoding="utf-8")
    assert "your answer is not to blame" in told(kernel, capsys, CHANGE, 'classroom.check("change")')


def test_borrowing_the_library_s_own_answer_is_noticed(kernel, capsys):
    text = (
        Path("exam.py")
        .read_text(encoding="utf-8")
        .replace('defines=["change"],', 'defines=["change"], parts={"change": "operator:sub"},')
    )
    Path("exam.py").write_text(text, encoding="utf-8")
    cell = "from operator import sub\ndef change(price, paid):\n    return sub(paid, price)"
    assert "what this exercise asks you to build" in told(kernel, capsys, cell, 'classroom.check("change")')
    assert kernel.names["sub"](3, 1) == 2


def test_what_an_answer_prints_cannot_become_html():
    verdict = LAB.tried(LAB.exercises["change"], "def change(price, paid):\n    print('<script>')\n    return '<b>'", 0)
    page = Report(verdict)._repr_html_()
    assert "<script>" not in page and "<b>" not in page
    assert "&lt;script&gt;" in page and "<details open>" in page


def test_sabotage_breaks_a_copy_and_settles_the_bet(kernel, capsys):
    said = told(
        kernel, capsys, CHANGE, 'classroom.sabotage("change", "paid < price", "False", bet="refuses_too_little")'
    )
    assert "You bet on refuses_too_little: right" in said
    assert "it stands" in told(kernel, capsys, 'classroom.check("change")')


def test_sabotage_without_a_bet_names_what_to_bet_on_and_gives_nothing_away(kernel, capsys):
    for bet in ("", ", bet='refuses_much'"):
        said = told(kernel, capsys, CHANGE, f'classroom.sabotage("change", "paid < price", "False"{bet})')
        assert "Bet first" in said and "refuses_too_little" in said and "red went" not in said.lower()


def test_the_first_bet_is_the_one_that_counts(kernel, capsys):
    broken = 'classroom.sabotage("change", "return paid - price", "return 0", bet="{}")'
    told(kernel, capsys, CHANGE, broken.format("refuses_too_little"))
    said = told(kernel, capsys, broken.format("gives_back_what_is_too_much"))
    assert "right. Your first bet, on refuses_too_little, is the one that counts." in said


def test_an_attempt_says_what_went_wrong_and_goes_on(capsys):
    with classroom.attempt():
        raise NotImplementedError("count who waits")
    with classroom.attempt():
        {}["till 9"]
    first, second = capsys.readouterr().out.splitlines()
    assert first == "not done yet: count who waits"
    assert "KeyError: 'till 9'" in second and "test_an_attempt" in second


@pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning")
def test_where_a_coroutine_stands_for_a_value_an_await_is_asked_for(capsys):
    async def eggs():
        return 12

    with classroom.attempt():
        _, _ = eggs()
    assert "TypeError: cannot unpack non-iterable coroutine object: is an await missing? (in" in capsys.readouterr().out
    with classroom.attempt():
        eggs().dozen  # noqa: B018
    assert "has no attribute 'dozen': is an await missing?" in capsys.readouterr().out

    async def told(me):
        return me.receive().reason

    with classroom.attempt():
        (egg for egg in ()).reason  # noqa: B018
    assert "'generator' object has no attribute 'reason': is an await or a yield missing?" in capsys.readouterr().out
    with classroom.attempt():
        World().ask(told)
    assert "calls me.receive() and does not wait for it: write await me.receive()" in capsys.readouterr().out
    with classroom.attempt():
        _, _ = 12
    assert "is an await missing" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (NotImplementedError("count the eggs"), "not done yet: count the eggs\n"),
        (KeyError("eggs"), "it stopped with KeyError: 'eggs' (in init, line "),
        (Exit("no eggs"), "it stopped with StartFailed: no eggs (in "),
    ],
)
def test_an_attempt_to_start_a_server_says_why_it_could_not(error, says, capsys):
    class Shelf(GenServer):
        async def init(self):
            raise error

    with classroom.attempt():
        World().start(Shelf)
    assert capsys.readouterr().out.startswith(says)


def test_an_attempt_stops_a_loop_that_never_ends_and_leaves_tracing_as_it_was(capsys):
    exec(compile("def count():\n    number = 0\n    while True:\n        number += 1", "<cell>", "exec"), cell := {})
    before = sys.gettrace()
    with classroom.attempt(lines=1000):
        cell["count"]()
    assert "more than 1,000 lines" in capsys.readouterr().out
    assert sys.gettrace() is before


@pytest.mark.parametrize(
    ("cell", "line", "words"),
    [
        (CHANGE, "paid - prize", "stands 0 times"),
        (CHANGE, "p", "give a piece that stands once"),
        ("def change(price, paid):\n    return 0", "0", "there is nothing to break yet"),
    ],
)
def test_sabotage_that_cannot_be_says_why(kernel, capsys, cell, line, words):
    assert words in told(kernel, capsys, cell, f'classroom.sabotage("change", {line!r}, "1")')


@pytest.fixture
def yields_change(kernel):
    text = (
        Path("exam.py")
        .read_text(encoding="utf-8")
        .replace('defines=["change"],', 'defines=["change"], parts={"change": "operator:sub"},')
    )
    Path("exam.py").write_text(text, encoding="utf-8")
    return kernel


HELPED = "def change(price, paid):\n    return difference(paid, price) if paid >= price else int('no')"


def test_a_kept_part_stands_alone_with_its_helpers(yields_change, capsys):
    helpers = "import math\ndef difference(a, b):\n    return math.floor(a - b)"
    said = told(yields_change, capsys, helpers, HELPED, 'classroom.keep("change")')
    assert "kept as .letitcrash/change-1.py" in said
    said = told(Kernel(), capsys, 'mine = classroom.part("change")', "assert mine(3, 10) == 7")
    assert "change: yours, from .letitcrash/change-1.py" in said


def test_another_version_is_kept_beside_the_old_one(yields_change, capsys):
    told(yields_change, capsys, CHANGE, 'classroom.keep("change")')
    assert "kept already" in told(yields_change, capsys, 'classroom.keep("change")')
    said = told(yields_change, capsys, CHANGE + "\n# better", 'classroom.keep("change")')
    assert "change-2.py, and 1 before it" in said
    assert sorted(path.name for path in parts.folder().iterdir()) == ["change-1.py", "change-2.py"]


def test_what_does_not_pass_is_not_kept(yields_change, capsys):
    assert "not kept yet" in told(yields_change, capsys, "def change(a, b):\n    return 0", 'classroom.keep("change")')
    assert not parts.folder().exists()


def test_what_leans_on_the_notebook_is_not_kept(yields_change, capsys):
    yields_change.names["difference"] = lambda a, b: a - b
    said = told(yields_change, capsys, HELPED, 'classroom.keep("change")')
    assert "not kept; away from this notebook" in said and "name 'difference' is not defined" in said


def test_an_exercise_that_no_lab_asks_for_has_nothing_to_keep(kernel, capsys):
    assert "nothing to keep" in told(kernel, capsys, CHANGE, 'classroom.keep("change")')


def test_a_damaged_part_is_named_and_the_one_before_it_is_used(yields_change, capsys):
    told(yields_change, capsys, CHANGE, 'classroom.keep("change")')
    told(yields_change, capsys, CHANGE + "\n# better", 'classroom.keep("change")')
    (parts.folder() / "change-2.py").write_text("half a fi", encoding="utf-8")
    said = told(Kernel(), capsys, 'mine = classroom.part("change")')
    assert "change-2.py is damaged (it is not as it was written); it is left as it is" in said
    assert "yours, from .letitcrash/change-1.py" in said


def test_without_a_whole_part_the_library_s_is_handed_on(yields_change, capsys):
    parts.folder().mkdir()
    (parts.folder() / "change-1.py").write_bytes(b"\xff\x00")
    said = told(Kernel(), capsys, 'theirs = classroom.part("change")', "assert theirs(5, 2) == 3")
    assert "damaged" in said and "change: the library's" in said


def test_a_part_that_no_lab_yields_is_an_error_that_lists_them(kernel):
    with pytest.raises(LookupError, match=r"no lab yields a part 'eggs'; the parts are .*erlang_b"):
        kernel.run('classroom.part("eggs")')


def test_finish_names_what_is_left_in_one_sentence(kernel):
    with pytest.raises(notebook.Unfinished) as caught:
        kernel.run(SETUP, "def change(price, paid):\n    return 0", "classroom.finish()")
    assert str(caught.value).startswith("2 of 2 exercises are left: change (3 of 3 criteria fail), line (nothing here")
    assert caught.value._render_traceback_() == [f"Unfinished: {caught.value}"]


def test_finish_is_content_when_nothing_is_left(kernel, capsys):
    assert "All 2 exercises stand" in told(kernel, capsys, SETUP, CHANGE, LINE, "classroom.finish()")


def test_helpers_come_along_and_theirs_and_nothing_else():
    cells = [
        "import math, os",
        "def area(r):\n    return math.pi * square(r)",
        "def square(x): return x * x\nextra = 1",
    ]
    found = sources.helpers("def cost(r):\n    return area(r)", cells)
    assert found == ["import math, os", "def area(r):\n    return math.pi * square(r)", "def square(x): return x * x"]


def test_a_helper_that_is_defined_twice_is_the_later_one():
    assert sources.helpers("y = x", ["x = 1", "x = 2"]) == ["x = 2"]


def test_local_names_pull_nothing_in():
    assert sources.helpers("def f(x):\n    y = x\n    return y", ["x = 1; y = 2"]) == []


def test_a_wait_that_nobody_awaits_is_found_by_its_line():
    """Python itself warns of coroutines only, and what `me` gives is none."""
    source = """async def clerk(me):
    me.sleep(5)
    await me.sleep(5)
    word = me.receive(timeout=me.now)
    if self.me.receive() is word:
        return await call(me, "shelf", me.receive())


def lab_2(env, me):
    yield me.receive()
    me.receive()
"""
    assert forgotten_in(source) == [(2, "me.sleep"), (4, "me.receive"), (5, "self.me.receive")]
    assert forgotten_in("async def clerk(me") == [] == forgotten_in("await clerk()")


def test_statements_on_one_line_are_told_apart():
    assert sources.helpers("z = y", ["x = 1; y = 2"]) == ["y = 2"]


def test_a_cell_that_is_not_python_binds_nothing():
    assert sources.binds("print 'eggs'") == set() == sources.binds("x = '\0'")


def test_a_criterion_that_looks_at_one_kind_of_case_is_refused():
    with pytest.raises(exam.ExamError, match="pair a kind that asks with one that does not"):
        exam.Exercise("a", defines=["a"], minutes=1, lines=1).criterion(on=["yes"])(lambda case, evidence: None)


def at_the_top(student, case):
    return 1


def test_a_driver_that_cannot_travel_alone_is_refused():
    exercise, outside = exam.Exercise("a", defines=["a"], minutes=1, lines=1), 1
    for driver in (lambda student, case: 1, lambda student, case: outside):
        with pytest.raises(exam.ExamError, match="its driver travels alone"):
            exercise.driver(driver)


def test_a_seed_without_a_case_for_a_criterion_is_an_error():
    exercise = exam.Exercise("a", defines=["a"], minutes=1, lines=1)
    exercise.cases(lambda random: [{"kind": "yes"}])
    exercise.driver(at_the_top)

    @exercise.criterion(on=["yes", "no"])
    def says(case, evidence):
        """It says."""

    with pytest.raises(exam.ExamError, match="no case of kind no"):
        exercise.cases_for(0)


def test_the_driver_travels_without_the_exam():
    source = LAB.exercises["line"].driver_source
    assert source.startswith("def queue(") and "criterion" not in source


def test_a_hint_folds_and_the_starter_shows_the_way_to_the_solution():
    cells = {cell["id"]: cell["source"] for cell in starter.derive(LAB.solution)["cells"]}
    assert cells["hint-line-1"].startswith("<details>\n<summary>Hint 1</summary>\n\nA line has two ends.")
    assert "solution.ipynb" in cells["solution-line"] and "why" not in cells


SHOWS = """
from letitcrash.queueing.events import Arrived, Finished, Joined, Started


def where_the_second_is_served_first(case, evidence):
    if case["names"]:
        events = [Arrived(0, 1), Joined(1, 1, 0), Arrived(2, 2), Joined(3, 2, 0), Started(4, 2, 1), Finished(9, 2, 1)]
        return events, 4, "Customer 2 <b>jumps</b> the line here"


@line.criterion(on=["crowd", "alone"], points=2, shows=where_the_second_is_served_first)
"""
BACKWARDS = """class Line:
    def __init__(self): self.names = []
    def __len__(self): return len(self.names)
    def join(self, name): self.names.append(name)
    def serve(self): return self.names.pop() if self.names else None"""


@pytest.fixture
def shows(kernel):
    """The toy lab's second exercise, whose first criterion shows a run."""
    text = Path("exam.py").read_text(encoding="utf-8")
    assert text.count('@line.criterion(on=["crowd", "alone"], points=2)\n') == 1
    Path("exam.py").write_text(text.replace('@line.criterion(on=["crowd", "alone"], points=2)\n', SHOWS[1:]), "utf-8")
    kernel.run(SETUP, CHANGE, BACKWARDS)
    return kernel


def report(kernel, name):
    reader = Reader(kernel.names)
    return Report(examine.examine(reader.exercise(name), reader))


def test_a_failing_run_is_told_around_its_guilty_event(shows, capsys):
    said = told(shows, capsys, 'classroom.check("line")').splitlines()
    assert "  A run of 6 events shows it:" in said
    [guilty] = [row.split() for row in said if "→" in row]
    assert guilty == ["→", "event", "5", "4", "s", "Started", "customer", "2,", "till", "1"]
    assert "  Customer 2 <b>jumps</b> the line here" in said


def test_the_player_opens_at_the_guilty_event_and_says_why(shows):
    player = report(shows, "line").player()
    assert (player.at, type(player.runs[0][player.at]).__name__) == (4, "Started")
    spec = player.spec()
    assert (spec["at"], spec["why"], spec["runs"][0]["total"]) == (4, "Customer 2 <b>jumps</b> the line here", 6)


def test_the_player_is_a_live_widget_with_a_text_for_who_has_none(shows, monkeypatch):
    monkeypatch.delenv("LETITCRASH_STATIC", raising=False)
    bundle = report(shows, "line").player()._repr_mimebundle_()
    assert "model_id" in bundle["application/vnd.jupyter.widget-view+json"]
    assert "Customer 2 <b>jumps</b> the line here" in bundle["text/plain"]
    assert "Customer 2 &lt;b&gt;jumps" in bundle["text/html"]


def test_in_a_notebook_the_player_stands_below_the_sentences(shows, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.get_ipython", object)
    monkeypatch.setattr("IPython.display.display", shown.append)
    shows.run('classroom.check("line")')
    assert [type(each).__name__ for each in shown] == ["Report", "Player"]
    shows.run('classroom.check("change")')
    assert [type(each).__name__ for each in shown] == ["Report", "Player", "Report"]


def test_what_does_not_fail_or_is_no_run_loads_no_player(shows):
    assert report(shows, "change").player() is None
    shows.run("class Line:\n    def __init__(self): raise RuntimeError('closed today')")
    closed = report(shows, "line")
    assert closed.player() is None and "closed today" in repr(closed)


def test_a_run_that_cannot_be_made_leaves_the_table(shows, capsys):
    text = Path("exam.py").read_text(encoding="utf-8")
    for broken in ('return events, 6, "too far"', 'return ["eggs"], 0, "no event"', "return 1 / 0"):
        Path("exam.py").write_text(text.replace("return events, 4", broken + "\n        return events, 4"), "utf-8")
        examine._seen.clear()
        said = told(shows, capsys, 'classroom.check("line")')
        assert "were served as" in said and "→" not in said and "not to blame" not in said


def test_a_run_with_nothing_to_look_at_is_refused_in_words():
    def shown(*made):
        return exam.Criterion("c", "It holds.", 1, ("a", "b"), str, lambda case, evidence: made).scene({}, None)

    for made, words in (
        (([], 0, "why"), "shows event 0 of 0"),
        ((["eggs"], 0, "why"), "shows 'eggs', which is no letitcrash.trace.Event"),
    ):
        with pytest.raises(exam.ExamError, match=words):
            shown(*made)


def test_the_grader_s_verdict_holds_no_run():
    exercise = LAB.exercises["line"]
    verdict = LAB.tried(exercise, f"{SETUP}\n{BACKWARDS}", 0)
    assert verdict.scene is None and Report(verdict).player() is None
    assert not any(isinstance(value, exam.Scene) for finding in verdict.findings for value in vars(finding).values())


def test_what_is_said_twice_is_said_once(kernel, capsys):
    said = told(kernel, capsys, "def change(price, paid):\n    return till", 'classroom.check("change")')
    assert said.count("NameError: name 'till' is not defined") == 2  # the message, and the table's row of the answer
    assert said.count("for the same reason") == 2
    page = report(kernel, "change")._repr_html_()
    assert page.count("<details") == 1 and page.count("for the same reason") == 2


def test_an_error_inside_a_simpy_process_keeps_the_reader_s_line():
    answer = "def walk(env):\n    yield env.timeout(1)\n    return 1 / 0\n\n"
    answer += "def change(env):\n    yield env.process(walk(env))"
    driver = "def drive(student, case):\n    import simpy\n    env = simpy.Environment()\n"
    driver += "    env.process(student.change(env))\n    env.run()\n"
    job = {**LAB.job(LAB.exercises["change"], answer, 0), "driver": driver, "driver_name": "drive", "cases": [{}]}
    [evidence] = drive.gather(job)["evidence"]
    assert evidence["error"] | {"says": ""} == {
        "type": "ZeroDivisionError", "says": "", "line": 3, "text": "return 1 / 0"
    }  # fmt: skip


def test_a_server_whose_match_fits_no_case_crashes_in_an_exam_as_in_a_notebook():
    """The steps that an exam counts are written into the code, and a server's class must know it all the same."""
    answer = "from letitcrash.gen_server import GenServer\nclass Till(GenServer):\n"
    answer += "    async def handle_call(self, request, caller):\n        match request:\n"
    answer += "            case ('sell', basket):\n                return sum([cents for cents in basket])\n"
    answer += "def change(price, paid):\n    return Till"
    driver = "def drive(student, case):\n    from letitcrash import World\n"
    driver += "    from letitcrash.gen_server import CallFailed, call\n    world = World()\n"
    driver += "    till = world.start(student.change(0, 0))\n    sold = world.ask(call, till, ('sell', [2, 3]))\n"
    driver += "    try:\n        return [sold, world.ask(call, till, 'refund')]\n"
    driver += "    except CallFailed as failed:\n        return [sold, type(failed.cause).__name__]\n"
    job = {**LAB.job(LAB.exercises["change"], answer, 0), "driver": driver, "driver_name": "drive", "cases": [{}]}
    assert drive.gather(job)["evidence"] == [{"value": [5, "FunctionClause"]}]


def test_an_error_raised_from_another_is_told_as_it_was_raised():
    answer = "def change(price, paid):\n    try: 1 / 0\n    except ZeroDivisionError as error:\n"
    answer += "        raise KeyError('till 9') from error"
    evidence = drive.gather(LAB.job(LAB.exercises["change"], answer, 0))["evidence"]
    assert {(each["error"]["type"], each["error"]["line"]) for each in evidence} == {("KeyError", 4)}


def test_errors_that_name_each_other_as_their_cause_do_not_go_round_for_ever():
    answer = (
        "def change(price, paid):\n    a, b = KeyError(), KeyError()\n    a.__cause__, b.__cause__ = b, a\n    raise a"
    )
    evidence = drive.gather(LAB.job(LAB.exercises["change"], answer, 0))["evidence"]
    assert {each["error"]["type"] for each in evidence} == {"KeyError"}


def test_an_attempt_stops_a_loop_without_a_body_an_exit_and_a_flood_of_words(capsys):
    cell = {"exit": SystemExit}
    exec(compile("def wait():\n    while True: pass\ndef leave():\n    raise exit(3)", "<cell>", "exec"), cell)
    for name, words in [("wait", "never ends"), ("leave", "asked Python itself to stop")]:
        with classroom.attempt(lines=1000):
            cell[name]()
        assert words in capsys.readouterr().out
    with classroom.attempt():
        for _ in range(100_000):
            print("eggs")
    assert len(capsys.readouterr().out) < 10_000
