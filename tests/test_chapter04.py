"""Chapter 4's rows and its lab's are Erlang's, and its text says what its runs give."""

import re
from itertools import product
from typing import get_args

import pytest
from chapter_runs import numbered

from letitcrash import World
from letitcrash.process import TimeStandsStill
from letitcrash.process import events as ev
from letitcrash.queueing import confidence_interval
from letitcrash.queueing.events import Arrived
from letitcrash.show import came_out, predict
from letitcrash.show.chapter02 import eggs
from letitcrash.show.chapter04 import CLOCKS, SURPRISES, WHOLE, table, thursday, windows
from letitcrash.show.chapter04.shop import Customer
from letitcrash.show.player import reducer
from letitcrash.show.player.output import Player
from letitcrash.supervisor import Child, Rules, Supervisor, restart_window
from letitcrash.supervisor.rules import Strategy
from letitcrash.supervisor.shifts import crashes, fallen, shifts, window
from letitcrash.trace import as_dict
from letitcrash.world import hours

CHAPTER = numbered(4)

# No day below is one that the chapter shows: what it says must hold for others too.
FRESH = range(4000, 4040)


def test_four_runs_are_to_watch(chapter):
    assert sum(isinstance(each, Player) for each in chapter["shown"].values()) == 4


# The rows


def test_each_row_is_predicted_from_what_its_run_gives():
    asked = predict(SURPRISES).questions
    assert len(asked) == len(SURPRISES) == 14 and "Fourteen rows" in CHAPTER.said
    assert [question.right for question in asked] == list(came_out(SURPRISES).answers.values())


def test_what_is_right_is_nowhere_but_in_the_run(monkeypatch):
    monkeypatch.setattr(Supervisor, "rules", Rules(should_restart=lambda restart, reason: False))
    assert set(came_out(WHOLE).answers.values()) == {"b down", "b gone"}


# The words of the text about the runs beside it


def test_a_manager_without_a_number_hires_for_ever_in_no_time(chapter):
    world = thursday.store()
    with pytest.raises(TimeStandsStill):
        world.run()
    assert world.now == 0 and thursday.hired(world) > 2000  # "instead of thousands"
    exits = thursday.first(clerks=4).of(ev.Exited)
    assert [event.pid.label for event in exits] == ["clerk"] * 4 and {event.at for event in exits} == {0}


def test_intensity_is_a_rate(chapter):
    quick, slow = chapter["corner"](0.5, 3, 5), chapter["corner"](2, 3, 5)
    assert (crashes(quick), fallen(quick)) == (4, 2.0) and fallen(slow) is None
    at_once = chapter["corner"](0, 3, 5)
    assert (crashes(at_once), fallen(at_once)) == (4, 0)
    assert {shift.path[-1]: shift.how for shift in shifts(quick, 20)}["cheese"] == "is stopped"
    assert f"{8 * 3600 // 2:,} times in eight hours" in CHAPTER.said


def test_the_pair_that_is_further_apart_ends_the_corner(chapter):
    twice = chapter["twice"]
    assert fallen(twice(1.85, 0.1)) and not fallen(twice(1.18, 0.85))
    begins = [step / 20 for step in range(20)]
    assert all(fallen(twice(apart, begin)) for apart in (0.5, 0.9, 1) for begin in begins)
    assert not any(fallen(twice(apart, begin)) for apart in (2, 2.2) for begin in begins)
    assert {fallen(twice(1.5, begin)) is None for begin in begins} == {True, False}  # "fails on some days"
    for apart in (1.18, 1.85):
        assert {fallen(twice(apart, begin)) is None for begin in begins} == {True, False}


def test_the_first_second_that_is_forgotten_is_the_one_that_the_text_names():
    rows = windows(restart_window, crashes=(0.9, 3.2, 5.1, 5.9, 6.0), period=5).rows
    assert [row[1] for row in rows] == ["0", "0, 3", "0, 3, 5", "0, 3, 5, 5", "3, 5, 5, 6"]
    assert "Second 0 still counts at 5.9" in CHAPTER.said and "no longer at 6.0" in CHAPTER.said


def test_the_picture_counts_what_the_supervisor_counts(chapter):
    run = chapter["corner"](2, 3, 5)
    seconds, counts, allowed = window(run, ("corner",), 20)
    told = [(event.at, len(event.window)) for event in run.of(ev.Restarted, ev.GaveUp)]
    assert told and allowed == 3
    for at, count in told:
        assert (at, count) in zip(seconds, counts, strict=True)
    assert chapter["twice"](1.18, 0.85) and window(chapter["twice"](0.9, 0.1), ("corner",), 4)[1][-1] == 0


def ends(reading: str) -> tuple[float, float]:
    low, high = re.search(r"eggs add (\S+) to (\S+) minutes\.$", reading).groups()
    return float(low), float(high)


def test_eggs_cost_the_customer_who_dropped_them(chapter):
    readings = {rate: figure.reading for rate, figure in chapter["days"].items()}
    assert "wait 3.2 minutes" in readings[0] and "wait 3.1 minutes" in readings[1]
    added = re.search(r"on twenty other days eggs add (\S+) to (\S+) minutes\.$", readings[1])
    low, high = added.groups()
    assert f"one carton an hour adds between {low.replace('-', '−')} and {high} minutes" in CHAPTER.said
    assert float(low) < 0 < float(high) and "twenty days cannot tell the two apart" in CHAPTER.said
    fewer = {rate: ends(readings[rate]) for rate in (2, 4)}
    assert all(high < 0 for _, high in fewer.values())
    assert fewer[2][0] < fewer[4][1] and fewer[4][0] < fewer[2][1]  # "too few to tell 16 from 32"
    seconds = {rate: round(-30 * sum(span)) for rate, span in fewer.items()}  # the middle of each span
    assert seconds == {2: 9, 4: 8} and "by eight or nine seconds" in CHAPTER.said
    for minutes in ("11.7", "4.2"):
        assert minutes in numbered(2).said and minutes in CHAPTER.said


def test_on_other_days_too_eggs_cost_nobody_else_and_many_leave_less_to_ring_up(chapter):
    longer = lambda rate: confidence_interval([chapter["longer"](rate, seed) for seed in FRESH])
    one, four = longer(1), longer(4)
    assert one.low > -0.1 and one.high < 0.05  # minutes: "it is seconds, either way"
    assert four.high < 0


def test_a_customer_who_dropped_eggs_costs_the_others_as_little_as_one_who_stayed_at_home(chapter):
    for seed in FRESH[:6]:
        with_eggs = chapter["supervised"](4, seed)
        at_home = [basket for basket in with_eggs[0] if basket[1] != eggs.EGGS]
        world, started = chapter["store"](at_home, tills=7, keep=0)
        world.run(until=hours(12))
        assert eggs.worst(*with_eggs) == pytest.approx(eggs.worst(at_home, started), abs=1 / 60)


def test_who_is_served_depends_on_who_holds_what(chapter):
    served = lambda strategy, who: chapter["quiet"](strategy, who)[1]
    assert served("one_for_one", "line") == 0
    assert served("rest_for_one", "line") == 9 and served("rest_for_one", "till 1") == 6
    assert [served("one_for_all", who) for who in ("line", "till 1", "till 2", "till 3")] == [9] * 4


def test_the_tree_is_whole_and_the_store_stands_still(chapter):
    rows = [as_dict(event) for event in chapter["both"][0]]
    state = reducer.state_at(rows, len(rows))
    (store,) = state["supervisors"].values()
    assert [child["state"] for child in store["children"]] == ["running"] * 4
    (mailbox,) = (mail for mail in state["mailboxes"].values() if mail)
    assert len(mailbox) == len(state["lines"]["0"]) == 9 and state["served"] == 0
    assert len(state["tills"]) == 3


def test_customers_have_the_same_number_in_the_list_and_in_the_picture(chapter):
    for trace in chapter["both"]:
        sent = [event.message.number for event in trace if isinstance(getattr(event, "message", None), Customer)]
        drawn = [event.customer for event in trace if isinstance(event, Arrived)]
        assert sorted(set(sent)) == drawn == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_closing_takes_the_sum_of_all(chapter):
    assert chapter["closed"](0.5).now == pytest.approx(1.1)
    how = {shift.path[-1]: shift.how for shift in shifts(chapter["closed"](0.2).trace, 3)}
    assert how["cheese"] == how["fish"] == how["freezer"] == "is killed" and how["door"] == "is stopped"
    assert chapter["closed"](0.2).now == pytest.approx(0.6)


def test_children_of_a_template_close_at_once(capsys):
    exec(CHAPTER.source(next(cell for cell in CHAPTER.cells if cell["id"] == "at-once")), dict(CHAPTER.names))
    assert capsys.readouterr().out.endswith(": 0.3 s\n")


def test_a_start_that_fails_is_tried_at_once_and_as_often_as_allowed(chapter):
    names = dict(CHAPTER.names)
    exec(CHAPTER.source(next(cell for cell in CHAPTER.cells if cell["id"] == "scale-run")), names)
    assert [event.at for event in names["world"].trace.of(ev.ChildFailed)] == [7, 7, 7]
    assert fallen(names["world"].trace) == 7


def test_a_tree_takes_one_more_than_its_intensity_to_the_power_of_its_levels(chapter):
    fall = chapter["fall"]
    assert [crashes(fall(levels, 3)) for levels in (1, 2, 3)] == [4, 16, 64]
    assert crashes(fall(3, 1)) == 8
    world = chapter["tower"](3, 5)
    for number in range(216):
        assert world.whereis("top")
        world.send("clerk", "crash")
        world.run(until=(number + 1) / 10)
    assert not world.whereis("top")


def test_two_levels_leave_with_shutdown(chapter):
    two = chapter["tower"](levels=2, intensity=1)
    for second in (1, 2, 3, 4):
        two.at(second, two.send, "clerk", "crash")
    two.run(until=5)
    assert [(event.at, event.id) for event in two.trace.of(ev.GaveUp)] == [(2, "clerk"), (4, "clerk"), (4, "level 1")]
    bosses = {event.pid for event in two.trace.of(ev.SupervisorStarted)}
    ends = [(event.at, event.reason) for event in two.trace.of(ev.Exited) if event.pid in bosses]
    assert ends == [(2, "shutdown"), (4, "shutdown"), (4, "shutdown")]


def test_the_alarm_falls_silent_by_one_word(chapter):
    rings = {restart: chapter["night"](restart)[1] for restart in ("permanent", "transient", "temporary")}
    assert rings["permanent"][0] == "4:10" and rings["transient"] == rings["temporary"] == []
    trace = chapter["night"]("transient")[0].trace
    (gave_up,) = trace.of(ev.GaveUp)
    assert gave_up.at == chapter["minutes"](130) + 3  # 2:10:03
    (store,) = (event.pid for event in trace.of(ev.SupervisorStarted) if "baker" in event.children)
    assert not [event for event in trace.of(ev.Restarted) if event.supervisor == store]
    assert trace.of(ev.Dropped)[0].at == chapter["minutes"](140)  # in what is watched


def test_the_sandbox_has_the_answers_that_the_text_gives(chapter):
    counter = lambda **how: chapter["shown"]["explore-sandbox"].figure(**how).reading
    for strategy, b in product(table.STRATEGIES, ("crashes", "goes home")):
        assert "0 restarts" in counter(b_is="temporary", strategy=strategy, b=b)
    one = {every: "never gives up" in counter(intensity=1, period=1, every=every) for every in (0.5, 1.3, 2, 2.6)}
    assert one == {0.5: False, 1.3: False, 2: True, 2.6: True}
    assert "*Temporary*. Two seconds: the period and one more. Everywhere here" in CHAPTER.said
    began = {strategy: int(counter(strategy=strategy).split()[0]) for strategy in table.STRATEGIES}
    assert began["one_for_one"] < began["rest_for_one"] < began["one_for_all"]


# In real Erlang


def test_erlang_prints_for_the_chapter_s_rows_and_the_lab_s_what_the_model_gives():
    printed = CHAPTER.erlang_prints()
    answers = came_out([*WHOLE, *SURPRISES, *CLOCKS]).answers
    assert printed.splitlines() == [f"{name:36} {answer}" for name, answer in answers.items()]
    (shown,) = CHAPTER.fences("text")
    assert printed.endswith(shown)


def test_every_long_name_in_the_text_is_a_row_or_a_strategy():
    known = {*get_args(Strategy), *(row.name for row in [*WHOLE, *SURPRISES, *CLOCKS])}
    named = re.findall(r"`([a-z]+(?:_[a-z0-9]+){2,})`", CHAPTER.prose)
    assert named and set(named) <= known


@pytest.mark.parametrize(("auto_shutdown", "left"), [("never", ["scale"]), ("any_significant", [])])
def test_a_clerk_who_goes_home_for_good_takes_the_counter_along_when_it_is_said_so(auto_shutdown, left):
    async def clerk(me):
        await me.sleep(1)

    async def scale(me):
        await me.receive()

    significant = auto_shutdown != "never"
    world = World()
    goes = Child("clerk", clerk, restart="transient", significant=significant)
    children = [Child("scale", scale, name="scale"), goes]
    world.start(Supervisor(children, auto_shutdown=auto_shutdown), name="counter")
    world.run(until=2)
    assert [name for name in ("counter", "scale") if world.whereis(name)] == ["counter"] * bool(left) + left
