"""Lab 2: its text tells the truth, its parts have a counterpart in the library, a wrong answer is told why."""

import pytest
import simpy
from lab_runs import Lab

from letitcrash.classroom import drive, parts
from letitcrash.process import lab_reference
from letitcrash.show.player import reducer
from letitcrash.trace import as_dict
from letitcrash.world import World

LAB = Lab("02_dropped_eggs")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("one-basket", "40 s: served\n40 s: the store is closed"),
        ("mailbox-example", "eggs ['milk', 'bread', 'eggs']"),
        ("inbox-example", "30 eggs\n90 milk\n60 time is up\n90 milk"),
        ("loop-example", "process 2 has ham, wrapped\nprocess 4 has veal, wrapped\n{3: TypeError("),
        ("sabotage-inbox", "Bet first"),
        (
            "sabotage-settled",
            "Red went a_message_goes_to_a_waiter_who_wants_it. You bet on",
        ),
        ("manager-day", "6 dead, 1016 of 1140 others hurt\n264 never served"),
        ("ticket-tried", "8 dead, 176 of 1140 others hurt\n0 never served; the longest wait is 6.5 minutes"),
        ("finish", "All 5 exercises stand"),
    ],
)
def test_a_cell_prints_what_the_text_around_it_says(printed, cell, says):
    assert says in printed[cell]


# The parts ------------------------------------------------------------------------------------------------------------


def test_the_librarys_mailbox_takes_what_the_runtimes_own_receive_takes():
    """Drawn scripts of puts and takes, played by the mailbox of the lab and by a process of the runtime."""
    from letitcrash.world import stream

    for seed in range(30):
        chance = stream(seed, "mailboxes")
        foods = [chance.choice("abcd") for _ in range(8)]
        wanted = [chance.choice("abcd") for _ in range(5)]
        box, took, left = lab_reference.Mailbox(), [], []
        for food in foods:
            box.put(food)
        by_hands = [box.take(lambda message, word=word: message == word) for word in wanted]

        async def reader(me, wanted=wanted, took=took, left=left):
            for word in wanted:
                took.append(await me.receive(word, timeout=0))
            left.extend(me.mailbox)

        world = World()
        pid = world.spawn(reader)
        for food in foods:
            world.send(pid, food)
        world.run()
        assert by_hands == [None if not isinstance(food, str) else food for food in took]
        assert box.messages == left


def test_the_librarys_loop_keeps_a_crash_to_its_process():
    def poisoned(loop, me):
        yield lab_reference.anything
        raise ValueError("eggs")

    def other(loop, me, first):
        loop.send(first, "carton")
        loop.send(me, "milk")
        heard.append((yield lab_reference.anything))

    loop, heard = lab_reference.Loop(), []
    first = loop.spawn(poisoned)
    loop.spawn(other, first)
    loop.run()
    loop.send(first, "to the dead")
    assert heard == ["milk"]
    assert loop.ended[2] == "normal" and repr(loop.ended[1]) == "ValueError('eggs')"


def test_two_who_wait_on_one_inbox_each_get_their_own():
    env, got = simpy.Environment(), {}
    inbox = lab_reference.Inbox(env)

    def fetch(name, wanted, timeout):
        got[name] = (yield inbox.receive(lambda message: message == wanted, timeout)), env.now

    for name, wanted, timeout in (("ann", "milk", None), ("ben", "eggs", 5), ("cem", "tea", 5)):
        env.process(fetch(name, wanted, timeout))

    def deliver():
        for message in ("eggs", "tea", "milk"):
            yield env.timeout(3)
            inbox.send(message)

    env.process(deliver())
    env.run()
    assert got == {"ben": ("eggs", 3), "cem": (lab_reference.TIMEOUT, 5), "ann": ("milk", 9)}
    assert inbox.messages == ["tea"]


def test_what_the_solution_kept_works_away_from_its_notebook(printed):
    kept = {name: next(parts.newest(name))[1] for exercise in LAB.exercises.values() for name in exercise.parts}
    loop = kept["Loop"]()
    loop.spawn(lambda loop, me: iter(()))
    assert kept["hurt"]({1: 0.0, 2: 0.0}, {1: 9.0}, [1]) == [2]
    assert kept["Inbox"](simpy.Environment()).receive(timeout=0).value == "time is up"
    assert callable(kept["till"])


# Students who get it wrong --------------------------------------------------------------------------------------------


def test_a_starter_that_nobody_touched_ends_with_one_sentence(kept):
    outputs = LAB.left_open({})
    assert outputs["finish"].startswith("5 of 5 exercises are left: mailbox (not done yet), inbox (it builds on")
    assert outputs["check-mailbox"].startswith("mailbox: not done yet: add it at the end")


def test_a_student_with_a_wrong_idea_everywhere_reads_why_and_reaches_the_end(kept):
    wrong = LAB.mistaken(
        "mailbox_to_the_back",
        "inbox_wakes_whoever_waits_longest",
        "run_loop_lets_it_through",
        "isolation_only_the_served",
        "ticket_any_done",
    )
    outputs = LAB.left_open(wrong)
    assert "what stays should be" in outputs["check-mailbox"]
    assert "who wants" in outputs["check-inbox"]
    assert "came out of run as" in outputs["check-run-loop"]
    assert "never served were" in outputs["check-isolation"]
    assert "should have a turn at" in outputs["check-ticket"]


def test_a_student_whose_loop_never_ends_or_whose_code_breaks_reaches_the_end(kept):
    endless = LAB.sample("accept", "run_loop_with_a_helper").replace("self.ready.popleft()", "self.ready[0]")
    broken = LAB.sample("accept", "mailbox_by_index").replace("self.messages.append", "self.messages.push")
    outputs = LAB.left_open({"mailbox": broken, "run_loop": endless})
    assert "has no attribute 'push'" in outputs["check-mailbox"]
    assert "run_loop: not there yet" in outputs["check-run-loop"]


def test_a_student_who_skipped_the_loop_can_still_do_the_ticket(kept):
    right = {name: LAB.reference(LAB.exercises[name]) for name in ("mailbox", "inbox", "ticket")}
    outputs = LAB.left_open(right)
    assert "ticket: it stands" in outputs["check-ticket"]
    assert outputs["finish"] == "2 of 5 exercises are left: run_loop (not done yet), isolation (not done yet)"


# The run that shows what is wrong -------------------------------------------------------------------------------------

GUILTY = {
    "inbox_asks_only_the_first": ("Sent", "Ben, who wants"),
    "inbox_does_not_look_first": ("TimedOut", "and got time is up at"),
    "inbox_keeps_a_copy": ("Sent", "In the end"),
    "inbox_last_come_first_served": ("Received", "should get"),
    "inbox_wakes_whoever_waits_longest": ("Received", "Ann, who wants"),
    "inbox_zero_is_no_timeout": ("Received", "for 0 s at most, should get time is up at"),
    "run_loop_a_crash_is_normal": ("Exited", "In the end ended should be 1: "),
    "run_loop_last_ready_first": ("Sent", "Here it should be process 1 with"),
    "run_loop_lets_it_through": ("Exited", "and it is nobody's turn"),
    "ticket_any_done": ("Received", "Customer 3 should have a turn at"),
    "ticket_as_it_is": ("Exited", "and never had it"),
    "ticket_waits_for_nobody": ("Received", "Customer 2 should have a turn at"),
}
NO_RUN = (
    "mailbox_newest_first",  # a mailbox that nobody waits at is no run
    "isolation_how_many",
)


@pytest.mark.parametrize("name", GUILTY)
def test_a_wrong_answer_is_shown_at_its_guilty_event(name):
    LAB.assert_shown_at(name, *GUILTY[name])


@pytest.mark.parametrize("name", NO_RUN)
def test_a_wrong_answer_that_makes_no_run_shows_none(name):
    assert all(LAB.shown(name, seed) is None for seed in range(10))


@pytest.mark.parametrize(("name", "run"), [("inbox", "waiting"), ("run_loop", "turns"), ("ticket", "afternoon")])
def test_the_run_of_a_right_answer_takes_each_message_once_and_gives_everybody_theirs(name, run):
    """Pictures are drawn from what happened: nobody receives what was not sent, and nothing happens after an end."""
    exercise = LAB.exercises[name]
    made = next(each.shows for each in exercise.criteria if each.shows).__globals__[run]
    for seed in range(5):
        assert LAB.scene_of(exercise, LAB.reference(exercise), seed) is None
        evidence = drive.gather(LAB.job(exercise, LAB.reference(exercise), seed))["evidence"]
        for case, item in zip(exercise.cases_for(seed), evidence, strict=True):
            events, _ = made(case, item["value"])
            state = reducer.start()
            for event in map(as_dict, events):
                if event["kind"] == "Received":
                    assert event["position"] < len(state["mailboxes"][event["pid"]]), (case, event)
                assert state["processes"].get(event.get("pid"), {"alive": True})["alive"], (case, event)
                state = reducer.apply(state, event)
