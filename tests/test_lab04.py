"""Lab 4: its text tells the truth, OTP's scenarios tell right from wrong, its parts serve the labs to come."""

import re
from itertools import product

import pytest
from lab_runs import Lab

from letitcrash import World
from letitcrash.classroom import parts
from letitcrash.process import Exit
from letitcrash.process import events as ev
from letitcrash.scenario import against_otp, cases
from letitcrash.show import came_out, predict
from letitcrash.show.chapter04 import TABLE, WHOLE, by_strategy, table
from letitcrash.supervisor import Child, Supervisor, count_children, start_child, tree, which_children

LAB = Lab("04_who_supervises_the_supervisor")
WRITTEN = len(cases())


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("dead-batteries", "pressed 3,600 times in an hour"),
        ("restart-window-example", "[6, 4]\n2 1"),
        ("supervisor-example", "['shutdown']\n[1, 2, 3, 4]"),
        ("against-otp", f"{WRITTEN} of {WRITTEN} scenarios go as they went on OTP 25."),
        ("sabotage-supervisor", "Bet first"),
        (
            "sabotage-settled",
            "Red went starts_in_order_and_stops_last_first. You bet on starts_in_order_and_stops_last_first: right.",
        ),
        ("last-night", "the sensor was started at [0, 300]\nand by hand, when somebody came, at 14400"),
        ("ticket-tried", "1890, 1900, 2210]"),
        ("finish", "All 5 exercises stand"),
    ],
)
def test_a_cell_prints_what_the_text_around_it_says(printed, cell, says):
    assert says in printed[cell]


def test_the_text_counts_the_scenarios_the_criteria_and_the_lines():
    text = " ".join(LAB.text.split())
    assert re.findall(r"(\d+) scenarios", text) == [str(WRITTEN)] * 2
    assert len(LAB.exercises["supervisor"].criteria) == 12 and "of the twelve criteria" in text
    lines = {name: exercise.lines for name, exercise in LAB.exercises.items()}
    rules = sum(lines[name] for name in ("restart_window", "should_restart", "to_restart"))
    assert f"{lines['supervisor']} lines of heart, {rules} of rules" in text


def test_the_predecessors_permanent_alarm_closes_the_store_within_minutes(printed):
    """As the ticket tells it: a plug that stays wet takes the tills along."""
    exercise, permanent = LAB.exercises["alarm"], LAB.sample("reject", "alarm_permanent")
    verdict = LAB.tried(exercise, permanent, 0)
    (till,) = [finding for finding in verdict.findings if finding.criterion == "the_tills_never_notice"]
    assert "the whole store is closed, tills and all" in till.message


# The table


def test_each_row_is_predicted_from_what_its_run_gives():
    asked = predict(TABLE).questions
    assert len(asked) == len(TABLE) == 14 and "fourteen rows stand for thirty-six" in LAB.text
    assert [question.right for question in asked] == list(came_out(TABLE).answers.values())


def test_the_twelve_and_the_two_make_the_thirty_six_that_erlang_prints():
    """tests/test_chapter04.py plays all of WHOLE on OTP."""
    answers = came_out(WHOLE).answers
    assert len(answers) == 36 and len({row.name for row in TABLE} & set(answers)) == 12 + 2
    along = {strategy: answers[f"permanent_crash_{strategy}"] for strategy in table.STRATEGIES}
    for restart, cause, strategy in product(table.TYPES, table.CAUSES, table.STRATEGIES):
        alone = answers[f"{restart}_{cause}_one_for_one"]
        assert answers[f"{restart}_{cause}_{strategy}"] == (along[strategy] if alone == "b new" else alone)


def test_eight_of_the_twelve_do_not_depend_on_the_reason():
    answers = came_out(TABLE).answers
    whatever = [t for t in table.TYPES if len({answers[f"{t}_{cause}_one_for_one"] for cause in table.CAUSES}) == 1]
    assert whatever == ["permanent", "temporary"] and "Eight of the twelve rows about b" in LAB.text
    assert len(whatever) * len(table.CAUSES) == 8


def test_the_lab_asks_before_it_shows_and_shows_all(printed):
    assert printed["predict"].startswith("1. b is **permanent**. It is done and returns.")
    assert printed["whole"] == str(by_strategy()) and len(printed["whole"].splitlines()) == 1 + 12
    assert list(printed).index("predict") < list(printed).index("exercise-should-restart")
    assert list(printed).index("exercise-to-restart") < list(printed).index("whole")


# The referee


@pytest.fixture(scope="module")
def mine(printed):
    """The supervisor that the solution kept, away from its notebook."""
    return next(parts.newest("Supervisor"))[1]


def test_the_solution_s_supervisor_does_in_all_hand_written_scenarios_what_otp_does(mine):
    assert mine.server_class.__module__ == "kept_Supervisor"
    assert str(against_otp(mine)) == f"{WRITTEN} of {WRITTEN} scenarios go as they went on OTP 25."


WRONG = [sample for sample in LAB.rejects() if sample.exercise in ("restart_window", "should_restart", "to_restart")]
HARMLESS = {f"restart_window_{each}" for each in ("changes_the_list", "next_second", "oldest_first")}
HARMLESS |= {"to_restart_takes_it_from_the_list"}
"""Mistakes that no supervisor of ours shows: it counts the window, and its list of ids is a copy."""
NOT_PLAYED = {f"should_restart_{each}" for each in ("a_reason_is_a_key", "a_short_note", "says_it_as_text")}
NOT_PLAYED |= {"to_restart_an_id_is_true"}
"""Mistakes with reasons and ids that OTP's scenarios do not have; the exam's search has them."""


HEARTS_NOT_PLAYED = {
    f"supervisor_{each}"
    for each in ("a_false_id_is_a_stranger", "a_false_reason_is_a_start", "tidies_up_at_shutdown_only")
}
"""Hearts that are wrong about an id 0, a start that fails with 0, or an end by another reason; the search has them."""


def supervisor_of(answers):
    """The Supervisor that these answers make, exercise by exercise; the solution's where there is none."""
    names = {}
    for source in LAB.setup[:1]:
        exec(source, names)
    for name in ("restart_window", "should_restart", "to_restart", "supervisor"):
        exec(answers.get(name) or LAB.reference(LAB.exercises[name]), names)
    return names["Supervisor"]


@pytest.mark.parametrize(
    "sample", [pytest.param(each, id=each.path.stem) for each in LAB.rejects() if each.exercise == "supervisor"]
)
def test_a_wrong_heart_is_found_out_by_otp_s_scenarios(sample):
    found = against_otp(supervisor_of({"supervisor": sample.source}))
    assert (found.agree < found.total) is (sample.path.stem not in HEARTS_NOT_PLAYED)


@pytest.mark.parametrize("sample", [pytest.param(each, id=each.path.stem) for each in WRONG])
def test_a_wrong_rule_is_found_out_by_otp_s_scenarios(sample):
    found = against_otp(supervisor_of({sample.exercise: sample.source}))
    assert (found.agree < found.total) is (sample.path.stem not in HARMLESS | NOT_PLAYED)


def test_the_first_difference_is_said_in_words():
    stubborn = LAB.sample("reject", "supervisor_never_gives_up")
    said = str(against_otp(supervisor_of({"supervisor": stubborn})))
    assert f" of {WRITTEN} scenarios go as they went on OTP 25. The first that does not: " in said
    assert "it should be at" in said and "It is there to show: " in said


# The part


def test_the_kept_supervisor_is_used_as_the_library_s_own(mine):
    async def worker(me, seconds):
        await me.sleep(seconds)
        raise Exit("eggs")

    below = mine([Child("shelf", worker, args=(9,))], strategy="one_for_all")
    world = World()
    top = world.start(mine([Child("till", worker, args=(1,), name="till"), Child("below", below)], intensity=9))
    world.run(until=1.5)
    assert world.whereis("till") and world.ask(count_children, top)["supervisors"] == 1
    world.ask(start_child, top, Child("scale", worker, args=(5,)))
    assert [child.id for child in world.ask(which_children, top)] == ["scale", "below", "till"]
    assert tree(world.node, top).window == (1,)
    assert world.stop(top) == "shutdown" and world.processes() == []


def test_whoever_skips_the_lab_has_the_library_s():
    assert parts.reference("Supervisor") is Supervisor


def test_a_reader_s_supervisor_tells_the_same_story_as_the_library_s(mine):
    """Event by event, so that players and pictures show the one like the other."""

    async def crashes(me):
        await me.sleep(1)
        raise Exit("eggs")

    def story(kind):
        world = World()
        world.start(kind([Child("a", crashes), Child("b", crashes)], strategy="rest_for_one", intensity=2))
        world.run(until=9)
        return list(world.trace.lines())

    assert story(mine) == story(Supervisor)


# Last night, by lab 3's rule

RULE = Lab("03_who_hears_the_crash")


@pytest.fixture
def last_night(tmp_path, monkeypatch, capsys):
    """The output of the last run, with this rule of signals kept."""
    monkeypatch.setenv("LETITCRASH_KEPT", str(tmp_path))

    def run(rule: str) -> str:
        RULE.keep("exit_signal", rule)
        names = LAB.names("alarm")
        LAB.run_cell("setup", names)
        LAB.run_cell("wet-sensor", names)
        LAB.run_cell("ticket-tried", names)
        return capsys.readouterr().out

    return run


def test_the_last_run_goes_by_the_librarys_rule_where_none_is_kept(printed):
    assert printed["ticket-tried"].startswith("exit_signal: the library's\nthe sensor was started at [0, 300, 610, ")


@pytest.mark.parametrize("rule", RULE.right("exit_signal").values(), ids=RULE.right("exit_signal"))
def test_the_last_run_goes_by_the_readers_own_rule(last_night, rule):
    told = last_night(rule)
    assert told.startswith("exit_signal: yours, from ") and "started at [0, 300, 610, " in told and "2210]" in told


@pytest.mark.parametrize(
    ("says", "comes"),
    [
        ("return 'ignored', reason", "the sensor was started at [0]\n"),
        ("return 'exits', reason", "the sensor was started at [0]\n"),
        ("pass", "exit_signal('water in the plug', trapping=True, linked=True, to_itself=False) says None"),
        ("raise KeyError(reason)", "it stopped with KeyError: 'water in the plug' (in exit_signal, line 2: "),
        ("while True: linked = True", "2,000,000 lines: is there a loop that never ends?"),
    ],
)
def test_a_wrong_rule_that_was_kept_leaves_the_sensor_where_it_fell_and_the_run_is_there_to_see(
    last_night, says, comes
):
    head, _ = RULE.reference(RULE.exercises["exit_signal"]).split("\n", 1)
    told = last_night(f"{head}\n    {says}\n")
    assert told.startswith("exit_signal: yours, from ") and comes in told


# Students who get it wrong


def test_a_starter_that_nobody_touched_ends_with_one_sentence(kept):
    outputs = LAB.left_open({})
    assert outputs["finish"].startswith("5 of 5 exercises are left: restart_window (not done yet)")
    assert outputs["check-supervisor"].startswith("supervisor: it builds on restart_window, which is not done yet")
    assert outputs["against-otp"] == "not done yet: start all; if one fails, stop all and say who it was\n"
    assert outputs["last-night"] == outputs["against-otp"]


def test_a_student_with_a_wrong_idea_everywhere_reads_why_and_reaches_the_end(kept):
    wrong = LAB.mistaken(
        "restart_window_exact_seconds",
        "should_restart_killed_is_clean",
        "to_restart_rest_is_before",
        "supervisor_never_gives_up",
        "alarm_presses_for_ever",
    )
    outputs = LAB.left_open(wrong)
    assert "the window is [40], yours is [40.9]" in outputs["check-restart-window"]
    assert "a transient child that exits with 'killed' comes back; yours says False" in outputs["check-should-restart"]
    assert "are started again, yours are" in outputs["check-to-restart"]
    assert "on OTP" in outputs["check-supervisor"] and "A run of " in outputs["check-supervisor"]
    assert "The first that does not: " in outputs["against-otp"]
    assert "the manager has been told nothing of it" in outputs["check-alarm"]


HEART = LAB.reference(LAB.exercises["supervisor"])


@pytest.mark.parametrize(
    ("right", "wrong", "in_the_check", "by_otp"),
    [
        (
            "self.try_later(failed[0])",
            "self.try_later(failed.id)",
            "'tuple' object has no attribute 'id' (line ",
            "supervisor stopped with AttributeError",
        ),
        (
            "        if failed is not None:\n            self.try_later(failed[0])",
            "        while failed is not None:\n            failed = await self.start_all([failed[0]])",
            "each try counts",
            "The first that does not: hanging_restarts: ",
        ),
    ],
    ids=["a mistake in a line", "tries on the spot"],
)
def test_a_heart_that_breaks_or_tries_for_ever_is_told_so(right, wrong, in_the_check, by_otp):
    answer = HEART.replace(right, wrong)
    assert answer != HEART
    verdict = LAB.tried(LAB.exercises["supervisor"], answer, 0)
    assert any(in_the_check in finding.says + finding.message for finding in verdict.findings if not finding.holds)
    assert by_otp in str(against_otp(supervisor_of({"supervisor": answer})))


def test_a_student_whose_loop_never_waits_reaches_the_end(kept):
    answers = {name: LAB.reference(LAB.exercises[name]) for name in ("restart_window", "should_restart", "to_restart")}
    endless = HEART.replace(
        "        for id in reversed(ids):", "        while True:\n            pass\n        for id in ids:"
    )
    alarm = LAB.reference(LAB.exercises["alarm"])  # on the subtree of the notebook, whose steps nobody counts
    outputs = LAB.left_open({**answers, "supervisor": endless, "alarm": alarm})
    assert "is there a loop that never ends?" in outputs["check-supervisor"]
    assert "ran 3000 lines without waiting" in outputs["check-alarm"]
    assert re.search("last in line 2[01] of stop_all: a body that loops must await", outputs["against-otp"])


# The run that shows it


@pytest.mark.parametrize(
    ("reject", "event", "why"),
    [
        ("supervisor_stops_in_order", ev.Exited, "on OTP at 0.2 s, under top, "),
        ("supervisor_one_too_few", ev.Exited, "exits (shutdown); on OTP"),
        ("supervisor_tries_who_crashed", ev.ChildStarted, "is started: ok"),
        ("alarm_as_it_is", ev.GaveUp, "nobody has brought it back"),
        ("alarm_permanent", ev.GaveUp, "tills and all"),
    ],
)
def test_a_failing_check_opens_the_run_at_the_guilty_event(reject, event, why):
    scene = LAB.shown(reject)
    assert type(scene.events[scene.at]) is event and why in scene.why, (scene.events[scene.at], scene.why)
