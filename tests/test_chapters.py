"""Every chapter keeps the rules of the book: its length, its order, its bets, its pictures, its Erlang."""

import itertools
import re
import statistics
from pathlib import Path

import pytest
from chapter_runs import NOTEBOOKS, ROOT, Chapter, numbered

from letitcrash.show.bets import Bet
from letitcrash.show.explore import Explorable
from letitcrash.show.figure import Figure
from letitcrash.show.player.output import Player

WIDEST = 82  # characters of code that a page of 1280 pixels shows
LINES = {2: 6}  # of a cell, in the middle: 3; chapter 2 shows its processes whole, for they are the lesson
CLOSING = ["In real Erlang", "In KAZOO", "Where the store stops being a computer", "What to remember"]


def whole_or_draft(paths: list[Path]) -> list:
    return [pytest.param(int(path.name[:2]), id=path.stem) for path in paths]


@pytest.fixture(params=whole_or_draft(NOTEBOOKS))
def any_chapter(request) -> Chapter:
    """A chapter, be it a draft (see tools/chapter.py)."""
    return numbered(request.param)


@pytest.fixture(params=whole_or_draft([path for path in NOTEBOOKS if not numbered(int(path.name[:2])).is_draft]))
def each(request) -> Chapter:
    """A chapter that is no draft."""
    return numbered(request.param)


def shown(each: Chapter, *kinds: type) -> dict:
    """The outputs of the chapter's cells that are of these kinds, by cell id."""
    return {name: what for name, what in each.names["shown"].items() if isinstance(what, kinds)}


def test_a_chapter_has_1500_to_3000_words(each):
    assert 1500 <= len(each.prose.split()) <= 3000


def test_a_chapter_has_20_to_40_code_cells_of_3_lines_mostly_and_15_at_most(each):
    lengths = [sum(bool(line.strip()) for line in source.splitlines()) for source in each.code]
    assert 20 <= len(lengths) <= 40
    assert statistics.median(lengths) <= LINES.get(each.number, 3)
    assert max(lengths) <= 15


def test_no_line_of_code_runs_out_of_the_page(any_chapter):
    sources = [*any_chapter.code, *any_chapter.fences("erlang"), *any_chapter.fences("text")]
    assert [line for source in sources for line in source.splitlines() if len(line) > WIDEST] == []


def test_the_sections_come_in_the_books_order(any_chapter):
    headings = re.findall(r"^## (.*)$", any_chapter.prose, flags=re.MULTILINE)
    assert headings[-6:] == [*CLOSING, "Mark yourself", "Next"]
    title, promise, objectives = any_chapter.prose.split("\n\n")[:3]
    assert title.startswith("# ")
    assert len(promise.splitlines()) == 3
    assert objectives.startswith("**When we are through, we can**")


def test_marks_of_time_rise_to_an_hour(each):
    marks = [int(mark) for mark in re.findall(r"\*\((?:to here: )?(\d+) minutes\)\*", each.prose)]
    assert len(marks) >= 6
    assert marks == sorted(marks) and 45 <= marks[-1] <= 60


def test_three_to_five_bets_are_placed_before_something_runs(each):
    bets = [found.bet for found in shown(each, Explorable).values() if found.bet]
    assert 3 <= len([*bets, *shown(each, Bet)]) <= 5


def test_the_last_thing_to_turn_is_a_sandbox_before_the_replay_of_an_outage(each):
    explorables = [name for name in shown(each, Explorable) if name != "explore-outage"]
    assert len(explorables) >= 5 and explorables[-1] == "explore-sandbox"


def test_there_is_a_run_to_watch(each):
    assert shown(each, Player)


def test_every_picture_is_followed_by_words(any_chapter):
    following = {cell["id"]: after["cell_type"] for cell, after in itertools.pairwise(any_chapter.cells)}
    pictures = shown(any_chapter, Explorable, Figure, Player, Bet)
    assert [name for name in pictures if following[name] != "markdown"] == []


def test_no_picture_is_sought_on_the_left_or_right_since_a_phone_has_them_below_each_other(any_chapter):
    assert re.findall(r"[^.]*\b(?:on|to) the (?:left|right)\b[^.]*", any_chapter.prose) == []


def test_every_explorable_is_read_aloud_in_a_sentence_with_a_number_unless_it_shows_words(any_chapter):
    readings = {name: found.figure().reading for name, found in shown(any_chapter, Explorable).items()}
    assert [name for name, reading in readings.items() if not reading.endswith(".")] == []
    assert {name for name, reading in readings.items() if not re.search(r"\d", reading)} <= {"explore-mailbox"}


def test_five_questions_close_it(each):
    assert len(each.questions) == 5


def test_every_term_that_it_links_is_in_the_glossary(each):
    glossary = (ROOT / "book" / "glossary.md").read_text(encoding="utf-8")
    defined = set(re.findall(r"^(\S.*)$", glossary.split("```{glossary}")[1], flags=re.MULTILINE))
    linked = {re.sub(r".*<(.*)>", r"\1", term) for term in re.findall(r"\{term\}`([^`]+)`", each.prose)}
    assert len(linked) >= 5
    assert linked <= defined


def test_the_program_that_the_chapter_shows_is_the_one_beside_it(any_chapter):
    assert any_chapter.fences("erlang") == [any_chapter.program.read_text(encoding="utf-8")]


@pytest.mark.long
def test_no_draft_is_left_for_readers():
    drafts = [path.name for path in NOTEBOOKS if numbered(int(path.name[:2])).is_draft]
    assert drafts == [], "finish it, and take the tag `draft` from its title cell"
