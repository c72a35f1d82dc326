"""Lab 5: its text tells the truth, its parts run the library's things, a wrong answer is told why, and where."""

import re

import pytest
from lab_runs import Lab

from letitcrash import World
from letitcrash.classroom import parts
from letitcrash.gen_server import CallFailed, FunctionClause, call, serve
from letitcrash.gen_server.lab_reference import weigh
from letitcrash.process import events as ev
from letitcrash.process import exit_signal
from letitcrash.scenario import against_otp, cases
from letitcrash.scenario.calls import call_cases, calls_against_otp
from letitcrash.supervisor import Supervisor
from letitcrash.supervisor.lab_reference import Clerk, store
from letitcrash.trace import read

LAB = Lab("05_program_the_happy_case")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (
            "tuesday",
            "13 s: Ann puts olives on the scale: come again\n21 s: Bea puts cheese on the scale: that is 1200 g\n",
        ),
        ("tuesday", "30 s: Cem puts ham on the scale: that is 90 g\n40 s: Dan puts brie on the scale: that is 300 g\n"),
        ("call-example", "25\n<0.3 clerk> crashed at second 2, and no process heard of it: KeyError: 'smudge'"),
        ("call-example", "it stopped with CallFailed: (KeyError('smudge'), "),
        ("serve-example", "25\nbedtime"),
        ("otp-calls", f"{len(call_cases())} of {len(call_cases())} scenarios go as they went on OTP 25."),
        ("otp-trees", f"{len(cases())} of {len(cases())} scenarios go as they went on OTP 25."),
        ("till-example", "124\nthe call failed, and the customer comes again\n99\n223 cents in the safe"),
        ("sabotage-call", "Bet first"),
        ("sabotage-settled", "Red went nothing_of_the_call_is_left. You bet on nothing_of_the_call_is_left: right."),
        (
            "ticket-tried",
            "Ann is asked to come again: timeout\nBea pays for 90 g of cheese\nCem pays for 300 g of ham\n",
        ),
        ("opened", "124\nthe call failed, and the customer comes again\n99\n223 cents in the safe\n"),
        ("opened", "\n3 of 5 parts of this morning are yours: serve, call, store.\n"),
        ("finish", "All 4 exercises stand"),
    ],
)
def test_a_cell_prints_what_the_text_around_it_says(printed, cell, says):
    assert says in printed[cell]


def test_the_store_of_the_text_stands_on_the_supervisor_of_lab_4(printed):
    assert printed["till-example"].startswith("Supervisor: the library's\n")


@pytest.mark.parametrize(("kind", "restarts"), [("good day", 0), ("three smudged", 6), ("smudged all day", 12)])
def test_the_restarts_in_one_window_are_as_many_as_the_text_and_its_hints_say(kind, restarts):
    """Ten lies between six, which must not close the store, and twelve, which must."""

    def lenient(Supervisor, stock, prices):
        return store(lambda children, **flags: Supervisor(children, **{**flags, "intensity": 1000}), stock, prices)

    case = next(case for case in LAB.exercises["till"].cases_for(0) if case["kind"] == kind)
    evidence = LAB.driven("till", {"call": call, "serve": serve, "store": lenient}, case)
    assert max([len(event.window) for event in read(evidence["run"]).of(ev.Restarted)], default=0) == restarts


# The parts


def defined(source: str, name: str):
    """The call or the loop that this answer defines."""
    return LAB.names(name, source)[name]


@pytest.mark.parametrize("source", [pytest.param(source, id=name) for name, source in LAB.right("serve").items()])
def test_the_librarys_supervisors_and_all_plays_of_calls_run_on_a_readers_loop(source):
    serve = defined(source, "serve")
    assert calls_against_otp(serve=serve).first is None
    assert against_otp(Supervisor.with_loop(serve)).first is None


@pytest.mark.parametrize("source", [pytest.param(source, id=name) for name, source in LAB.right("call").items()])
def test_the_librarys_servers_answer_a_readers_call(source):
    assert calls_against_otp(defined(source, "call")).first is None


def test_from_the_call_to_the_restart_everything_that_runs_can_be_the_readers_own():
    """Lab 4's supervisor, on lab 5's loop, over lab 5's till, which asks by lab 5's call."""
    theirs = Lab("04_who_supervises_the_supervisor").names("supervisor")
    ours = LAB.names("till")
    Supervisor = theirs["Supervisor"].with_loop(ours["serve"])
    assert against_otp(Supervisor).first is None
    shop = World()
    shop.start(ours["store"](Supervisor, {"eggs": 9}, {"eggs": 25}))
    with pytest.raises(CallFailed):
        shop.ask(ours["call"], "till", ("sell", ["egg?"]))
    assert shop.ask(ours["call"], "till", ("sell", ["eggs"])) == shop.ask(ours["call"], "safe", "cents") == 25


def test_where_a_readers_parts_go_another_way_than_otp_is_told_in_words():
    wrong = defined(LAB.sample("reject", "call_without_an_alias"), "call")
    told = calls_against_otp(wrong)
    assert told.agree == told.total - 2, "five_seconds and late_answer"
    assert (
        "should be: at 13 s Ann finds nothing in the mailbox; is: at 13 s Ann finds [['answer', 'milk']]" in told.first
    )
    wrong = defined(LAB.sample("reject", "serve_no_exit_is_an_order"), "serve")
    assert "terminate runs (bedtime)" in calls_against_otp(serve=wrong).first
    told = against_otp(Supervisor.with_loop(wrong))
    assert told.agree < told.total and "it should be" in told.first, "a supervisor that hears no bedtime"


def test_a_call_or_a_loop_that_never_waits_is_told_so_and_the_other_plays_go_on():
    async def waits_without_waiting(me, server, request, timeout=5.0):
        while True:
            pass

    async def goes_round(server, then=None):
        while True:
            pass

    for told in (calls_against_otp(waits_without_waiting), calls_against_otp(serve=goes_round)):
        assert told.agree < told.total and "ran 3000 lines without waiting" in told.first


def test_the_librarys_own_store_and_scale_do_what_the_lab_asks():
    library = {"call": call, "serve": serve, "store": store, "weigh": weigh}
    for name in LAB.exercises:
        assert LAB.complaints(name, library, range(5)) == []


def test_what_the_solution_kept_works_away_from_its_notebook(printed):
    kept = {name: next(parts.newest(name))[1] for exercise in LAB.exercises.values() for name in exercise.parts}
    world = World()
    world.start(Clerk.with_loop(kept["serve"]), {"eggs": 25}, name="clerk")
    assert world.ask(kept["call"], "clerk", ("price", "eggs")) == 25
    shop = World()
    shop.start(kept["store"](Supervisor, {"eggs": 9}, {"eggs": 25}))
    assert shop.ask(kept["call"], "till", ("sell", ["eggs", "eggs"])) == 50
    with pytest.raises(CallFailed):
        shop.ask(kept["weigh"], "scale", "eggs", 3)
    with pytest.raises(CallFailed) as unknown:
        shop.ask(kept["call"], "till", ("lend", ["eggs"]))
    assert type(unknown.value.cause) is FunctionClause, "the callback ends in a match, so the caller hears"


# The opening, by what is kept

RULE, TREE = Lab("03_who_hears_the_crash"), Lab("04_who_supervises_the_supervisor")


@pytest.fixture
def opened(tmp_path, monkeypatch, capsys):
    """The output of the opening, with what is kept in an empty place."""
    monkeypatch.setenv("LETITCRASH_KEPT", str(tmp_path))

    def run() -> str:
        names = LAB.names("till")
        LAB.run_cell("setup", names)
        LAB.run_cell("till-example", names)
        capsys.readouterr()
        LAB.run_cell("opened", names)
        return capsys.readouterr().out

    return run


AS_IT_SHOULD = "124\nthe call failed, and the customer comes again\n99\n223 cents in the safe\n"


@pytest.mark.parametrize("rule", RULE.right("exit_signal").values(), ids=RULE.right("exit_signal"))
def test_the_store_opens_by_the_readers_own_rule_tree_loop_call_and_store(opened, rule):
    RULE.keep("exit_signal", rule)
    TREE.keep("supervisor")
    for name in ("call", "serve", "till"):
        LAB.keep(name)
    told = opened()
    assert "exit_signal: yours, from " in told and "the library's" not in told
    assert told.endswith(
        f"{AS_IT_SHOULD}5 of 5 parts of this morning are yours: exit_signal, Supervisor, serve, call, store.\n"
    )


def test_it_opens_by_the_librarys_where_nothing_is_kept_and_counts_the_one_that_is(opened):
    assert opened().endswith(
        f"{AS_IT_SHOULD}0 of 5 parts of this morning are yours; the library has its own of each.\n"
    )
    LAB.keep("call")
    assert opened().endswith(f"{AS_IT_SHOULD}1 of 5 parts of this morning is yours: call.\n")


def rule(first: str) -> str:
    """The right rule, with this before it."""
    right = RULE.reference(RULE.exercises["exit_signal"])
    head, rest = right.split("\n", 1)
    return f"{head}\n{first}\n{rest}"


@pytest.mark.parametrize(
    ("first", "says"),
    [
        (
            "    if not isinstance(reason, str):\n        return 'ignored', reason",
            "the customer comes again\nthe call failed, and the customer comes again\n124 cents in the safe\n1 of 5",
        ),
        (
            "    if linked:\n        return 'exits', reason",
            "the store has closed, and the safe is locked in it\n1 of 5",
        ),
        (
            "    if linked:\n        return 'massage', reason",
            "BadArgument: exit_signal(KeyError('egg?'), trapping=True, linked=True, to_itself=False) says ('massage', ",
        ),
        (
            "    if 'kill' in reason and not linked:\n        return 'exits', 'killed'",
            "TypeError: argument of type 'KeyError' is not iterable (in exit_signal, line 2: if 'kill' in reason",
        ),
        (
            "    if linked:\n        raise NotImplementedError('what comes over a link')",
            "not done yet: what comes over a link",
        ),
        (
            "    return exit_signal(reason, trapping=trapping)",
            "it stopped with RecursionError: maximum recursion depth",
        ),
        ("    while linked:\n        pass", "2,000,000 lines: is there a loop that never ends?"),
    ],
)
def test_a_wrong_rule_of_signals_that_was_kept_makes_another_morning_and_the_lab_goes_on(opened, first, says):
    RULE.keep("exit_signal", rule(first))
    told = opened()
    assert "exit_signal: yours" in told and says in told and "223 cents" not in told


def test_what_the_text_asks_a_rule_about_the_clerk_is_what_it_should_say():
    asked, said = re.search(r'`ran\["exit_signal"\](\(.*?\))` should be `(.*?)`', LAB.text).groups()
    assert repr(eval(f"rule{asked}", {"rule": exit_signal})) == said


# The run that shows what is wrong


@pytest.mark.parametrize(
    ("reject", "kind", "who", "why"),
    [
        ("call_demonitor_without_flush", ev.Sent, "Ann", "Should be: at 90 s Ann finds nothing in the mailbox"),
        ("call_without_an_alias", ev.Sent, "Ann", "Should be: at 90 s Ann finds nothing in the mailbox"),
        ("call_takes_any_answer", ev.Received, "Ann", "Should be: at 4 s Ann gets"),
        ("call_waits_for_itself", ev.TimedOut, "Ann", "Should be: at 1 s Ann's call fails (calling_self)"),
        ("serve_every_exit_is_an_order", ev.Exited, "shop", "Should be: at 1 s handle_info has ['exit', "),
        ("serve_a_cast_is_a_call", ev.Received, "shop", "handle_cast has"),
        ("till_all_for_one", ev.ChildStarted, "safe", "the safe, which knows every sale, is started 2 times"),
        ("till_as_often_as_usual", ev.Exited, "till", "sales went through"),
        ("till_never_gives_up", ev.Restarted, "supervisor", "the store is still open"),
        ("ticket_clears_its_head", ev.Received, "counter", "Bea's turn is at 20 s"),
        ("ticket_zero_when_there_is_no_number", ev.TimedOut, "counter", "the price of 0 g"),
    ],
)
def test_the_player_opens_at_the_moment_when_it_goes_wrong(reject, kind, who, why):
    scene = LAB.shown(reject)
    guilty = scene.events[scene.at]
    assert type(guilty) is kind
    people = [getattr(guilty, name, None) for name in ("pid", "receiver", "supervisor")]
    assert any(isinstance(each, str) and each.endswith(f" {who}>") for each in people)
    assert why in scene.why


def test_the_number_that_came_too_late_is_the_one_that_the_player_opens_on():
    scene = LAB.shown("ticket_as_it_is")
    guilty = scene.events[scene.at]
    sent = next(event for event in scene.events if type(event) is ev.Sent and event.message == guilty.message)
    assert type(guilty) is ev.Received and sent.at < guilty.at, "it lay in the mailbox before Bea asked"


# Students who get it wrong


def test_a_starter_that_nobody_touched_ends_with_one_sentence(kept):
    outputs = LAB.left_open({})
    assert outputs["finish"].startswith(
        "4 of 4 exercises are left: call (not done yet), serve (not done yet), till (it"
    )
    assert "223 cents in the safe" in outputs["opened"]
    assert outputs["otp-calls"].startswith("not done yet: ") and outputs["otp-trees"].startswith("not done yet: ")


def test_a_student_with_a_wrong_idea_everywhere_reads_why_and_reaches_the_end(kept):
    wrong = LAB.mistaken(
        "call_takes_any_answer",
        "serve_forgets_how_it_begins",
        "till_says_sorry",
        "ticket_clears_its_head",
    )
    outputs = LAB.left_open(wrong)
    assert "an answer, " in outputs["check-call"] and "that nobody asked for" in outputs["check-call"]
    assert (
        "The first that does not: the_post_waits: should be: at 4 s Ann gets eggs; is: at 3.5 s Ann gets tea"
        in outputs["otp-calls"]
    )
    assert "a label cannot be read, so there should be no sale; the answer is sorry" in outputs["check-till"]
    assert "Bea's turn is at 20 s" in outputs["check-ticket"]


def test_a_student_whose_loops_never_wait_reaches_the_end(kept):
    serve = "async def serve(server, then=None):\n    while True:\n        pass\n"
    weigh = "async def weigh(me, scale, item, patience):\n    while me.whereis(scale):\n        pass\n"
    outputs = LAB.left_open({"serve": serve, "ticket": weigh})
    assert "is there a loop that never ends?" in outputs["check-serve"]
    assert "is there a loop that never ends?" in outputs["check-ticket"]


def test_a_student_whose_loop_never_ends_or_whose_code_breaks_is_told_so():
    endless = "async def serve(server, then=None):\n    while True:\n        pass\n"
    verdict = LAB.tried(LAB.exercises["serve"], endless, 0)
    assert verdict.points == 0 and "is there a loop that never ends?" in verdict.findings[0].message
    broken = LAB.reference(LAB.exercises["ticket"]).replace("me.whereis(scale)", "me.where(scale)")
    verdict = LAB.tried(LAB.exercises["ticket"], broken, 0)
    assert verdict.points == 0 and "has no attribute 'where'" in verdict.findings[0].message
    not_awaited = LAB.reference(LAB.exercises["call"]).replace("answer = await me.", "answer = me.")
    verdict = LAB.tried(LAB.exercises["call"], not_awaited, 0)
    assert not verdict.findings[0].holds
