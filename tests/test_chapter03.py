"""Chapter 3 keeps the book's rules, its table is Erlang's, and its text says what its runs give."""

import itertools
import re

import pytest
from chapter_runs import numbered

from letitcrash.process import events as ev
from letitcrash.show import came_out, predict
from letitcrash.show.chapter03 import TABLE, freezer, webs
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
    deaf = {row.name: row.run(exit_signal=lambda reason, **how: ("ignored", reason)) for row in TABLE}
    assert deaf["kill_to_a_trapper"] == deaf["own_kill_over_a_link"] == "works on"


def test_a_wrong_rule_changes_the_marks():
    answers = came_out(TABLE).answers
    assert answers["killed_heard_by_a_trapper"] != answers["own_kill_heard_by_a_trapper"]
    assert answers["demonitored_too_late"] != answers["demonitored_with_flush"]


def test_the_row_that_the_chapter_reads_is_the_one_it_means():
    assert TABLE[15].name == "linked_twice_unlinked_once"
    for name in re.findall(r"`([a-z]+(?:_[a-z]+)+)`", CHAPTER.prose):
        assert name in {row.name for row in TABLE} | {"spawn_monitor", "trap_exit", "is_alive", "kz_globals"}, name


# What the text says about the runs beside it


def test_on_tuesday_nobody_notices_and_on_wednesday_it_takes_no_time(chapter):
    assert f"pass −6 at {freezer.clock(freezer.softens(chapter['roll']))}" in CHAPTER.said
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


# In real Erlang


def test_erlang_prints_the_table_that_the_model_gives():
    printed = CHAPTER.erlang_prints()
    assert printed.splitlines() == [f"{name:28} {answer}" for name, answer in came_out(TABLE).answers.items()]
    (shown,) = CHAPTER.fences("text")
    assert printed.startswith(shown)
