"""Chapter 3 keeps the book's rules, its table is Erlang's, and its text says what its runs give."""

import ast
import itertools
import json
import re
import shutil
import statistics
import subprocess
from pathlib import Path

import pytest

from letitcrash.process import events as ev
from letitcrash.show.chapter03 import QUESTIONS, TABLE, came_out, freezer, predict, webs
from letitcrash.show.explore import Explorable
from letitcrash.show.figure import Figure
from letitcrash.show.player.output import Player
from letitcrash.world import minutes

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "notebooks" / "03_who_hears_the_crash.ipynb"
PROGRAM = ROOT / "notebooks" / "erlang" / "who_hears.erl"
CELLS = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
CODE = ["".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "code"]
TEXT = "\n\n".join("".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "markdown")
PROSE = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
SAID = " ".join(PROSE.split())
WIDEST = 82  # characters of code that a page of 1280 pixels shows


@pytest.fixture(scope="module")
def chapter() -> dict:
    """The names that the notebook defines when all its cells have run; `shown` has what each cell shows."""
    names: dict = {"shown": {}}
    for cell in CELLS:
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        *lines, last = [ast.get_source_segment(source, node) for node in ast.parse(source).body]
        for line in lines:
            exec(line, names)
        try:
            names["shown"][cell["id"]] = eval(last, names)
        except SyntaxError:
            exec(last, names)
    return names


# The rules of a chapter


def test_a_chapter_has_1500_to_3000_words():
    assert 1500 <= len(PROSE.split()) <= 3000


def test_a_chapter_has_20_to_40_code_cells_of_3_lines_mostly_and_15_at_most():
    lengths = [sum(bool(line.strip()) for line in source.splitlines()) for source in CODE]
    assert 20 <= len(lengths) <= 40
    assert statistics.median(lengths) <= 3
    assert max(lengths) <= 15


def test_no_line_of_code_runs_out_of_the_page():
    fences = re.findall(r"```(?:erlang|text)\n(.*?)```", TEXT, flags=re.DOTALL)
    lines = [line for source in [*CODE, *fences] for line in source.splitlines()]
    assert [line for line in lines if len(line) > WIDEST] == []


def test_the_sections_come_in_the_books_order():
    headings = re.findall(r"^## (.*)$", PROSE, flags=re.MULTILINE)
    last = ["In real Erlang", "In KAZOO", "Where the store stops being a computer", "What to remember"]
    assert headings[-6:] == [*last, "Mark yourself", "Next"]
    promise, objectives = PROSE.split("\n\n")[1:3]
    assert len(promise.splitlines()) == 3
    assert objectives.startswith("**When we are through, we can**")


def test_marks_of_time_rise_to_an_hour():
    marks = [int(mark) for mark in re.findall(r"\*\((?:to here: )?(\d+) minutes\)\*", PROSE)]
    assert len(marks) >= 6
    assert marks == sorted(marks) and marks[-1] <= 60


def test_it_has_three_to_five_bets_and_three_runs_to_watch(chapter):
    shown = chapter["shown"].values()
    bets = [each.bet for each in shown if isinstance(each, Explorable) and each.bet]
    assert 3 <= len(bets) <= 5
    assert sum(isinstance(each, Player) for each in shown) == 3
    assert [name for name, each in chapter["shown"].items() if isinstance(each, Explorable)][-1] == "explore-sandbox"


def test_every_picture_is_followed_by_words(chapter):
    kinds = Explorable | Figure | Player
    pictures = [name for name, shown in chapter["shown"].items() if isinstance(shown, kinds)]
    following = {cell["id"]: after["cell_type"] for cell, after in itertools.pairwise(CELLS)}
    assert {following[name] for name in pictures} == {"markdown"}


def test_five_questions_close_it():
    assert len(QUESTIONS) == 5


def test_every_term_that_it_links_is_in_the_glossary():
    glossary = (ROOT / "book" / "glossary.md").read_text(encoding="utf-8")
    defined = set(re.findall(r"^(\S.*)$", glossary.split("```{glossary}")[1], flags=re.MULTILINE))
    linked = {re.sub(r".*<(.*)>", r"\1", term) for term in re.findall(r"\{term\}`([^`]+)`", PROSE)}
    assert len(linked) >= 6
    assert linked <= defined


# The table


def test_each_row_is_predicted_from_what_its_run_gives():
    asked = predict(TABLE).questions
    assert len(asked) == len(TABLE) == 21 and "Twenty-one rows" in PROSE
    assert [question.right for question in asked] == list(came_out(TABLE).answers.values())


def test_what_is_right_is_nowhere_but_in_the_run(monkeypatch):
    from letitcrash.process import death

    monkeypatch.setattr(death, "exit_signal", lambda reason, **how: ("ignored", reason))
    deaf = came_out(TABLE).answers
    assert deaf["kill_to_a_trapper"] == deaf["own_kill_over_a_link"] == "works on"


def test_a_wrong_rule_changes_the_marks():
    answers = came_out(TABLE).answers
    assert answers["killed_heard_by_a_trapper"] != answers["own_kill_heard_by_a_trapper"]
    assert answers["demonitored_too_late"] != answers["demonitored_with_flush"]


def test_the_row_that_the_chapter_reads_is_the_one_it_means():
    assert TABLE[15].name == "linked_twice_unlinked_once"
    for name in re.findall(r"`([a-z]+(?:_[a-z]+)+)`", PROSE):
        assert name in {row.name for row in TABLE} | {"spawn_monitor", "trap_exit", "is_alive", "kz_globals"}, name


# What the text says about the runs beside it


def test_on_tuesday_nobody_notices_and_on_wednesday_it_takes_no_time(chapter):
    assert f"pass −6 at {freezer.clock(freezer.softens(chapter['roll']))}" in SAID
    died = chapter["tuesday"].trace.of(ev.Exited)[-1]
    assert (freezer.clock(died.at), died.pid.label) == ("9:12", "clerk")
    lost = chapter["tuesday"].trace.of(ev.Dropped)
    assert {event.at % minutes(4) for event in lost} == {0}
    assert len(lost) == 26  # a label each four minutes from 9:16 on
    told = chapter["wednesday"].trace
    death, hiring = told.of(ev.Exited)[-1], told.of(ev.Spawned)[-1]
    assert death.at == hiring.at == minutes(12)
    assert freezer.warmest(chapter["better"]) == pytest.approx(-17.4)  # "the freezer loses 0.6 degrees"


def test_the_chain_falls_as_the_text_says(chapter):
    chain, left = chapter["chain"], webs.left
    assert [left(chain(hit, "crashes")) for hit in (1, 3, 6)] == [0, 0, 0]
    assert left(chain(3, "goes home")) == 5  # "All but the one who left"
    assert left(chain(5, "crashes", traps=3)) == 3
    ends = webs.fates(chain(5, "crashes", traps=5))
    assert ends["4"].startswith("exits") and ends["6"].startswith("exits")
    assert webs.fates(chain(5, "is killed", traps=4))["4"] == "was told: killed"


def test_the_sandbox_has_the_answers_that_the_text_gives(chapter):
    shop = chapter["shop"]
    told = [event for event in shop("a ring", 3, "crashes", 1).trace.of(ev.Signalled) if event.outcome == "message"]
    assert [event.receiver.label for event in told] == ["1", "1"]
    star = {trapper: webs.left(shop("a star", 3, "crashes", trapper).trace) for trapper in (1, 2)}
    assert star == {1: 5, 2: 2}  # the manager is one of those left
    for shape, hit, how in itertools.product(chapter["SHAPES"], range(1, 6), ("crashes", "goes home", "is killed")):
        assert webs.fates(shop(shape, hit, how, "nobody").trace)["m"].startswith("was told")


def test_a_name_is_inherited_after_the_down_and_not_before(chapter):
    run = lambda patient: chapter["World"]().ask(chapter["takes_over"], patient)
    assert run(True) == "a new clerk"
    with pytest.raises(ValueError, match="taken"):
        run(False)


def test_every_picture_has_a_reading_with_a_number_in_it(chapter):
    for name, shown in chapter["shown"].items():
        if isinstance(shown, Explorable):
            assert re.search(r"\d", shown.figure().reading), name


# In real Erlang


def test_the_program_that_the_chapter_shows_is_the_one_beside_it():
    (shown,) = re.findall(r"```erlang\n(.*?)```", TEXT, flags=re.DOTALL)
    assert shown == PROGRAM.read_text(encoding="utf-8")


def test_erlang_prints_the_table_that_the_model_gives():
    if shutil.which("escript") is None:
        pytest.skip("no Erlang on this machine: install erlang-base to run the chapter's program")
    done = subprocess.run(["escript", PROGRAM], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.splitlines() == [f"{name:28} {answer}" for name, answer in came_out(TABLE).answers.items()]
    (shown,) = re.findall(r"```text\n(.*?)```", TEXT, flags=re.DOTALL)
    assert done.stdout.startswith(shown)
