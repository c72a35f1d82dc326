"""Chapter 3 keeps the book's rules, its table is Erlang's, and its text says what its runs give."""

import itertools
import re

import pytest
from chapter_runs import numbered

from letitcrash.process import events as ev
from letitcrash.process import exit_signal
from letitcrash.show import came_out, predict
from letitcrash.show.chapter03 import TABLE, cases, freezer, webs
from letitcrash.show.player.output import Player
from letitcrash.world import minutes

CHAPTER = numbered(3)


def test_three_runs_are_to_watch(chapter):
    assert sum(isinstance(each, Player) for each in chapter["shown"].values()) == 3


# The table


def test_each_row_is_predicted_from_what_its_run_gives():
    asked = predict(TABLE).questions
    assert len(asked) == len(TABLE) == 21 and "Twenty-one rows" in CHAPTER.prose
    assert [question.right for question in asked] == list(came_out(TABLE).answers.values())


def test_what_is_right_is_nowhere_but_in_the_run():
    deaf = {row.name: row.run(parts={"exit_signal": lambda reason, **how: ("ignored", reason)}) for row in TABLE}
    assert deaf["kill_to_a_trapper"] == deaf["own_kill_over_a_link"] == "works on"


def test_a_wrong_rule_changes_the_marks():
    answers = came_out(TABLE).answers
    assert answers["killed_heard_by_a_trapper"] != answers["own_kill_heard_by_a_trapper"]
    assert answers["demonitored_too_late"] != answers["demonitored_with_flush"]


def test_the_row_that_the_chapter_reads_is_the_one_it_means():
    assert TABLE[15].name == "linked_twice_unlinked_once"
    for name in re.findall(r"`([a-z]+(?:_[a-z]+)+)`", CHAPTER.prose):
        assert name in {row.name for row in TABLE} | {"spawn_monitor", "trap_exit", "is_alive", "kz_globals"}, name


def test_the_cases_are_all_there_and_come_from_the_rule():
    rows = {tuple(row[:2]): row[2:] for row in cases(exit_signal).rows}
    assert len(rows) == 9
    assert rows["`kill`", "over a link"] == ("exits: kill", "message: kill")
    assert rows["`kill`", "`exit(Pid, …)` from another process"] == ("exits: killed", "exits: killed")
    assert {row[2:] for row in cases(lambda reason, **how: ("ignored", reason)).rows} == {("nothing happens",) * 2}


def test_only_a_normal_from_itself_ends_a_process_as_the_text_says():
    """ "*Normal* ends a process only if the process sent it to itself." """
    ends = {row[1] for row in cases(exit_signal).rows if row[0] == "`normal`" and row[2].startswith("exits")}
    assert ends == {"`exit(Pid, …)` from itself"}
    assert {row[3] for row in cases(exit_signal).rows if row[0] == "`normal`"} == {"message: normal"}


# The words of the text about the runs beside it


def test_on_tuesday_nobody_notices_and_on_wednesday_it_takes_no_time(chapter):
    assert f"leaves −18 °C at 9:12 and passes −6 at {freezer.clock(freezer.softens(chapter['roll']))}" in CHAPTER.said
    died = chapter["tuesday"].trace.of(ev.Exited)[-1]
    assert (freezer.clock(died.at), died.pid.label) == ("9:12", "clerk")
    lost = chapter["tuesday"].trace.of(ev.Dropped)
    assert {event.at % minutes(4) for event in lost} == {0}
    assert len(lost) == 26  # a label each four minutes from 9:16 on
    told = chapter["wednesday"].trace
    death, hiring = told.of(ev.Exited)[-1], told.of(ev.Spawned)[-1]
    assert death.at == hiring.at == minutes(12)
    assert freezer.warmest(chapter["better"]) == pytest.approx(-17.4)  # "the freezer warms by 0.6 degrees"


def test_no_crash_of_the_chapter_goes_to_the_log_where_a_page_would_show_it(chapter, caplog):
    chapter["morning"](freezer.hires)
    assert "report=None" in CHAPTER.source(next(cell for cell in CHAPTER.cells if cell["id"] == "names-run"))
    assert not caplog.records


def test_looking_often_is_expensive_and_looking_seldom_is_late(chapter):
    for every, said in ((60, "warm to −10.8 °C"), (5, "keeps it at −17.4 °C, and costs twelve looks an hour")):
        assert said in CHAPTER.said
        assert f"−{-freezer.warmest(chapter['roll_of'](every)):.1f} °C" in said


def test_the_chain_falls_as_the_text_says(chapter):
    chain, left = chapter["chain"], webs.left
    assert [left(chain(hit, "crashes")) for hit in (1, 3, 6)] == [0, 0, 0]
    assert left(chain(3, "goes home")) == 5  # "Everybody stays but the one who went home"
    assert left(chain(5, "crashes", traps=3)) == 3
    ends = webs.fates(chain(5, "crashes", traps=5))
    assert ends["4"].startswith("exits") and ends["6"].startswith("exits")
    assert webs.fates(chain(5, "is killed", traps=4))["4"] == "was told: killed"


def test_the_sandbox_has_the_answers_that_the_text_gives(chapter):
    assert "Two messages, one from each side. The clerk in the middle, 1. None:" in CHAPTER.said
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


# In real Erlang


def test_erlang_prints_the_table_that_the_model_gives():
    printed = CHAPTER.erlang_prints()
    assert printed.splitlines() == [f"{name:28} {answer}" for name, answer in came_out(TABLE).answers.items()]
    (shown,) = CHAPTER.fences("text")
    assert printed.startswith(shown)
