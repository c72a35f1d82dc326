"""Chapter 1 keeps the book's rules, says only numbers that its runs give, and its Erlang is what it shows."""

import re
from collections.abc import Callable, Iterable, Iterator

import pytest
from chapter_runs import ROOT, numbered

from letitcrash.queueing import (
    Interval,
    confidence_interval,
    erlang_b,
    erlangs_for,
    mg1,
    mm1,
    mmc,
    run_store,
    service_level,
    service_of,
)
from letitcrash.show.bets import Bet
from letitcrash.show.chapter01 import QUESTIONS, bets, friday, theory
from letitcrash.show.explore import Explorable
from letitcrash.world import hours, minutes

CHAPTER = numbered(1)

# No seed below is one that the chapter shows: what it says must hold for others too.
FRESH = range(1000, 1040)


def over_seeds(measure: Callable[[int], float], seeds: Iterable[int] = FRESH) -> Interval:
    """The interval that holds the true mean of `measure(seed)` 999 times in 1000."""
    return confidence_interval([measure(seed) for seed in seeds], level=0.999)


def assert_reproduced(value: float, found: Interval, within: float) -> None:
    """The runs agree with `value`, and are sharp enough to disagree with anything `within` that share away."""
    assert value in found, f"{found} does not hold {value:g}"
    assert found.half_width < within * value, f"{found} is too wide to say anything about {value:g}"


def test_eight_explorables_and_bets_of_every_kind_come_before_the_sandbox(chapter):
    explorables = [shown for shown in chapter["shown"].values() if isinstance(shown, Explorable)]
    assert len(explorables) - 1 >= 8
    assert {type(each.bet.kind).__name__ for each in explorables if each.bet} == {"Number", "Curve", "Control"}


# The numbers that chapter 1 must show, found by its own runs over other seeds


@pytest.mark.parametrize(("load", "time", "within"), [(0.5, 2.0, 0.02), (0.8, 5.0, 0.05), (0.95, 20.0, 0.16)])
def test_one_till_is_one_over_the_idle_share(chapter, load, time, within):
    assert mm1(load).time == pytest.approx(time)
    assert_reproduced(time, over_seeds(lambda seed: chapter["door_to_door"](load, seed)), within)


@pytest.mark.parametrize(("c2", "time", "within"), [(0, 3.0, 0.03), (1, 5.0, 0.05), (4, 11.0, 0.09)])
def test_unequal_baskets_cost_what_pollaczek_and_khinchine_say(chapter, c2, time, within):
    assert mg1(0.8, c2).time == pytest.approx(time)
    assert_reproduced(time, over_seeds(lambda seed: chapter["door_to_door"](0.8, seed, service_of(1, c2))), within)


@pytest.mark.parametrize(("load", "time", "within"), [(0.8, 1.2046, 0.03), (0.9, 1.6687, 0.08), (0.95, 2.6512, 0.18)])
def test_one_line_for_ten_tills_is_the_pooled_time(chapter, load, time, within):
    assert mmc(load, 10).time == pytest.approx(time, abs=1e-4)
    assert_reproduced(
        time, over_seeds(lambda seed: chapter["ten_tills"](load, seed, line="shared"), FRESH[:20]), within
    )


def test_any_of_ten_lines_is_as_slow_as_one_till_alone(chapter):
    how = chapter["LINES"]["any of ten lines"]
    assert_reproduced(5.0, over_seeds(lambda seed: chapter["ten_tills"](0.8, seed, **how), FRESH[:20]), 0.08)


@pytest.mark.parametrize(("lines", "erlangs"), [(10, 4.461), (20, 12.031)])
def test_a_bundle_loses_one_call_in_a_hundred(chapter, lines, erlangs):
    assert erlangs_for(0.01, lines) == pytest.approx(erlangs, abs=1e-3)
    assert_reproduced(0.01, over_seeds(lambda seed: chapter["lost"](erlangs, lines, seed), FRESH[:20]), 0.15)


def test_the_trunking_gain_is_8_92_to_12_03_erlangs():
    assert 2 * erlangs_for(0.01, 10) == pytest.approx(8.92, abs=5e-3)
    assert erlangs_for(0.01, 20) == pytest.approx(12.03, abs=5e-3)


@pytest.mark.parametrize(("agents", "answered"), [(13, 0.796), (14, 0.888)])
def test_the_call_centre_answers_so_many_within_20_seconds(chapter, agents, answered):
    assert service_level(10, agents, service=180, within=20) == pytest.approx(answered, abs=5e-4)
    found = over_seeds(lambda seed: chapter["call_centre"](agents, seed).served_within(20), FRESH[:20])
    assert_reproduced(answered, found, 0.03)


# The words of the text about the runs beside it


def test_the_text_says_what_the_runs_give(chapter):
    a_friday, wait_at = chapter["a_friday"], friday.wait_at
    five, six, seven = (wait_at(a_friday(tills)) for tills in (5, 6, 7))
    twenty = sorted(wait_at(a_friday(seed=seed)) for seed in range(20))
    by_rule = [a_friday(9, opening=chapter["Watching"](above, least=2)) for above in (0, 1)]
    slow = a_friday(9, opening=chapter["Watching"](2, least=2), review=minutes(30))
    wages = lambda day: f"{day.staffed / 3600:.0f}"
    day = a_friday()
    for sentence in (
        f"to {five:.1f} minutes at 17:10",
        f"the clerks are busy {100 * day.utilisation:.0f} % of the day",
        f"From five tills to six, {five:.1f} minutes become {six:.1f}, and with seven they are {seven:.1f}",
        f"on another it is {twenty[-1]:.0f} minutes; half of them lie between {twenty[5]:.0f} and {twenty[14]:.0f}",
        f"Not one of the {len(day)} waits",
        f"Five tills all day meant {five:.1f} minutes and {wages(day)} hours of wages",
        f"With *open above 1* it is {wait_at(by_rule[1]):.1f} minutes and {wages(by_rule[1])} hours",
        f"At 0 the number of open tills changes {len(by_rule[0].opened) - 2} times a day",
        f"brings back the {wait_at(slow):.0f} minutes of the five tills, for {wages(slow)} hours of wages",
        f"At 0.8 a customer is inside for {mm1(0.8).time:.0f} service times, at 0.95 for {mm1(0.95).time:.0f}, "
        f"at 0.99 for {mm1(0.99).time:.0f}",
        f"{mg1(0.8, 0).time:.0f} service times at $c^2 = 0$, {mg1(0.8, 1).time:.0f} at 1, {mg1(0.8, 4).time:.0f} at 4",
        f"ten service times become {mmc(0.9, 10).time:.2f}",
        f"the same {len(chapter['together'])} customers in the same half hour",
        f"customers wait {chapter['apart'].mean_wait / 60:.1f} minutes on average. With one line that cannot "
        f"happen, and they wait {chapter['together'].mean_wait / 60:.1f}.",
        f"At 0.8 it is {mm1(0.8).time:.0f} against {mmc(0.8, 10).time:.2f}, at 0.95 it is {mm1(0.95).time:.0f} against "
        f"{mmc(0.95, 10).time:.2f}",
        f"{2 * erlangs_for(0.01, 10):.2f} erlangs become {erlangs_for(0.01, 20):.2f} at twenty lines, and a hundred "
        f"lines carry {erlangs_for(0.01, 100):.0f} where ten bundles of ten carry {10 * erlangs_for(0.01, 10):.0f}",
        f"With 13 agents {100 * service_level(10, 13, 180, 20):.1f} % are answered in 20 seconds, and the promise is "
        f"broken by a hair; the fourteenth makes it {100 * service_level(10, 14, 180, 20):.1f} %",
        f"busy {1000 / 14:.0f} % of the time, and the idle {100 - 1000 / 14:.0f} %",
    ):
        assert sentence in CHAPTER.said, sentence
    assert twenty[0] == 0 and "nobody waits at 17:10" in CHAPTER.prose


def test_the_two_stores_that_are_watched_are_fullest_and_empty_when_the_text_says(chapter):
    clock = lambda second: f"17:{second // 60:.0f}"
    found = {}
    for name in ("apart", "together"):
        moments, lengths = chapter[name].queue_over_time()
        most = max(lengths)
        found[name] = clock(moments[lengths.index(most)]), most, clock(chapter[name].ended)
    assert found == {"apart": ("17:16", 15, "17:42"), "together": ("17:16", 9, "17:36")}
    assert "At 17:16 fifteen people stand in the five lines and nine in the one line." in CHAPTER.said
    assert "The last customer leaves at 17:42 with a line a till, and at 17:36 with one line." in CHAPTER.said


def test_the_bets_come_out_as_the_pictures_show(chapter):
    tills = chapter["shown"]["explore-tills"]
    assert f"waits {tills.bet.truth:.1f} minutes" in tills.figure(tills=6).reading
    assert [bets.knee(lambda load: mm1(load).time).truth[5]] == pytest.approx([5.0])
    for name in ("explore-tills", "explore-knee", "explore-baskets", "explore-lines", "explore-trunks"):
        assert isinstance(chapter["shown"][name].bet, Bet)


def test_what_the_closing_questions_call_right_is_right():
    right = [question.right for question in QUESTIONS]
    assert mm1(0.95).time == pytest.approx(2 * mm1(0.90).time) and right[0] == "doubles"
    assert right[1] == f"{47 / 150 * 60:.0f} minutes"
    assert right[2] == f"{mg1(0.8, 4).time:.0f}"
    assert right[4] == f"{erlang_b(6, 10):.1%}".replace("%", " %")


def test_the_sandbox_has_the_answers_that_the_text_gives(chapter):
    def longest(day, tills, c2=1):
        reading = chapter["my_friday"](day, 100, tills, c2).reading
        return float(re.search(r"longest wait of the day is ([\d.]+) minutes", reading)[1])

    assert longest("the same all day", 5) < 6 < longest("the same all day", 4)
    assert longest("payday", 9) < 6 < longest("payday", 8)
    one, four = ([longest(day, 5, c2) for day in ("the same all day", "Friday")] for c2 in (1, 4))
    assert f"five tills ({one[0]:.1f} minutes); on *payday*, nine ({longest('payday', 9):.1f} minutes)." in CHAPTER.said
    assert f"from {one[0]:.1f} minutes to {four[0]:.1f}, on *Friday* from {one[1]:.1f} to {four[1]:.1f}" in CHAPTER.said
    assert {sum(day) for day in chapter["DAYS"].values()} == {820}


@pytest.mark.parametrize("tills", [4, 5, 6])
def test_unequal_baskets_never_shorten_the_wait_of_the_sandbox(chapter, tills):
    """One seed can say otherwise; the picture is a mean, so that it keeps to the chapter's own section."""
    for day in chapter["DAYS"]:
        waits = [chapter["my_friday"](day, 100, tills, c2).reading for c2 in (0, 1, 4)]
        longest = [float(re.search(r"day is ([\d.]+)", reading)[1]) for reading in waits]
        assert longest == sorted(longest), day


def test_a_slow_reply_fills_the_pool_a_hundred_times_sooner(capsys, chapter):
    assert "a hundredth of the traffic" in CHAPTER.prose
    assert erlangs_for(0.01, 250) / 0.020 == pytest.approx(100 * erlangs_for(0.01, 250) / 2.0)


def test_the_welcome_page_opens_with_the_store_of_chapter_1():
    welcome = (ROOT / "book" / "welcome.md").read_text(encoding="utf-8")
    assert "friday.to_touch()" in welcome and "friday.to_touch()" in "\n".join(CHAPTER.code)


# The chapter's models and pictures


def test_no_till_is_idle_while_anybody_waits_in_one_line_and_many_are_in_ten(chapter):
    idle = {name: sum(_idle_while_others_wait(chapter[name])) for name in ("apart", "together")}
    assert idle["together"] == 0
    assert idle["apart"] > 20


def _idle_while_others_wait(day) -> Iterator[bool]:
    """For each customer's coming: does somebody wait just after it while a till is free?"""
    spans = list(zip(day.arrived, day.waited, day.served, strict=True))
    for now in (at + 1e-6 for at in day.arrived):
        waiting = sum(at <= now < at + wait for at, wait, _ in spans)
        busy = sum(at + wait <= now < at + wait + work for at, wait, work in spans)
        yield waiting > 0 and busy < day.tills


def test_simpy_and_the_engine_agree_on_every_wait(chapter):
    assert chapter["shown"]["simpy-friday"] is True
    assert chapter["shown"]["three-customers"] == [0, 2, 4]


@pytest.mark.parametrize("seed", FRESH[:5])
def test_littles_law_holds_to_the_digit_once_all_have_gone(chapter, seed):
    day = chapter["a_friday"](seed=seed)
    heads, per_minute, stay = friday.little(day, day.ended + 1)
    assert heads == pytest.approx(per_minute * stay)
    early, rate, receipts = friday.little(day, hours(5))
    assert early != pytest.approx(rate * receipts, rel=1e-3)


def test_the_wait_at_a_moment_is_that_of_who_comes_next(chapter):
    day = chapter["a_friday"]()
    at = day.arrived[400]
    assert friday.wait_at(day, at) == friday.wait_at(day, at - 1e-6) == day.waited[400] / 60
    assert friday.wait_at(day, day.arrived[-1] + 1) != friday.wait_at(day, day.arrived[-1] + 1)  # nan: nobody comes


def test_two_views_of_a_run_differ_in_words_alone(chapter):
    store, calls = (friday.two_ways(chapter["day"], view, hours(5)) for view in friday.WORDS)
    for name in ("x", "base", "text"):
        assert store.data[0][name] == calls.data[0][name]
    numbers = [re.findall(r"\d+", figure.reading) for figure in (store, calls)]
    assert numbers[0] == numbers[1]
    assert store.reading != calls.reading


def test_the_promise_and_the_run_are_both_drawn(chapter):
    figure = theory.answered(lambda wait: service_level(10, 13, 180, wait), chapter["call_centre"](13))
    assert [trace["name"] for trace in figure.data] == ["Erlang C", "the run", "the promise"]
    assert "79.6%" in figure.reading


# In real Erlang


def test_the_program_serves_every_customer_in_both_designs():
    printed = CHAPTER.erlang_prints()
    (shown,) = CHAPTER.fences("text")
    without_numbers = [re.sub(r"\d+\.\d+|\d+ ms", "#", text) for text in (printed, shown)]
    assert without_numbers[0] == without_numbers[1]
    assert printed.count("400 customers") == 2


@pytest.mark.parametrize("picture", [friday.waits, friday.line_and_tills, friday.line_over_hours])
def test_a_day_without_customers_is_told_in_words(picture):
    with pytest.raises(ValueError, match="nobody came in"):
        picture(run_store([], [], tills=1))


def test_heads_are_not_counted_over_no_time():
    with pytest.raises(ValueError, match="more than 0 seconds"):
        friday.little(run_store([0.0], [60.0], tills=1), 0)
