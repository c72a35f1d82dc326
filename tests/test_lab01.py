"""Lab 1: its text tells the truth, its parts have a counterpart in the library, a wrong answer is told why."""

import math

import pytest
from lab_runs import Lab
from lab_runs import printed as all_printed

from letitcrash.classroom import drive, parts
from letitcrash.queueing import (
    Exponential,
    Hourly,
    confidence_interval,
    erlang_c,
    run_store,
    service_level,
)
from letitcrash.queueing.lab_reference import measure, staff
from letitcrash.show.player import reducer
from letitcrash.trace import as_dict
from letitcrash.world import hours, minutes

LAB = Lab("01_the_till_and_the_queue")
BY_HOUR = {12: 50, 13: 60, 14: 80, 15: 100, 16: 190, 17: 190, 18: 100, 19: 50}
FRIDAY, BASKET = Hourly(list(BY_HOUR.values()), start=12), Exponential(minutes(2))
FIVE_O_CLOCK = BY_HOUR[17] * 120 / 3600  # erlangs


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("report", "43 seconds"),  # "Under a minute: head office is happy."
        ("five-to-six", "5.7 minutes"),
        ("serve", "[(0, 0), (10, 50), (20, 100)]"),
        ("own-friday", "ours 103.152 s, theirs 103.152 s"),
        ("express", "254 s 211 s 223 s 353 s 166 s 150 s 294 s 336 s"),  # "anything from 150 to 353 seconds"
        ("measure-example", "140.6 240.0 339.4"),
        ("express-measured", "days:      206 to 247 s\ncustomers: 224 to 231 s"),  # and theory says 240
        ("erlang-b-example", "0.2105 0.0184 0.0085"),
        ("erlang-c-example", "0.4092 79.6% 88.8%"),
        ("agree", "ours: 26 to 44 s, Erlang's: 36.8 s"),
        ("sabotage-customer", "Bet first"),
        ("sabotage-settled", "Red went keeps_the_till_while_served. You bet on keeps_the_till_while_served: right."),
        ("ticket-tried", "7 tills: mean 110 s, 15.3% wait more than four minutes\n8 tills: mean 35 s, 2.0%"),
        ("finish", "All 5 exercises stand"),
    ],
)
def test_a_cell_prints_what_the_text_around_it_says(printed, cell, says):
    assert says in printed[cell]


def test_the_text_takes_its_numbers_from_the_runs(printed):
    text = LAB.text
    for number in ("from 150 to 353", "all 19,085 customers", "224 to 231", "$C = 0.4092$", "99.4$ s"):
        assert number in text, number
    first_hour, later = [], []
    for seed in range(20):
        day = run_store(Hourly([48] * 24), Exponential(60), tills=1, seed=seed)
        for arrived, waited in zip(day.arrived, day.waited, strict=True):
            (first_hour if arrived < hours(1) else later).append(waited)
    # "in the first hour it is half of what it becomes"
    assert 0.35 < (sum(first_hour) / len(first_hour)) / (sum(later) / len(later)) < 0.65


# The ticket -----------------------------------------------------------------------------------------------------------


def test_eight_tills_keep_the_promise_and_each_way_to_be_wrong_gives_another_number():
    average = sum(BY_HOUR.values()) / len(BY_HOUR)
    assert staff(BY_HOUR, 17, 120, 240) == 8
    assert staff({17: average}, 17, 120, 240) == 5  # what the manager worked out
    assert erlang_c(FIVE_O_CLOCK, 7) * 120 / (7 - FIVE_O_CLOCK) < 240  # the mean is content with seven
    assert math.ceil(FIVE_O_CLOCK) == 7  # and so is who wants to keep up with the work


def test_the_store_agrees_that_seven_tills_break_the_promise_and_eight_keep_it():
    """Intervals over forty Fridays; the formula takes five o'clock for an hour that lasts for ever."""
    late = {tills: confidence_interval([late_at_five(tills, seed) for seed in range(40)]) for tills in (7, 8)}
    assert late[7].low > 0.05 > late[8].high
    assert 1 - service_level(FIVE_O_CLOCK, 7, 120, 240) in late[7]


def late_at_five(tills: int, seed: int) -> float:
    """The share of those who come between five and six on one Friday and wait longer than four minutes."""
    day = run_store(FRIDAY, BASKET, tills, seed=seed)
    arrivals = zip(day.arrived, day.waited, strict=True)
    waits = [waited for arrived, waited in arrivals if hours(5) <= arrived < hours(6)]
    return sum(wait > minutes(4) for wait in waits) / len(waits)


# The parts ------------------------------------------------------------------------------------------------------------


def test_the_librarys_own_store_gives_the_waits_of_the_engine():
    import simpy

    customer, doors = parts.reference("customer"), parts.reference("doors")
    day = run_store(FRIDAY, BASKET, tills=7, seed=4)
    gaps = [at - before for before, at in zip([0.0, *day.arrived], day.arrived, strict=False)]
    env, log = simpy.Environment(), []
    tills = simpy.Resource(env, capacity=7)
    env.process(doors(env, tills, zip(gaps, day.served, strict=True), log))
    env.run()
    assert [waited for _, waited in sorted(log)] == pytest.approx(day.waited, abs=1e-6)
    assert next(customer(env, tills, 1.0, [])) is tills.users[0]


def test_the_librarys_measure_is_the_texts_example_and_refuses_one_day():
    def day(seed):
        return [(0, 5.0), (100, 200.0 + 40 * seed)]

    assert measure(day, seeds=[0, 1, 2], warm_up=50) == pytest.approx((140.6, 240.0, 339.4), abs=0.05)
    with pytest.raises(ValueError, match="at least 2"):
        measure(day, seeds=[0], warm_up=50)


def test_what_the_solution_kept_works_away_from_its_notebook(printed):
    kept = {name: next(parts.newest(name))[1] for exercise in LAB.exercises.values() for name in exercise.parts}
    assert kept["staff"](BY_HOUR, 17, 120, 240) == 8
    assert kept["service_level"](10, 13, 180, 20) == pytest.approx(0.796, abs=5e-4)
    assert kept["measure"](lambda seed: [(0, float(seed))], [1, 3], 0)[1] == 2


# Students who get it wrong --------------------------------------------------------------------------------------------


def test_a_starter_that_nobody_touched_ends_with_one_sentence(kept):
    outputs = LAB.left_open({})
    assert outputs["finish"].startswith("5 of 5 exercises are left: customer (not done yet), measure (not done yet)")
    assert outputs["check-customer"].startswith("customer: not done yet: wait, log, be served")


def test_a_student_with_a_wrong_idea_everywhere_reads_why_and_reaches_the_end(kept):
    wrong = LAB.mistaken(
        "customer_never_gives_back",
        "measure_every_customer_is_a_sample",
        "erlang_b_factorials",
        "erlang_c_never_full",
        "staff_average_over_the_day",
    )
    notebook, error = LAB.executed("lab.ipynb", wrong)
    outputs = all_printed(notebook)
    assert error is not None and error.ename == "Unfinished"
    for cell in notebook.cells:
        if cell.id in ("check-customer", "check-staff"):  # a run went wrong: below the sentences, a player
            report, player = (output.data for output in cell.outputs if output.output_type == "display_data")
            assert "not there yet" in report["text/html"]
            assert "model_id" in player["application/vnd.jupyter.widget-view+json"]
            assert "Run the cell to watch it" in player["text/html"] and "A run to watch" in player["text/plain"]
        elif cell.id.startswith("check-"):  # numbers: the table says it all
            assert sum(output.output_type == "display_data" for output in cell.outputs) == 1
    assert "never gave it back" in outputs["check-customer"]
    assert "promised; with 7 tills" in outputs["check-staff"]
    assert "A customer who leaves must leave it free" in outputs["check-customer"]
    assert "those of one day wait together" in outputs["check-measure"]
    assert "OverflowError" in outputs["check-erlang-b"]
    assert "this line grows for ever" in outputs["check-erlang-c"]
    assert "the day's average is" in outputs["check-staff"]


def test_a_student_whose_loop_never_ends_or_whose_code_breaks_reaches_the_end(kept):
    endless = "def erlang_b(offered, servers):\n    line = 1\n    while line <= servers:\n        blocked = 1\n"
    broken = LAB.sample("accept", "customer_by_release").replace("tills.request()", "tills.ask()")
    outputs = LAB.left_open({"customer": broken, "erlang_b": endless})
    assert "is there a loop that never ends?" in outputs["erlang-b-example"]
    assert "is there a loop that never ends?" in outputs["check-erlang-b"]
    assert "has no attribute 'ask' (in customer, line" in outputs["serve"]


def test_a_student_who_skipped_the_store_can_still_do_the_ticket(kept):
    right = {name: LAB.reference(LAB.exercises[name]) for name in ("erlang_b", "erlang_c", "staff")}
    outputs = LAB.left_open(right)
    assert "staff: it stands" in outputs["check-staff"]
    assert outputs["finish"] == "2 of 5 exercises are left: customer (not done yet), measure (not done yet)"


# The run that shows what is wrong -------------------------------------------------------------------------------------

GUILTY = {
    "customer_arrives_at_the_till": ("Arrived", "by the log they came at"),
    "customer_asks_and_does_not_wait": ("Started or Reneged", "the log says a wait of 0 s"),
    "customer_counts_in_minutes": ("Started", "the log says a wait of"),
    "customer_doors_call_the_function": ("TillClosed", "of 2 visitors, 0 came in and 0 had a till"),
    "customer_gap_comes_after": ("Arrived", "Customer 1 comes in here, at 0 s, and is due at"),
    "customer_never_gives_back": ("TillClosed", "never gave it back"),
    "customer_one_at_a_time_through_the_doors": ("Arrived", "Customer 2 comes in here"),
    "customer_served_in_the_aisle": ("Finished", "1 customer should be at a till; tills taken: 0"),
    "customer_waits_to_the_end": ("Started", "Customer 1 reaches a till here, 0 s after coming in"),
    "customer_watches_instead_of_queueing": ("Arrived", "1 customer should be at a till; tills taken: 0"),
    "staff_average_over_the_day": ("Started", "customers waited too long"),
    "staff_just_enough_to_keep_up": ("Started", "customers waited too long"),
}
NO_RUN = (
    "staff_one_more_for_luck",  # too many tills: nobody waits, and there is nothing to see
    "measure_no_warm_up",  # a log of numbers is no run
)


@pytest.mark.parametrize("name", GUILTY)
def test_a_wrong_answer_is_shown_at_its_guilty_event(name):
    LAB.assert_shown_at(name, *GUILTY[name])


@pytest.mark.parametrize("name", NO_RUN)
def test_a_wrong_answer_that_makes_no_run_shows_none(name):
    assert all(LAB.shown(name, seed) is None for seed in range(10))


def test_the_till_that_was_never_given_back_is_seen_taken_in_a_closed_store():
    found = LAB.shown("customer_never_gives_back")
    state = reducer.state_at(map(as_dict, found.events), found.at + 1)
    assert state["tills"] == {"1": {"open": False, "serving": 1, "broken": None, "drops": 0}}


@pytest.mark.parametrize("answer", ["reference", "customer_by_release", "customer_writes_when_leaving"])
def test_the_events_are_what_the_reader_s_store_did(answer):
    """A right answer of any kind: all come, all wait as the log says, all leave, and no till serves two."""
    exercise = LAB.exercises["customer"]
    source = LAB.reference(exercise) if answer == "reference" else LAB.sample("accept", answer)
    run_of = exercise.criteria[0].shows.__globals__["run_of"]
    for seed in range(5):
        assert LAB.scene_of(exercise, source, seed) is None
        evidence = drive.gather(LAB.job(exercise, source, seed))["evidence"]
        for case, item in zip(exercise.cases_for(seed), evidence, strict=True):
            came, waits, state = {}, [], reducer.start()
            for event in run_of(case, item["value"]):
                row = as_dict(event)
                if row["kind"] == "Arrived":
                    came[row["customer"]] = row["at"]
                if row["kind"] == "Started":
                    assert state["tills"][str(row["till"])]["serving"] is None
                    waits.append((came[row["customer"]], row["at"] - came[row["customer"]]))
                state = reducer.apply(state, row)
            assert state["customers"] == {} and state["served"] == len(came)
            before = 1 if case.get("taken until") else 0  # the one who has the till when Ann comes writes no log
            assert sorted(waits)[before:] == [tuple(entry) for entry in item["value"]["log"]]


def test_a_customer_who_leaves_the_line_is_seen_leaving_it():
    exercise = LAB.exercises["customer"]
    impatient = LAB.reference(exercise).replace("yield turn", "yield turn | env.timeout(15)")
    case = {"kind": "taken", "tills": 1, "taken until": 90, "customers": [[10, 40]]}
    job = {**LAB.job(exercise, impatient.replace("yield env.timeout(service)", "return"), 0), "cases": [case]}
    [evidence] = drive.gather(job)["evidence"]
    made = exercise.criteria[0].scene(case, evidence["value"])
    assert type(made.events[made.at]).__name__ == "Reneged" and made.events[made.at].at == 25
    assert "leaves without a till here, 15 s after coming in" in made.why


def test_odd_ways_to_use_the_tills_stay_as_simpy_has_them():
    odd = (
        "def customer(env, tills, service, log):\n    came = env.now\n    turn = tills.request()\n    yield turn\n"
        "    log.append((came, env.now - came))\n    yield env.timeout(service)\n    tills.release(request=turn)\n"
        "    tills.release(turn)\n    tills.release(None)\n\n"
    )
    exercise = LAB.exercises["customer"]
    doors = "def doors" + LAB.reference(exercise).split("def doors")[1]
    assert LAB.tried(exercise, odd + doors, 0).status == "correct"
