"""Lab 6: its text tells the truth, its parts run the library's stores, a wrong answer is told why."""

import re
from types import SimpleNamespace

import pytest
from lab_runs import Lab

from letitcrash.balancing import Dark, run_stores
from letitcrash.balancing.lab_reference import AFTER, BEFORE, BUS_FROM, BUS_UNTIL, CLERKS, PER_SECOND, monday
from letitcrash.classroom import notebook, parts
from letitcrash.classroom.judge import CORRECT, MISSING, WRONG, Verdict
from letitcrash.queueing import Exponential, Poisson
from letitcrash.world import minutes

LAB = Lab("06_two_stores_one_queue")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("saturday", "coin: 83 customers are told sorry\nshorter line: 161 customers are told sorry\n"),
        ("round-robin-example", "(2, 0)\n2\n"),
        ("sabotage-round-robin", "Bet first"),
        ("sabotage-settled", "Red went ties_are_nobodys. You bet on ties_are_nobodys: right."),
        ("two-choices-example", "1 of 20 stores: 6.9 minutes inside\n2 of 20 stores: 2.5 minutes inside\n"),
        ("outliers-example", "(False, True)\n(True, True)\n(False, True)\n"),
        ("outliers-tried", "shorter line: 161 lost"),
        ("outliers-tried", "and our Outliers: 18 lost"),
        ("opened", "Outliers: yours"),
        (
            "opened",
            "\n5 of 5 parts of this town are yours: round_robin, least_connections, two_choices, Outliers, admit.\n",
        ),
        ("finish", "All 5 exercises stand"),
    ],
)
def test_a_cell_prints_what_the_text_around_it_says(printed, cell, says):
    assert says in printed[cell]


def shares(line: str) -> list[int]:
    """The percentages of the minutes in a printed line."""
    return [int(each) for each in re.findall(r"(\d+)%", line)]


def test_nothing_that_the_ticket_tried_helps_but_to_forbid_coming_in_again_and_that_late(printed):
    lines = dict(re.split(r"  +", line, maxsplit=1) for line in printed["ticket-as-it-is"].splitlines())
    assert len(lines) == 5
    for name, line in lines.items():
        before, bus, after = shares(line)[:4], shares(line)[4], shares(line)[5:]
        assert before == [100] * 4 and bus < 50, name
        assert after[0] == 0 and (after[1] > 50 if name == "no second try" else after == [0, 0]), name
    assert shares(printed["ticket-tried"])[4] < 90 and shares(printed["ticket-tried"])[5:] == [100, 100]


def test_the_town_of_the_opening_loses_few_by_each_rule_and_its_monday_ends_well(printed):
    lost = [int(each) for each in re.findall(r": (\d+) customers lost", printed["opened"])]
    assert len(lost) == 3 and max(lost) < 40
    assert shares(re.search("Monday: .*", printed["opened"])[0])[-1] == 100


def test_the_ticket_s_numbers_are_those_of_its_text():
    """Seven tenths of what five clerks can do; the bus stands outside at 10:00, four minutes after the beginning."""
    assert [CLERKS, BUS_FROM, BUS_UNTIL - BUS_FROM, AFTER[0] - BUS_UNTIL] == [5, minutes(4), 40, 60]
    assert 3 < PER_SECOND < 4 and round(PER_SECOND / CLERKS, 9) == 0.7
    assert BUS_FROM - BEFORE[1] >= 40, "four times ten seconds: they are through when the bus comes"


@pytest.mark.parametrize(
    ("wrong", "after"), [(lambda line, now: (line, []), 0.0), (lambda line, now: (line[:100], line[100:]), 0.5)]
)
def test_a_line_that_is_longer_than_the_patience_stays_so_when_the_bus_has_gone(wrong, after):
    for seed in range(3):
        morning = monday(wrong, seed)
        assert morning.served_share(*BEFORE) > 0.99 and morning.served_share(*AFTER) <= after, seed


def test_more_clerks_would_do_it_too_but_twice_as_many():
    def everybody_stays(line, now):
        return line, []

    for seed in range(3):
        assert monday(everybody_stays, seed, clerks=7).served_share(*AFTER) == 0
        assert monday(everybody_stays, seed, clerks=10).served_share(*AFTER) > 0.95


def test_a_right_admit_has_room_to_differ_and_none_to_be_lucky():
    """Each of them is far from the target's edge, over 20 Mondays: nobody is right or wrong by chance."""
    for name, source in LAB.right("ticket").items():
        admit = LAB.names("ticket", source)["admit"]
        for seed in range(3 if name == "ticket_newest_first" else 10):
            morning = monday(admit, seed)
            assert morning.served_share(*BEFORE) > 0.99 and morning.served_share(*AFTER) > 0.98, f"{name}, seed {seed}"


def test_a_readers_parts_run_the_library_s_stores_and_doors():
    own = {name: each for exercise in LAB.exercises for name, each in LAB.names(exercise).items()}
    for rule in ("round_robin", "least_connections", "two_choices"):
        for doors in (1, 3):
            days = run_stores(
                Poisson(240),
                Exponential(120),
                3,
                3,
                rule=own[rule],
                outliers=own["Outliers"],
                doors=doors,
                faults=[Dark(1, 0, 1200)],
                until=minutes(60),
            )
            assert 5 <= days.lost <= 25 * doors, (rule, doors)
            assert days.sent[1] > 30, "used again when the light is back"


def test_the_library_s_own_parts_do_what_the_lab_asks():
    for name, exercise in LAB.exercises.items():
        library = {part: parts.reference(part) for part in exercise.parts}
        assert LAB.complaints(name, library, range(2)) == []


def test_what_the_solution_kept_is_every_part_of_the_lab(printed):
    kept = {name for exercise in LAB.exercises.values() for name in exercise.parts}
    assert kept == {"round_robin", "least_connections", "two_choices", "peak_ewma", "peak_load", "Outliers", "admit"}
    assert all(not isinstance(next(parts.newest(name))[1], Exception) for name in kept)


def test_only_the_exercise_that_no_ticket_needs_may_be_left_out(monkeypatch, capsys):
    assert [name for name, exercise in LAB.exercises.items() if exercise.optional] == ["peak_ewma"]
    monkeypatch.setattr(notebook, "Reader", lambda names: SimpleNamespace(lab=lambda: LAB.folder))
    status = {"peak_ewma": MISSING}
    monkeypatch.setattr(
        notebook, "examine", lambda exercise, reader: Verdict(exercise.name, status.get(exercise.name, CORRECT), (), 0)
    )
    notebook.finish()
    assert "All 4 exercises stand, but for the optional one." in capsys.readouterr().out
    for left in ({"peak_ewma": WRONG}, {"two_choices": MISSING}):
        status.clear()
        status.update(left)
        with pytest.raises(notebook.Unfinished, match=next(iter(left))):
            notebook.finish()


MISTAKES = {
    "round_robin_two_turns_behind_a_shut_store": "of the stores 0 to ",
    "two_choices_looks_at_all": "you looked at all of them",
    "outliers_five_sorries_each_time": "are lost when its ejections grow",
    "ticket_everybody_stays": "of the clerks' work was for customers who had gone out",
}


def test_a_wrong_answer_is_told_what_is_wrong_in_the_words_of_the_story_and_run_all_reaches_the_end():
    outputs = LAB.left_open(LAB.mistaken(*MISTAKES))
    for name, says in MISTAKES.items():
        cell = LAB.mistaken(name).popitem()[0].replace("_", "-")
        assert says in outputs[f"check-{cell}"], name
    assert "there is nothing to break yet" in outputs["sabotage-round-robin"]
    assert "not done yet" in outputs["check-peak-ewma"]
