"""Chapter 6 says what its runs give, and its pictures agree with theory where there is one."""

import re
from statistics import fmean

import pytest
from chapter_runs import numbered

from letitcrash.balancing import Outliers, Snapshot, least_connections, round_robin, two_choices
from letitcrash.balancing import events as ev
from letitcrash.queueing import dm1, mg1
from letitcrash.queueing.events import Finished
from letitcrash.show.chapter06 import bets, many, monday, power_cut, saturday, slack
from letitcrash.show.player.output import Player
from letitcrash.world import minutes

CHAPTER = numbered(6)

# No seed below is one that the chapter shows: what it says must hold for others too.
FRESH = range(3000, 3006)


def test_there_are_fifteen_pictures_to_turn_and_two_runs_to_watch(chapter):
    assert sum(name.startswith("explore-") for name in chapter["shown"]) == 15
    _, stores = (each for each in chapter["shown"].values() if isinstance(each, Player))
    assert stores.spec()["names"] == ["in turn", "the shorter line"]


def test_a_success_between_two_sorries_ends_the_count(chapter):
    trace = chapter["door"].trace
    refused = [(event.at, event.customer) for event in trace.of(ev.Refused)]
    assert refused == [(30, 3), (40, 4), (60, 6)]
    assert [event.at for event in trace.of(Finished) if event.customer == 1] == [35]
    assert [event.at for event in trace.of(ev.Ejected)] == [60]
    assert "comes back served at second 35, between the sorries of customers 3 and 4" in CHAPTER.said
    assert "From second 60 on, after the sorries of 4 and 6, North is out" in CHAPTER.said


# The cut


def test_the_cut_costs_what_the_text_says(chapter):
    assert [chapter["lost"][town] for town in saturday.TOWNS] == [181, 83, 90, 161]
    assert "turns 181 customers away" in CHAPTER.said and "the same cut now costs 83" in CHAPTER.said
    assert (
        "He turns 161 away. The cleverest rule saves 20 of 181 customers; a coin saves five times as many"
        in CHAPTER.said
    )
    assert round((181 - 83) / (181 - 161)) == 5
    assert chapter["shown"]["explore-cut"].bet.truth == 161


@pytest.mark.parametrize("seed", FRESH)
def test_on_other_saturdays_too_a_coin_halves_the_loss_and_the_shorter_line_does_not(seed):
    one, coin, turn, shorter = (saturday.a_saturday(town, 45, seed=seed).lost for town in saturday.TOWNS)
    assert one == pytest.approx(4 * 45, abs=3 * 180**0.5)
    assert coin == pytest.approx(one / 2, abs=3 * (one / 4) ** 0.5)
    assert abs(turn - one / 2) < 12 and shorter > 0.8 * one


def test_twelve_people_at_the_door_of_the_scene():
    sent = {rule: [fate.look for fate in power_cut.outcome((2, 8), (), rule).fates].count("wrong") for rule in
            power_cut.RULES}  # fmt: skip
    assert sent == {"the shorter line": 5, "a coin": 3, "in turn": 3}
    assert "Of six who come in the dark, the shorter line sends five to North, a coin or turns three" in CHAPTER.said
    assert power_cut.outcome((8, 2)).fates == power_cut.outcome((4, 4)).fates  # no time between the labels: no cut


def test_the_rules_wait_as_the_text_says_when_the_light_stays_on():
    one, coin, turn, shorter = (fmean(saturday.over_seeds(town)) for town in saturday.TOWNS)
    assert f"{coin:.2f} minutes in line instead of {one:.2f}" in CHAPTER.said
    assert f"gives {turn:.2f}, the shorter line {shorter:.2f}" in CHAPTER.said
    assert one < shorter < turn < coin


# Lamps and sorries


def test_lamps_lose_those_who_come_before_the_next_look():
    lost = {every: saturday.a_saturday(saturday.SHORTER, 45, check=every).lost for every in (10, 30, 60, 300)}
    assert lost == {10: 0, 30: 0, 60: 2, 300: 21}
    assert "Looking every five minutes loses 21 customers instead of 161, every minute two, every half minute none" in (
        CHAPTER.said
    )


def test_sorries_cost_what_the_text_says(chapter):
    growing, steady = saturday.counting(5, True), saturday.counting(5, False)
    assert f"With five sorries in a row, {growing.lost} customers are turned away" in CHAPTER.said
    assert f"for 30 seconds each time, and never longer, it is {steady.lost}" in CHAPTER.said
    assert f"counts as inside, it is {saturday.counting(5, True, sorry=2.0).lost}.)" in CHAPTER.said
    assert f"stays out for {saturday.shut_too_long(growing):.0f} seconds" in CHAPTER.said
    usual = saturday.mean_wait(saturday.a_saturday(saturday.SHORTER))
    assert f"wait {saturday.mean_wait(growing):.2f} minutes, on average of the whole day, instead of {usual:.2f}" in (
        CHAPTER.said
    )


@pytest.mark.parametrize("seed", FRESH)
def test_on_other_saturdays_too_growing_ejections_lose_fewer_and_keep_north_out_for_longer(seed):
    growing, steady = (saturday.counting(5, kind, seed=seed) for kind in (True, False))
    assert growing.lost <= 32 and 50 <= steady.lost <= 85
    assert saturday.shut_too_long(growing) <= 420  # eight ejections and more: 30 s each time longer
    assert saturday.mean_wait(growing) > saturday.mean_wait(steady)


def test_a_steady_ejection_lasts_as_long_each_time():
    def ends(kind):
        out, at = kind(2, consecutive=1), []
        for now in (0.0, 100.0, 300.0):
            out.heard(0, False, now)
            at.append(out.until[0] - now)
        return at

    assert (ends(Outliers), ends(saturday.AlwaysAsLong)) == ([30, 60, 90], [30, 30, 30])


# Baskets, looks, boards, doors


def test_turns_share_out_customers_and_not_work(chapter):
    times = {c2: [fmean(many.mean_times(rule, seeds=many.seeds(c2), c2=c2)) for rule in many.THREE.values()]
             for c2 in (0, 1, 4)}  # fmt: skip
    assert "turns are best, 1.11 to the shorter line's 1.18" in CHAPTER.said
    assert [f"{time:.2f}" for time in times[0][1:]] == ["1.11", "1.18"]
    assert f"take {times[4][1]:.2f}, nearly a coin's {times[4][0]:.1f} (theory: {mg1(0.8, 4).time:g})" in CHAPTER.said
    assert f"and the shorter line {times[4][2]:.2f}" in CHAPTER.said
    assert times[4][1] / times[4][2] == pytest.approx(5, abs=0.6)
    assert "they cost five times the shorter line" in CHAPTER.said
    assert times[1][0] == pytest.approx(5, rel=0.1) and times[1][1] == pytest.approx(2.9223, rel=0.06)
    assert chapter["shown"]["explore-baskets"].bet.truth == pytest.approx(times[4][1])


def test_on_the_left_somebody_waits_while_another_store_is_empty(chapter):
    turn, shorter = chapter["both"]
    assert len(turn.arrived) == len(shorter.arrived) == 68 and "68 customers in half an hour" in CHAPTER.said
    assert f"the mean wait is {turn.all.mean_wait / 60:.1f} minutes" in CHAPTER.said
    assert f"and the mean is {shorter.all.mean_wait / 60:.1f} minutes" in CHAPTER.said

    def inside(days, at):
        rows = list(zip(days.arrived, days.waited, days.served, days.store, strict=True))
        return [sum(came < at < came + wait + work for came, wait, work, to in rows if to == n) for n in range(5)]

    waits_for_nothing = lambda days: any(
        max(seen) > 2 and not min(seen) for seen in (inside(days, at) for at in range(0, 2400, 2))
    )
    assert waits_for_nothing(turn) and not waits_for_nothing(shorter)
    assert inside(turn, 28 * 60 + 10)[0] == 13 and min(inside(turn, 28 * 60 + 10)) == 0  # "at 8:28 twelve people wait"
    assert round(turn.served[5] / 60) == 30 and round(turn.waited[10] / 60) == 27
    assert 11.5 < shorter.arrived[29] / 60 < 12 and inside(shorter, shorter.arrived[29]) == [2, 1, 2, 2, 2]
    assert shorter.store[29] == shorter.store[5] == 1 and round(shorter.waited[29] / 60) == 22


def test_two_looks_are_as_good_as_theory_says():
    assert "2.61, of three 2.03, of five 1.63" in CHAPTER.said
    assert [round(many.time_with_looks(d, 0.9), 2) for d in (1, 2, 3, 5)] == [10, 2.61, 2.03, 1.63]
    for d, rule in many.LOOKS.items():
        for load in (0.5, 0.9):
            measured = fmean(many.mean_times(rule, seeds=(50,), stores=100, load=load))
            assert measured == pytest.approx(many.time_with_looks(d, load), rel=0.06)


def test_an_old_board_is_worse_than_a_coin(chapter):
    worse, coin = chapter["from_then"].truth, saturday.mean_of(saturday.COIN)
    assert f"The coin is better from {worse:.1f} minutes on, one and a half times what a customer needs" in CHAPTER.said
    assert (
        f"wait {saturday.mean_of(saturday.SHORTER, 240, 20):.2f} minutes by the clever rule and {coin:.2f} by coin"
        in CHAPTER.said
    )
    others = [fmean(saturday.mean_wait(saturday.a_saturday(saturday.SHORTER, board=minutes(age), seed=seed))
                    for seed in FRESH) for age in (0, 1.5, 6, 20)]  # fmt: skip
    coins = fmean(saturday.mean_wait(saturday.a_saturday(saturday.COIN, seed=seed)) for seed in FRESH)
    assert others == sorted(others) and others[1] < coins < others[2]
    few, many_ = (saturday.by_age(rate).reading for rate in (180, 270))
    assert "From 2.2 minutes on" in few and "From 5.2 minutes on" in many_  # "The fewer customers, the sooner"


def test_the_lines_swing_with_the_board():
    days = lambda board: saturday.a_saturday(saturday.SHORTER, board=minutes(board))
    swings = lambda board: max(map(max, saturday.inside(days(board))[1]))
    assert swings(0) < swings(5) < swings(20)


def test_on_a_hundred_stores_two_looks_age_well(chapter):
    readings = {age: many.hundred(age).reading for age in (0, 5, 20)}
    assert "the shortest line 1.06" in readings[0] and "shortest of all is best, 1.06" in CHAPTER.said
    assert "the shortest line 10.7; the shorter of two 3.94" in readings[5]
    assert "worse than a coin, 10.7, while the shorter of two has lost little: 3.94" in CHAPTER.said
    assert "the shortest line 61.6; the shorter of two 6.89" in readings[20] and "take 61.6 and 6.89" in CHAPTER.said


def test_ten_doors_are_one_that_takes_turns(chapter):
    line = [f"{chapter['line'][doors]:.2f}" for doors in many.DOORS]
    one, *two, ten = line
    assert f"takes {one} service times; through two, four and ten, {', '.join(two)} and {ten}." in CHAPTER.said
    turn = fmean(many.mean_times(round_robin))
    assert f"one who takes turns, {turn:.2f}" in CHAPTER.said
    assert turn == pytest.approx(2.9223, rel=0.06) and float(line[-1]) == pytest.approx(turn, rel=0.06)
    assert dm1(0.8).time < turn  # with very many stores turns would be as good as arrivals like clockwork


def test_a_store_that_fails_fast_gets_twice_its_share(chapter):
    share = lambda rule, name: 100 * many.in_trouble(rule, name)[0]
    _, slow, fast, late = many.TROUBLES
    assert f"gets {share(least_connections, slow):.1f} customers of a hundred from the shortest line" in CHAPTER.said
    assert f"gets {share(least_connections, fast):.1f} from the shortest line, twice its share" in CHAPTER.said
    peak = many.PeakEwma(tau=100.0)
    assert f"and {share(peak, fast):.1f} from peak EWMA" in CHAPTER.said
    late_ones = f"it gets {share(least_connections, late):.1f} and {share(peak, late):.1f}"
    assert f"If each sorry takes 20 service times, {late_ones}" in CHAPTER.said
    assert f"and {share(many.at_random, slow):.1f} from a coin" in CHAPTER.said
    assert share(two_choices, fast) > 14 and share(peak, fast) > 18


def test_a_short_memory_forgets_the_slow_store_between_two_customers(chapter):
    assert "peak EWMA 198;" in many.memory(10, 10).reading and "peak EWMA 2.9;" in many.memory(100, 10).reading
    assert "the mean is 198; with 100 it is 2.9" in CHAPTER.said
    assert round(10 * 10 / 6) == 17  # six customers come in a service time, to ten doors, and go to ten stores
    assert many.memory(10, 1).reading.startswith("Service times, door to door: peak EWMA 2.2;")


# Monday, and the race


def test_the_monday_ends_with_a_short_line_only(chapter):
    served = lambda room, load=0.7, retries=3: [
        monday.a_monday(load, retries, room).served_per_second(*span) for span in ((50, 200), (400, 440), (600, 1000))
    ]
    before, after, late = served(monday.NO_LIMIT)
    assert f"Before the buses {before:.1f} customers a second are served in time" in CHAPTER.said and after == late == 0
    assert f"{monday.a_monday(0.7, 3, monday.NO_LIMIT).wasted:.0%}".replace("%", " %") + " of the work" in CHAPTER.said
    assert served(150)[1:] == [0, 0]
    assert f"{served(50)[1]:.1f} at once" in CHAPTER.said
    assert served(monday.NO_LIMIT, 0.3)[2] > 2.5 and 3 * 0.3 < 1  # the buses bring less than the clerk can do


def test_the_race_is_won_as_the_answers_say(chapter):
    alone = many.race(chapter["RULES"], 10, 1, 0, 1, "one store is dark").reading
    assert re.search(r"shortest line [^;]*lost 256\)", alone) and re.search(r"yours [^;]*lost 1128\)", alone)
    assert "loses 1,128; *shortest line*, where chance decides ties, 256" in CHAPTER.said
    board = many.race(chapter["RULES"], 10, 1, 5, 1, "none").reading
    means = {name: float(mean) for name, mean in re.findall(r"([a-z ]+) ([\d.]+) \(", board)}
    yours, line, turn = (means[name] for name in (" yours", " shortest line", " in turn"))
    assert f"the mean is {yours:.2f} instead of {line:.2f}" in CHAPTER.said
    assert f"{turn:.2f} through one door" in CHAPTER.said and turn == min(means.values())


def test_a_rule_of_the_readers_own_runs_in_the_race(chapter):
    seen = []

    def last(snapshot, chance):
        seen.append(snapshot)
        return len(snapshot.inside) - 1

    reading = many.race({"yours": last}, 4, 1, 5, 1, "none").reading
    assert reading.startswith("Service times: yours") and isinstance(seen[-1], Snapshot) and 0 <= seen[-1].age <= 5
    assert chapter["choose"](Snapshot((2, 1, 1), (True,) * 3), None) == 1


# Slack


def test_the_replay_gives_what_was_published_within_a_fifth():
    day = slack.morning(*slack.RULES["as it was: idle processors"])
    assert day.sent[day.at(6, 57)] == pytest.approx(0.99, abs=0.001)
    assert slack.clock(day.down[0]) == "7:00" and day.removed[day.at(7, 0)] > 200
    assert day.asked[day.at(7, 15)] == pytest.approx(1200, rel=0.2)
    assert len(day.down) * slack.STEP == pytest.approx(90, rel=0.2)
    assert "1,232 by 7:15" in CHAPTER.said and day.asked[day.at(7, 15)] == 1232 and "75 minutes" in CHAPTER.said


def test_quicker_starts_do_not_help_and_another_signal_does():
    down = {name: len(slack.morning(*rule).down) for name, rule in slack.RULES.items()}
    assert list(down.values()) == [450, 450, 0, 0]


def test_all_bets_take_their_truth_from_a_run(chapter):
    placed = [each.bet for each in chapter["shown"].values() if getattr(each, "bet", None)]
    assert len(placed) == 5
    assert bets.ten_doors({1: 1.0, 10: 2.0}).truth == 2.0 != chapter["shown"]["explore-doors"].bet.truth


def test_erlang_prints_what_the_text_shows():
    (shown,) = CHAPTER.fences("text")
    assert CHAPTER.erlang_prints() == shown
