"""Lab 7: its text tells the truth, its parts run the library's shelves, a wrong answer is told why."""

import re

import pytest
from lab_runs import Lab

from letitcrash.caching import HICCUPS, events, run_shelves, shelves_as_processes
from letitcrash.classroom import parts

LAB = Lab("07_the_butcher_knows_you")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("nothing-kept", "after a minute 2514 questions are at the office"),
        ("cache-example", "249 None\n2\nNone\n"),
        ("ring-example", "35% moved, to ['West']\n"),
        ("fetch-example", "249 at 1.5 s\n249 at 1.5 s\n249 at 1.5 s\nfetches: 1\n"),
        ("sabotage-fetch", "Bet first"),
        ("sabotage-settled", "Red went a_failure_is_forgotten. You bet on a_failure_is_forgotten: right."),
        ("start-times-example", "Ann: 8:48\nBen: 8:54\nCem: 9:04\n"),
        ("opened", "customers asked; 53 fetches for prices, and 6 questions for missed news\n"),
        ("opened", "6 of 6 parts of this town are yours: Cache, ring, owner, Shelf, start_times, on_news.\n"),
        ("finish", "All 5 exercises stand"),
    ],
)
def test_a_cell_prints_what_the_text_around_it_says(printed, cell, says):
    assert says in printed[cell]


def test_each_thing_that_was_tried_misses_the_target_or_the_budget_and_the_solution_keeps_both(printed):
    numbers = r"oldest price +(\d+) s \| office: +(\d+) questions a minute, +(\d+) at once \| +(\d+) waits"
    rows = [[*map(int, row)] for row in re.findall(numbers, printed["ticket-as-it-is"])]
    as_it_is, a_minute, for_ever, thrown_away = rows
    assert as_it_is[0] > 600 and for_ever[0] > 1800, "a quarter of an hour is 900 s"
    assert a_minute[0] < 75 and 600 < a_minute[1] < 700, "the prices were right, and six hundred questions came"
    assert thrown_away[0] > 75 and thrown_away[2] > 100, "a hundred questions in line, and on Thursday no help"
    ((age, per_minute, line, waits),) = [[*map(int, row)] for row in re.findall(numbers, printed["ticket-tried"])]
    assert age <= 45 and per_minute <= 115 and line <= 10 and waits <= 60


def test_every_right_answer_to_the_ticket_keeps_the_target_in_the_hour_of_the_text():
    for source in LAB.right("ticket").values():
        run = run_shelves(LAB.names("ticket", source)["on_news"], gaps=HICCUPS, seed=1)
        assert run.worst_age <= 75 and run.per_minute <= 115 and run.longest_line <= 10 and run.waits_over(1.0) <= 60


def test_the_library_s_shelves_run_on_every_right_cache_and_every_right_shelf():
    """All of them live the same minute, question by question and fetch by fetch."""
    minute = {"prices": 12, "planted": 3, "rate": 1.5, "change": 0.2, "ttl": 15.0, "until": 60.0}
    caches = [LAB.names("cache", source)["Cache"] for source in LAB.right("cache").values()]
    shelves = [LAB.names("fetch", source)["Shelf"] for source in LAB.right("fetch").values()]
    own = [{"cache": cache} for cache in caches] + [{"shelf": shelf} for shelf in shelves]
    lived = []
    for answers in [{}, *own]:
        world = shelves_as_processes(LAB.names("ticket")["on_news"], **minute, **answers)
        world.run(until=60)
        lived.append([(each.at, each.store, each.key) for each in world.trace.of(events.FetchStarted)])
    assert len(lived[0]) > 20 and all(each == lived[0] for each in lived)


def test_what_the_solution_kept_is_every_part_of_the_lab(printed):
    kept = {name for exercise in LAB.exercises.values() for name in exercise.parts}
    assert kept == {"Cache", "ring", "owner", "Shelf", "start_times", "on_news"}
    assert all(not isinstance(next(parts.newest(name))[1], Exception) for name in kept)


MISTAKES = {
    "cache_reading_renews": "it should be None, and is an Entry",
    "ring_remainder": "keys should move, about one in",
    "fetch_a_failure_leaves_the_key": "no answer, ever",
    "start_times_all_at_once": "there is one butcher",
    "ticket_trusts_connected": "customers got one older than the 75 s",
}


def test_a_wrong_answer_is_told_what_is_wrong_in_the_words_of_the_story_and_run_all_reaches_the_end(kept):
    outputs = LAB.left_open(LAB.mistaken(*MISTAKES))
    for name, says in MISTAKES.items():
        exercise = LAB.mistaken(name).popitem()[0].replace("_", "-")
        assert says in outputs[f"check-{exercise}"], name
    assert "there is nothing to break yet" in outputs["sabotage-fetch"]
