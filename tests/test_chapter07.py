"""Chapter 7 says what its runs give, and its pictures agree with theory where there is one."""

from collections import Counter
from statistics import fmean

import pytest
from chapter_runs import numbered

from letitcrash.balancing import least_connections
from letitcrash.caching import (
    Gap,
    Home,
    drop_changed,
    flush_when_connected,
    hit_share,
    run_butchers,
    run_orders,
    run_shelves,
    start_times,
)
from letitcrash.caching.events import Flushed, PriceChanged
from letitcrash.gen_server import Call
from letitcrash.process import events as ev
from letitcrash.queueing import mm1
from letitcrash.show.chapter07 import butchers, calls, cheese, facebook, morning, nine, prices
from letitcrash.show.player.output import Player

CHAPTER = numbered(7)

# No seed below is one that the chapter shows: what it says must hold for others too.
FRESH = range(3000, 3006)


def said(words: str) -> None:
    """Fail when the chapter does not have these words."""
    assert words in CHAPTER.said


def test_there_are_fifteen_pictures_to_turn_a_scene_to_drag_and_runs_to_watch(chapter):
    assert sum(name.startswith("explore-") for name in chapter["shown"]) == 15
    shelves, space = (each.spec() for each in chapter["shown"].values() if isinstance(each, Player))
    assert (shelves["views"], shelves["names"]) == (["shelves"], list(prices.AFTER))
    assert (space["views"], space["names"]) == (["space"], ["everybody asks", "one asks for all"])


# Butchers


def test_twice_the_butchers_take_four_times_as_long():
    times = {stores: butchers.mean(least_connections, stores) for stores in (1, 2, 10)}
    said(f"in and out in {times[1]:.2f} minutes")
    said("With ten stores they are inside for half an hour")
    assert times[10] == pytest.approx(30, abs=1) and times[2] / times[1] == pytest.approx(4, abs=0.25)
    said(f"{times[2]:.2f} minutes, where it was {times[1]:.2f}")
    assert times[1] == pytest.approx(mm1(0.2).time, rel=0.03)  # twelve an hour, a minute each


def test_a_third_are_strangers_and_the_load_is_what_the_text_says():
    work = {stores: 1 + 5 * (1 - butchers.known(least_connections, stores)) for stores in (1, 2, 10)}
    said(
        f"now takes the butcher {work[2]:.2f} minutes, and his {{term}}`load` goes from 0.2 to {12 * work[2] / 60:.2f}"
    )
    assert 12 * work[1] / 60 == pytest.approx(0.2, abs=0.001)
    said(f"twelve customers an hour bring {12 * work[10]:.0f} minutes of work")
    assert butchers.known(least_connections, 10) == pytest.approx(80 / 600, abs=0.005)
    said("he knows 13 of a hundred")


@pytest.mark.parametrize("seed", FRESH)
def test_on_other_days_too_home_is_quick_and_the_shorter_line_is_not(seed):
    line, home = (run_butchers(2, rule=rule, seed=seed) for rule in (least_connections, Home()))
    assert home.all.mean_time < 130 < line.all.mean_time
    assert line.known_share == pytest.approx(2 / 3, abs=0.1) and home.known_share > 0.98


def test_home_costs_what_the_text_says(chapter):
    two, four, ten = (butchers.mean(Home(), stores) for stores in (2, 4, 10))
    assert f"{two:.2f}" == f"{four:.2f}"
    said(f"{two:.2f} minutes with two stores and with four")
    said(f"With ten stores it is {ten:.2f}")
    assert f"{chapter['day'].all.mean_time / 60:.2f}" == "1.26"


def test_one_butcher_of_ten_is_home_to_more_people_than_he_remembers():
    homes, minutes = {}, [[] for _ in range(10)]
    for seed in range(20):
        day = run_butchers(10, rule=Home(), seed=seed)
        homes |= dict(zip(day.customer, day.store, strict=True))
        for store, time in zip(day.store, butchers.times(day), strict=True):
            minutes[store].append(time)
    people = Counter(homes.values())
    (full, most), (_, next_most) = people.most_common(2)
    assert next_most < 80 < most
    means = [fmean(each) for each in minutes]
    said(f"home to {most} people and remembers 80; his customers are inside for {means[full]:.2f} minutes")
    assert max(mean for store, mean in enumerate(means) if store != full) < 1.4


def test_going_elsewhere_and_popularity_cost_what_the_text_says():
    spill = Home(factor=1.25)
    said(f"makes it {butchers.mean(spill, 10):.2f} minutes instead of {butchers.mean(Home(), 10):.2f}")
    said(f"only {100 * butchers.known(spill, 10):.0f} of a hundred are known")
    line, home = (butchers.mean(rule, 2, popularity=1) for rule in (least_connections, Home()))
    said(f"At 1 the shorter line takes {line:.2f} minutes and home {home:.2f}")


# Cheese


def test_remainders_move_nearly_all_and_a_ring_moves_only_to_the_new_store():
    assert cheese.moved(10, False) == pytest.approx(10 / 11, abs=0.01)
    said(f"By remainder, {100 * cheese.moved(10, False):.0f} of a hundred get another butcher. The new store")
    for stores in range(1, 12):
        assert cheese.moved(stores, True) == pytest.approx(1 / (stores + 1), rel=0.25)
    for stores in range(2, 7):
        for points in (1, 10, 100):
            assert "and 0 move between the others" in cheese.round_of(stores, points).reading
    said(
        f"the busiest of six has {cheese.busiest(6, 10):.2f} times its share, "
        f"with a hundred {cheese.busiest(6, 100):.2f}"
    )


def test_in_the_scene_one_flag_moves_people_of_one_neighbour_only():
    scene = cheese.to_touch()
    assert [fate.look for fate in scene.run(*scene.start()).fates].count("new") == 2
    assert [fate.look for fate in cheese.outcome((2, 6, 4), (), cheese.DEALT).fates].count("new") == 4
    said("dealt round like cards instead, four of the eight get another butcher")
    for places, _, option in scene.arrangements():
        if option == cheese.BY_RING:
            pairs = zip(cheese.owners_of(places[:2], option), cheese.owners_of(places, option), strict=True)
            moved = {pair for pair in pairs if pair[0] != pair[1]}
            assert len(moved) <= 1 and all(new == "West" for _, new in moved)


# Nine o'clock


def test_nine_o_clock_is_served_as_the_text_says(chapter):
    said(f"{nine.last_served(0):.0f} minutes with none prepared, {nine.last_served(20):.0f} with all twenty")
    assert chapter["shown"]["start-times"] == {"Ann": 42, "Ben": 48, "Cem": 54}
    said("At 8:42, 8:48 and 8:54")
    assert start_times({"Ann": 60, "Ben": 60, "Cem": 60}, 6) == chapter["shown"]["start-times"]
    (nobody, none), (home, some), (both, all_) = (nine.price(told, 0.2) for told in nine.TOLD)
    said(f"If home was told, {home:.0f} minutes, and the butchers have worked {some:.0f} minutes for people")
    said(f"If both were told, {both:.0f} minutes, and {all_:.0f} minutes of work for nothing")
    assert nobody == pytest.approx(60, abs=1) and none == 0


@pytest.mark.parametrize("seed", FRESH)
def test_on_other_mornings_too_the_last_waits_for_the_work_of_all(seed):
    for prepared, minutes in ((0, 120), (20, 20)):
        assert minutes - 10 <= run_orders(20, prepared, seed=seed).longest / 60 <= minutes


# Prices


def test_old_answers_follow_the_formula(chapter):
    for minutes in prices.MEASURED:
        hits, old = prices.measured(minutes, 30)
        assert hits.mean == pytest.approx(100 * hit_share(1 / 30, 60 * minutes), abs=0.3)
        assert old.mean == pytest.approx(prices.stale_formula(minutes), rel=0.1)
    said(f"{100 * hit_share(1 / 30, 900):.1f} % at 15 minutes")
    said(f"Of a hundred answers {prices.stale_formula(15):.1f} are old")
    drawn = chapter["shown"]["explore-ttl"].bet
    assert drawn.truth[prices.MINUTES.index(15)] == prices.stale_formula(15)


def test_a_gap_and_a_flush_cost_what_the_text_says(chapter):
    usual, quick = prices.an_hour(), prices.an_hour(ttl=60.0)
    said(f"{usual.worst_age:.0f} seconds at 900. With 60 it is {quick.worst_age:.0f} seconds")
    said(f"the office gets {quick.per_minute:.0f} questions a minute instead of {usual.per_minute:.0f}")
    assert "for 2377 s" in prices.old_answers(prices.FOR_EVER).reading
    said("With *for ever* it is 2,377 seconds")
    flush = prices.an_hour(flush_when_connected, shelves=3)
    said(f"{flush.longest_line} questions are at the office at once, where {usual.longest_line} were the most before")
    said(f"{flush.waits_over(1):,} customers wait for more than a second")
    said(f"With four stores it is {prices.an_hour(flush_when_connected, shelves=4).longest_line} questions")
    said(f"has still been wrong for {flush.worst_age:.0f} seconds")
    assert chapter["shown"]["explore-flush"].bet.truth == flush.longest_line


def test_in_other_hours_too_a_flush_fills_the_office_and_misses_the_silent_gap():
    usual = [prices.an_hour(drop_changed, seed=seed) for seed in FRESH[:3]]
    flush = [prices.an_hour(flush_when_connected, seed=seed) for seed in FRESH[:3]]
    assert all(hour.worst_age > 400 and hour.longest_line < 20 for hour in usual)
    assert all(hour.longest_line > 100 for hour in flush)
    assert min(hour.worst_age for hour in flush) > 100


def test_the_small_town_goes_wrong_as_the_answers_say():
    left, right = map(prices.small_town, prices.AFTER)
    changes = [(round(event.at), event.key) for event in left.of(PriceChanged)][:3]
    assert changes == [(25, "price 2"), (38, "price 5"), (40, "price 1")]
    assert [event.at for event in right.of(Flushed)] == [50, 50]
    said("price 2, at second 25: both stores take it down. Prices 5 and 1 change at 38 and 40")

    how = {"shelves": 2, "prices": 6, "rate": 0.6, "change": 0.04, "ttl": 60.0, "clerks": 1, "takes": 2.0, "beat": 0}
    run = lambda after: run_shelves(after, gaps=[Gap(30, 50)], planted=0, until=100, seed=3, **how)
    nothing, flush = map(run, prices.AFTER.values())
    assert (len(nothing.wrong), round(nothing.worst_age), nothing.longest_line) == (18, 54, 2)
    assert (len(flush.wrong), max(at for at, _ in flush.wrong) < 50, flush.longest_line) == (7, True, 4)
    said("seven answers have been wrong; left alone, it is eighteen, the last one 54 seconds late")


def test_a_guard_fetches_once_for_each_expiry():
    careless, wait, stale = (prices.ten_minutes(200, guard) for guard in prices.GUARDS.values())
    said(f"At 200 questions a second there are {careless[0]:.0f}, with {careless[1]:.0f} at the office at once")
    assert wait[0] == stale[0] == 10 and wait[1] == 1 and stale[2] < 0.01


def test_five_ask_the_office_or_one():
    is_asked = lambda event: event.pid.label == "office" and isinstance(event.message, Call)
    asked = lambda trace: [event for event in trace.of(ev.Received) if is_asked(event)]
    careless, guarded = morning.everybody_asks(), morning.one_asks()
    assert (len(asked(careless)), len(asked(guarded))) == (5, 1)
    left = lambda trace: max(event.at for event in trace.of(ev.Exited) if event.pid.label == "Eva") - 1
    assert (left(careless), left(guarded)) == (10, 2)


# Calls


def test_calls_connect_as_the_text_says():
    reading = calls.connecting(900).reading
    assert "Cold, a call connects after 0.300 s, warm after 0.003, wrong after 4.103" in reading
    said("Cold, the phone rings after 0.3 seconds; warm, after 0.003")
    said("it takes 4.1 seconds until somebody looks again")
    refused = {kept: calls.refused(calls.half_an_hour(kept)) for kept in (0, 60, 900)}
    assert refused == {0: 0, 60: 1, 900: 19}
    said("so 19 calls are refused after the number was there. If *no* is kept for a minute, it is one call")
    asked = {kept: sum(call.asked for call in calls.half_an_hour(kept)) for kept in (60, 900)}
    said(f"and the office is asked {asked[60]} times instead of {asked[900]}")


# The sandbox, and the outage


def test_the_sandbox_answers_as_the_text_says(chapter):
    read = lambda *town: butchers.race(chapter["RULES"], *town).reading
    assert "home 1.25" in read(2, 400, 2) and "the shorter line 1.10" in read(2, 400, 2)
    said("1.10 minutes to 1.25 where strangers take two minutes, and barely, 1.24 to 1.26, where they take six")
    assert "home 1.26" in read(2, 400, 6) and "the shorter line 1.24" in read(2, 400, 6)
    assert "home 18.16" in read(10, 40, 6) and "yours 10.95" in read(10, 40, 6)
    said("10.95 to 18.16")
    line = [f"the shorter line {minutes} (" for minutes in ("32.42", "1.88", "4.01")]
    assert line[0] in read(10, 80, 6) and line[1] in read(10, 80, 2) and line[2] in read(10, 400, 6)
    said("1.88 minutes instead of 32.4, where five times the memory gives 4.01")


def test_the_outage_goes_on_when_its_cause_is_gone():
    as_it_was, twice, off, slowly, keeps, one = (facebook.outage(name) for name in facebook.DESIGNS)
    said(f"{100 * as_it_was.after(facebook.ENDS):.0f} % of the reads get a value, 13 minutes later")
    said(f"With twice the database it is still {100 * twice.after(facebook.ENDS):.0f} % at the end")
    assert off.after(facebook.ENDS) < 0.1
    assert [outage.after(facebook.ENDS) for outage in (slowly, keeps, one)] == [1, 1, 1]
    assert max(as_it_was.queries) == facebook.CLIENTS == 20 * facebook.DATABASE


def test_people_who_come_back_at_once_bring_it_down_again_with_most_seeds():
    at_once = facebook.DESIGNS["the site off for a minute"]
    fallen = sum(facebook.run(at_once, seed).after(facebook.ENDS) < 0.5 for seed in range(20))
    said(f"all come back at once, it falls over again with {fallen} seeds of 20")


def test_all_bets_take_their_truth_from_a_run(chapter):
    placed = [each.bet for each in chapter["shown"].values() if getattr(each, "bet", None)]
    assert len(placed) == 5


def test_erlang_prints_what_the_text_shows():
    (shown,) = CHAPTER.fences("text")
    assert CHAPTER.erlang_prints() == shown
