"""Chapter 5 says what its runs give, its calls end as Erlang's do, and its two stores differ only in their errors."""

import importlib
import inspect
import pkgutil
import sys

import pytest
from chapter_runs import numbered

from letitcrash import gen_server, supervisor
from letitcrash.gen_server import CallFailed, call
from letitcrash.process import Timeout
from letitcrash.process import events as ev
from letitcrash.queueing import confidence_interval
from letitcrash.queueing.events import Balked, Finished, Joined, Reneged, Started
from letitcrash.show import came_out, error_lines, predict
from letitcrash.show.chapter05 import CALLS, defensive, figures, happy, monday, payments, pressure, store
from letitcrash.show.player.output import Player
from letitcrash.world import World, hours

CHAPTER = numbered(5)

# No seed below is one that the chapter shows: what it says must hold for others too.
FRESH = range(3000, 3006)


def test_four_runs_are_to_watch_two_of_them_twice_over(chapter):
    players = [each for each in chapter["shown"].values() if isinstance(each, Player)]
    assert len(players) == 4
    assert players[-1].spec()["views"] == ["store", "tree", "space"]


# The bills


def test_on_monday_nine_pay_for_something_else_and_the_till_is_nearly_right(chapter):
    reading = chapter["shown"]["figure-monday"].reading
    assert reading == "9 of 12 pay for something else, 1 pays nothing; the till is 1.10 short."
    assert sum(monday.PRICES[article] for article, _ in chapter["paid"]) == pytest.approx(40.70)
    assert "1.10 short, of 40.70" in CHAPTER.said
    assert "Ten of twelve crosses miss" in CHAPTER.prose and "nine pay for something else" in CHAPTER.said
    assert chapter["paid"][3] == ("milk", 12.5)  # Ben
    assert not [event for event in chapter["mixed_up"].trace.of(ev.Exited) if event.reason != "normal"]  # no crash
    assert chapter["mixed_up"].trace.of(ev.Restarted).events == []


def test_the_answer_that_ben_gets_was_there_before_he_asked(chapter):
    trace = chapter["mixed_up"].trace
    (gave_up,) = (event.at for event in trace.of(ev.TimedOut))
    came = next(event.at for event in trace.of(ev.Sent) if event.message == 12.5)
    taken = next(event.at for event in trace.of(ev.Received) if event.message == 12.5)
    asked = next(event.at for event in trace.of(ev.Sent) if isinstance(event.message, tuple) and event.at > came)
    assert gave_up < came < asked == taken


def test_by_hand_one_bottle_is_enough_and_patience_shifts_none(chapter):
    morning, champagne = monday.morning, monday.with_champagne
    wrong = lambda patience, bottles: payments.wrong(
        morning(monday.shelf, monday.till, champagne(bottles), patience)[1], monday.PRICES
    )
    assert wrong(5, 0) == wrong(8, 4) == 0
    assert wrong(5, 1) == 9
    world, paid = morning(monday.shelf, monday.till, champagne(4), 5)
    asked = [monday.PRICES[article] for article in champagne(4)]
    assert [price for _, price in paid[3:]] == asked[2:-1]  # one behind
    assert len(world.trace.of(ev.TimedOut)) == 1  # "no later bottle is ever late"
    assert payments.free(paid) == chapter["four"].truth == 1
    assert "Only one of the four pays nothing; the other three" in CHAPTER.prose
    free = lambda patience, bottles: payments.free(morning(monday.shelf, monday.till, champagne(bottles), patience)[1])
    assert free(5, 0) == 0 and free(8, 4) == 0


def test_by_hand_the_till_waits_for_ever_for_a_shelf_that_lives(chapter):
    world = chapter["tuesday"]
    assert len(chapter["few"]) == 4 and world.whereis("shelf")
    (restart,) = world.trace.of(ev.Restarted)
    (crash,) = (event for event in world.trace.of(ev.Exited) if event.reason != "normal")
    assert restart.at == crash.at  # "in the same second"
    (waiting,) = (info for info in world.processes() if info.pid.label == "till")
    assert waiting.state == "waiting" and waiting.mailbox == ()


def test_only_the_call_mixes_nothing_up_and_leaves_nothing_behind(chapter):
    came = {}
    for way, (shelf, till, *how) in chapter["WAYS"].items():
        world, paid = monday.morning(shelf, till, monday.with_champagne(3), *how)
        came[way] = payments.wrong(paid, monday.PRICES) > 0, payments.left(world, "till")
        assert payments.free(paid) == (1 if way == "by hand" else 3)
    assert came["a call without alias"] == (False, 3)
    assert came["a call"] == (False, 0)
    assert came["by hand"][0]


def test_with_a_call_the_smudged_label_costs_one_customer(chapter):
    by_hand, by_call = chapter["both"]
    _, paid = monday.morning(chapter["Shelf"], chapter["calling"], chapter["SMUDGED"])
    assert [price for _, price in paid].count(Timeout()) == 1 and len(paid) == 12
    assert len(by_hand.trace.of(ev.Restarted)) == len(by_call.trace.of(ev.Restarted)) == 1


def test_a_call_in_time_is_answered_and_a_late_answer_ends_in_a_cross():
    in_time, late = monday.one_call(2), monday.one_call(7)
    assert [event.at for event in in_time.of(ev.Received)][-1] == 3 and not in_time.of(ev.Dropped).events
    (lost,) = late.of(ev.Dropped)
    (closed,) = late.of(ev.Demonitored)
    assert (closed.at, lost.at, lost.receiver) == (6, 8, closed.ref)  # the address is the reference


def test_a_request_that_no_case_fits_crashes_a_server_whether_or_not_the_case_is_written():
    class Written(monday.Slow):
        async def handle_call(self, request, caller):
            match request:
                case "price":
                    return 1
                case _:
                    raise self.no_case("handle_call", request)

    class LeftOut(monday.Slow):
        async def handle_call(self, request, caller):
            match request:
                case "price":
                    return 1

    assert '`case _: raise self.no_case("handle_call", request)`' in CHAPTER.said
    for server in (Written, LeftOut, happy.Shelf, happy.Till, store.Office):
        world = World()
        world.start(store.Office, name="office") if server is happy.Shelf else None
        pid = world.start(server, *([1] if issubclass(server, monday.Slow) else []))
        with pytest.raises(CallFailed) as caught:
            world.ask(call, pid, "wine")
        assert isinstance(caught.value.cause, gen_server.FunctionClause)


# How a call can end


def test_each_row_is_predicted_from_what_its_run_gives():
    asked = predict(CALLS).questions
    assert len(asked) == len(CALLS) == 15 and "Fifteen rows" in CHAPTER.prose
    assert [question.right for question in asked] == list(came_out(CALLS).answers.values())
    assert "leaves_meanwhile" in came_out(CALLS).answers


def test_erlang_prints_the_rows_that_the_model_gives():
    printed = CHAPTER.erlang_prints()
    assert printed.splitlines() == [f"{name:22} {answer}" for name, answer in came_out(CALLS).answers.items()]
    (shown,) = CHAPTER.fences("text")
    assert printed.startswith(shown)


# Back-pressure


def test_the_numbers_of_the_hour_are_those_of_the_text(chapter):
    told = pressure.hour("cast", 1.2)
    assert f"At 1.2, in the hour above, {told.mailbox[-1]} wishes are left in the mailbox" in CHAPTER.said
    assert 11.5 < told.times[-1] / 60 < 12 and "nearly twelve minutes old" in CHAPTER.said
    cast, call, things = (
        pressure.over_seeds("cast", 0.8),
        pressure.over_seeds("call", 1.2),
        pressure.over_seeds("call", 1.2, lambda run: run.fetched),
    )
    assert f"10 seconds at load 0.8 by formula and {cast.low:.1f} to {cast.high:.1f} here" in CHAPTER.said
    assert pressure.cast_theory(0.8) == pytest.approx(10)
    assert f"{call.low:.1f} to {call.high:.1f} seconds at 1.2" in CHAPTER.said
    assert f"says {pressure.call_theory(1.2):.2f}" in CHAPTER.said
    assert (
        f"The tills get {things.low:,.0f} to {things.high:,.0f} things an hour where they wanted 2,160" in CHAPTER.said
    )
    assert round(1.2 * 3600 / pressure.FETCH) == 2160
    each_round = pressure.TILLS * pressure.FETCH / 1.2 + pressure.call_theory(1.2)
    assert f"(theory: {6 * 3600 / each_round:,.0f})" in CHAPTER.said
    patient, again = pressure.hour("call", 0.5), pressure.hour("call again", 0.5)
    assert (len(again.times), again.fetched) == (10, 1732)
    others = [len(pressure.hour("call again", 0.5, seed).times) for seed in pressure.SEEDS]
    assert f"ten times; in eight other hours, {min(others)} to {max(others)} times. From the second" in CHAPTER.prose
    assert "1,732" in CHAPTER.prose and len(others) == 8
    assert 0 not in again.mailbox[6:]  # "From the second minute on": a look every ten seconds
    assert chapter["ours"].truth == 10 and len(patient.times) > 800
    assert len(pressure.hour("call again", 0.2).times) < len(pressure.hour("call", 0.2).times)


@pytest.mark.parametrize("seed", FRESH)
def test_callers_are_the_limit_of_the_mailbox_and_casts_have_none(seed):
    assert max(pressure.hour("call", 1.5, seed).mailbox) < pressure.TILLS
    told = pressure.hour("cast", 1.5, seed).mailbox
    assert told[-1] == pytest.approx(900, abs=5 * 67)  # 2,700 come, 1,800 can be fetched; five standard deviations
    again = pressure.hour("call again", 0.8, seed)
    assert len(again.times) < 0.1 * again.fetched


def test_the_picture_over_the_load_has_a_bar_for_each_load_and_its_reading_says_what_the_text_says(chapter):
    figure = chapter["shown"]["figure-over-load"]
    cast, call = (trace for trace in figure.data if "measured" in trace["name"])
    assert call["x"] == list(chapter["LOADS"]) and cast["x"] == [load for load in call["x"] if load < 1]
    assert all(half > 0 for trace in (cast, call) for half in trace["error_y"]["array"])
    assert max(call["error_y"]["array"]) < 0.45 and "inside their circles" in CHAPTER.said  # seconds: half a circle
    assert "8.3 to 12.1" in figure.reading and "4.7 to 5.1" in figure.reading and "1,428 to 1,473" in figure.reading
    assert chapter["shown"]["bet-calling"].truth == call["y"]


def test_a_bar_of_eight_other_hours_nearly_always_holds_the_formula():
    cases = [(way, load) for way, loads in (("cast", (0.5, 0.8)), ("call", (0.8, 1.2))) for load in loads]
    theory, held = {"cast": pressure.cast_theory, "call": pressure.call_theory}, []
    for way, load in cases:
        for first in range(3000, 3040, 8):
            hours_of = [pressure.hour(way, load, seed).steady_time for seed in range(first, first + 8)]
            held.append(theory[way](load) in confidence_interval(hours_of))
    assert len(held) == 20 and sum(held) >= 17


@pytest.mark.long
def test_over_a_long_run_casts_wait_as_mm1_and_calls_as_a_closed_network():
    long = hours(20)
    for load in (0.5, 0.8):
        told = [pressure.hour("cast", load, seed, long).mean_time for seed in FRESH]
        assert sum(told) / len(told) == pytest.approx(pressure.cast_theory(load), rel=0.08)
    for load in (0.5, 0.8, 1.2):
        asked = [pressure.hour("call", load, seed, long).mean_time for seed in FRESH]
        assert sum(asked) / len(asked) == pytest.approx(pressure.call_theory(load), rel=0.03)
    with pytest.raises(ValueError, match=r"load=1\.2: from 1 on the mailbox grows for ever"):
        pressure.cast_theory(1.2)


# Two stores


def outcome(day):
    """The fate of each customer, by number."""
    return {pid.label: fate for pid, (fate, _) in day.fates.items()}


@pytest.mark.parametrize("seed", FRESH)
def test_on_a_good_day_both_stores_do_the_same_to_the_second_and_the_cent(seed):
    one, other = (store.a_day(name, seed=seed) for name in store.VERSIONS)
    assert outcome(one) == outcome(other)
    assert one.book == other.book
    assert list(one.moves()) == list(other.moves())
    receipts = [[e.at for e in figures.seen(day.trace) if isinstance(e, Finished)] for day in (one, other)]
    assert receipts[0] == receipts[1] and len(receipts[0]) > 200
    assert one.counts["sent away"] == one.restarts == other.restarts == 0
    paid = [
        [event.message for event in day.trace.of(ev.Sent) if event.receiver.label == "office"] for day in (one, other)
    ]
    assert [each.request for each in paid[0]] == [each.request for each in paid[1]]


def test_sixty_of_106_lines_are_for_errors_and_none_of_38(chapter):
    counts = {name: (count.total, count.errors) for name, count in chapter["counts"].items()}
    assert counts == {"defensive": (106, 60), "happy case": (38, 0)}
    assert "Sixty of the 106 lines are there for errors, against none of the happy case's 38." in CHAPTER.prose
    assert "38 lines instead of 106" in CHAPTER.prose
    assert chapter["shown"]["bet-count"].truth == 60
    shared = sum(len(error_lines.code_lines(module)) for module in modules(gen_server, supervisor))
    assert 500 < shared < 700 and "more than five hundred lines" in CHAPTER.said
    assert store_lines(store.tree) == 4 and "the same, too: four lines" in CHAPTER.said
    assert store_lines(store.Office) == 10 and "The office is ten lines" in CHAPTER.said


def modules(*packages):
    """The modules on which both stores stand: all but the labs' references and the reader of traces."""
    left_out = (".lab_reference", ".shifts")
    for package in packages:
        names = (found.name for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."))
        yield from (importlib.import_module(name) for name in names if not name.endswith(left_out))


def store_lines(what):
    """The number of lines of code of a function or class of `store`."""
    text, first = inspect.getsourcelines(what)
    return len(error_lines.code_lines(store) & set(range(first, first + len(text))))


def test_the_count_marks_what_only_a_bad_day_runs():
    count = error_lines.count(defensive, lambda: store.a_day("defensive"))
    for_errors = {count.text[line].strip() for line in count.for_errors}
    assert {"try:", "except CallFailed as error:", "if is_error(cents):", "case _:"} <= for_errors
    work = {text.strip() for line, text in count.text.items() if line not in count.for_errors}
    assert {'return "sold out"', "self.room -= count", "match request:"} <= work
    assert sys.gettrace() is None or "coverage" in repr(sys.gettrace())


def test_a_day_on_which_nothing_happens_counts_everything():
    assert error_lines.count(happy, lambda: None).errors == error_lines.count(happy, lambda: None).total == 38


@pytest.mark.parametrize("fault", [store.SMUDGED, store.WINE, store.KILLS])
def test_for_faults_of_which_the_author_thought_both_stores_do_the_same_customer_by_customer(fault):
    for rate in (2, 4, 8):
        one, other = (store.a_day(name, fault, rate) for name in store.VERSIONS)
        assert outcome(one) == outcome(other)
        assert one.counts["sent away"] >= 4 * rate
    one, other = (store.a_day(name, fault, 4, seed=FRESH[0]) for name in store.VERSIONS)
    assert one.counts == other.counts


def test_for_the_one_of_which_nobody_thought_the_happy_case_serves_more(chapter):
    careful, happy_case = chapter["quail"]["defensive"], chapter["quail"]["happy case"]
    assert (happy_case.counts["served"], careful.counts["served"], careful.counts["sold out"]) == (326, 269, 58)
    assert "326 served" in CHAPTER.prose and "269 served, 58 find it sold out" in CHAPTER.said
    assert happy_case.restarts == 16 and "sixteen times that day" in CHAPTER.said
    assert chapter["shown"]["explore-faults"].bet.truth == "the happy case"
    assert figures.book(happy_case).reading.endswith("as many as there are.")
    assert figures.book(careful).reading.endswith("144 fewer than there are.") and 6 * store.BOX == 144
    assert "After six boxes" in CHAPTER.prose


@pytest.mark.parametrize("seed", FRESH)
def test_the_happy_case_keeps_a_true_book_and_the_careful_one_does_not(seed):
    careful, happy_case = (store.a_day(name, store.QUAIL, 8, seed=seed) for name in store.VERSIONS)
    assert happy_case.counts["served"] > careful.counts["served"]
    assert happy_case.counts["sent away"] <= 5  # those behind the box when the shelf fell
    assert careful.counts["sent away"] == 0
    assert "as many as there are" in figures.book(happy_case).reading
    assert "fewer than there are" in figures.book(careful).reading


def test_wine_makes_both_books_wrong_in_the_same_way():
    one, other = (store.a_day(name, store.WINE, 4) for name in store.VERSIONS)
    assert one.book[-1][1:] == other.book[-1][1:]
    assert "more than there are" in figures.book(one).reading


def test_a_shelf_that_keeps_its_book_itself_sells_what_is_not_there(chapter):
    forgetful = store.a_day("happy case", store.KILLS, 1, shelf=chapter["Forgetful"])
    assert forgetful.phantoms(store.MORNING) == 351 and "sells 351 things" in CHAPTER.said
    picture = chapter["shown"]["explore-forgetful"].figure(book="on the shelf", kills=1)
    assert "351 things were sold that were not there" in picture.reading
    assert "166 fewer than there are" in picture.reading and "166 free places fewer than there are" in CHAPTER.said
    assert store.a_day("happy case", store.KILLS, 1).phantoms(store.MORNING) == 0


def test_the_tree_stops_backwards_the_office_last():
    world = World()
    world.stop(world.start(store.tree(happy)))
    stopped = [event.id for event in world.trace.of(ev.ChildStopped)]
    assert stopped == ["till 3", "till 2", "till 1", "clerk", "shelf", "floor", "office"]


def test_the_day_to_watch_has_a_crash_a_restart_and_customers_at_tills(chapter):
    watched = chapter["seen"]
    crash = next(event for event in watched if isinstance(event, ev.ChildExited))
    assert crash.id == "shelf" and "quail eggs" in str(crash.reason)
    after = [event for event in watched if isinstance(event, ev.Sent) and event.at == crash.at]
    new = next(event.pid for event in watched if isinstance(event, ev.ChildStarted) and event.again)
    between = [event for event in after if new in (event.sender, event.receiver) and "book" not in str(event.message)]
    assert [type(event.message).__name__ for event in between][:3] == ["Ack", "Call", "Answer"]
    assert {type(event) for event in watched} >= {Joined, Started, Finished}


def test_who_finds_it_sold_out_has_stood_in_no_line():
    day = store.a_day("defensive", store.QUAIL, 8)
    there = list(figures.seen(day.trace))
    assert sum(isinstance(event, Balked) for event in there) == day.counts["sold out"] > 100
    assert not any(isinstance(event, Reneged) for event in there)  # nobody lost patience


def test_the_sandbox_has_the_answers_that_the_text_gives():
    day = lambda name, fault, rate, intensity: store.a_day(name, fault, rate, seed=7, intensity=intensity)
    happy_case = {intensity: day("happy case", store.QUAIL, 8, intensity) for intensity in (0, 1)}
    assert happy_case[0].counts["sent away"] == 54 and happy_case[1].counts["sent away"] == 1
    assert "54 customers sent away instead of 1" in CHAPTER.said
    fallen, careful = day("happy case", store.QUAIL, 40, 0), day("defensive", store.QUAIL, 40, 0)
    assert not fallen.stands and fallen.counts["served"] < careful.counts["served"]
    for name in store.VERSIONS:
        assert day(name, store.SMUDGED, 8, 0).counts == day(name, store.SMUDGED, 8, 3).counts


def test_a_defensive_shelf_answers_and_a_happy_one_falls():
    async def bring(me):
        return await call(me, "shelf", ("put", "quail eggs", 24))

    def asked(version):
        world = World()
        world.start(store.tree(version))
        return world.ask(bring)

    assert asked(defensive)[0] == "error"
    with pytest.raises(CallFailed) as caught:
        asked(happy)
    assert isinstance(caught.value.cause, KeyError)
