"""Butchers, nine o'clock, shelves and their office as heap loops: against formulas, case by case, and ticket 0915."""

from functools import partial
from itertools import pairwise
from math import exp, inf

import pytest
from suite import LONG, SEEDS

from letitcrash import hours
from letitcrash.balancing import at_random, least_connections, round_robin
from letitcrash.caching import (
    Beat,
    Changed,
    Connected,
    Gap,
    Home,
    flush_when_connected,
    hit_share,
    missed,
    on_news,
    run_butchers,
    run_calls,
    run_orders,
    run_shelves,
    stale_share,
)
from letitcrash.caching.events import PriceChanged
from letitcrash.queueing import Exponential, mm1


def mean(values):
    values = list(values)
    return sum(values) / len(values)


# --- butchers ---------------------------------------------------------------------------------------------------------


def long_run(stores, rule, **more):
    return run_butchers(stores, rule=rule, until=hours(400), **more)


@pytest.mark.parametrize("stores", [1, 2])
def test_a_butcher_who_knows_everybody_is_erlangs(stores):
    """At home a butcher has about sixty regulars and remembers eighty: a minute each, at a load of a fifth."""
    days = long_run(stores, Home(), seed=1)
    assert days.known_share > 0.999
    if stores == 1:
        assert days.all.mean_time == pytest.approx(mm1(0.2).time * 60, rel=0.05)
        assert long_run(1, least_connections, seed=1).waited == days.waited


@pytest.mark.parametrize("rule", [at_random, round_robin, least_connections])
def test_a_rule_that_does_not_look_at_the_customer_makes_strangers_of_most(rule):
    """He remembers 80 of n times 60, each as likely to come as any other."""
    for stores in (2, 4):
        days = run_butchers(stores, rule=rule, until=hours(100))
        assert days.known_share == pytest.approx(80 / (60 * stores), abs=0.04)


@pytest.mark.parametrize("seed", SEEDS)
def test_twice_the_butchers_and_four_times_the_wait(seed):
    day = partial(run_butchers, until=hours(40), seed=seed)
    one, two, home = (
        day(n, rule=rule).all.mean_time for n, rule in ((1, at_random), (2, least_connections), (2, Home()))
    )
    assert two > 3 * one and home < 1.2 * one


def test_a_full_home_sends_some_to_the_next_store_and_the_more_the_stricter_it_is():
    known = [run_butchers(10, rule=Home(factor), until=hours(40)).known_share for factor in (1.25, 2.0, 4.0, None)]
    assert (
        known == sorted(known) and known[0] == pytest.approx(0.6, abs=0.05) and known[1] == pytest.approx(0.8, abs=0.05)
    )


def test_the_trouble_needs_many_different_regulars():
    times = [
        mean(run_butchers(2, rule=least_connections, popularity=zipf, seed=seed).all.mean_time for seed in range(8))
        for zipf in (0.0, 0.5, 1.0)
    ]
    assert times == sorted(times, reverse=True) and times[0] > 2 * times[2]


def test_the_days_of_the_stores_are_the_day_of_all():
    days = run_butchers(3, rule=least_connections, seed=5)
    assert sum(map(len, days)) == len(days.all) == len(days.customer)
    for day in days:
        spans = [
            (at + wait, at + wait + work) for at, wait, work in zip(day.arrived, day.waited, day.served, strict=True)
        ]
        assert all(before[1] <= after[0] + 1e-6 for before, after in pairwise(spans))
    seen = [set(), set(), set()]  # within a short memory, one is known who has been there
    short = run_butchers(3, rule=at_random, memory=10**6, warm_up=0, seed=5)
    for customer, store, known in zip(short.customer, short.store, short.known, strict=True):
        assert known == (customer in seen[store])
        seen[store].add(customer)


def test_another_rule_has_the_same_customers():
    days = [run_butchers(2, rule=rule, seed=3) for rule in (at_random, Home(), Home(1.25))]
    assert days[0].arrived == days[1].arrived == days[2].arrived and days[0].customer == days[1].customer
    assert days[0].store != days[1].store and repr(days[0]).startswith("ButcherDays(2 butchers, ")


# --- nine o'clock -----------------------------------------------------------------------------------------------------


def test_orders_that_nobody_prepared_keep_the_last_customer_for_two_hours():
    """Twenty times six minutes, less the ten in which they come; a prepared one saves five."""
    longest = [mean(run_orders(prepared=number, seed=seed).longest for seed in range(20)) / 60 for number in (0, 5, 20)]
    assert longest == pytest.approx([111, 86, 11.4], rel=0.03)


def test_to_tell_both_stores_is_quick_and_costs_six_minutes_an_order():
    rows = {
        informed: [run_orders(stores=2, away=0.2, informed=informed, seed=seed) for seed in range(20)]
        for informed in ("nobody", "home", "both")
    }
    longest = {informed: mean(each.longest for each in found) / 60 for informed, found in rows.items()}
    assert longest["nobody"] > 3 * longest["home"] > 9 * longest["both"]
    assert {each.wasted for each in rows["nobody"]} == {0.0} and {each.wasted for each in rows["both"]} == {7200.0}
    for each in rows["home"]:
        away = sum(store != home for store, home in zip(each.store, each.home, strict=True))
        assert each.wasted == 360.0 * away == 360.0 * each.prepared.count(False)


# --- a time to live and nothing else ----------------------------------------------------------------------------------


@pytest.mark.parametrize("every, ttl", [(30, 900), (30, 60), (300, 900)])
def test_hits_and_wrong_answers_are_as_many_as_the_formulas_say(every, ttl):
    """400 prices, each of which changes once an hour; a fetch takes no time."""
    run = run_shelves(
        None, shelves=1, rate=400 / every, change=400 / 3600, popularity=0, ttl=ttl, takes=0, gaps=(), until=hours(2)
    )
    assert run.share("hit") == pytest.approx(hit_share(1 / every, ttl), abs=0.008)
    assert run.wrong_share == pytest.approx(stale_share(1 / every, ttl, 1 / 3600), rel=0.2)
    assert ttl * 0.8 < run.worst_age < ttl


def test_with_news_and_no_gap_nobody_ever_gets_a_wrong_price():
    assert run_shelves(gaps=(), until=600.0).worst_age == 0.0
    assert run_shelves(None, gaps=(), until=600.0).worst_age > 60.0


# --- stampedes --------------------------------------------------------------------------------------------------------

STAMPEDE = {
    "shelves": 1, "prices": 1, "change": 0, "ttl": 60, "takes": Exponential(0.5), "until": 600, "gaps": (),
    "cold": True,
}  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_a_guard_fetches_once_at_each_expiry_and_none_fetches_for_everybody(seed):
    none, wait, stale = (
        run_shelves(None, rate=200.0, guard=guard, seed=seed, **STAMPEDE) for guard in ("none", "wait", "stale")
    )
    for guarded in (wait, stale):
        ended = [at for at, number in guarded.inside[1:] if number == 0]
        assert all(began == pytest.approx(end + 60.0, abs=0.1) for end, began in pairwise_of(ended, guarded.fetches))
        assert len(guarded.fetches) == len(ended) == 10 and guarded.longest_line == 1
    assert len(none.fetches) > 100 and none.longest_line > 20
    assert stale.share("stale") > 0 and [at for at, *_, wait, _ in stale.rows() if wait > 0][-1] < stale.fetches[1]
    assert wait.share("stale") == 0 and wait.share("miss") > wait.share("failed") == 0


def pairwise_of(ended, began):
    """Each end of a fetch with the beginning of the next."""
    return zip(ended, began[1:], strict=False)


def test_too_old_is_too_old_also_for_a_guard_that_gives_out_the_old_one():
    """The first question after the end comes within the ten seconds of grace with chance 1 - 1/e."""
    run = run_shelves(None, rate=0.1, guard="stale", grace=10.0, **{**STAMPEDE, "until": 20_000})
    stale, miss = run.share("stale"), run.share("miss")
    assert stale / (stale + miss) == pytest.approx(1 - exp(-1), abs=0.07)


def test_an_office_that_does_not_answer_in_time_fails_all_who_wait_and_the_next_may_try_again():
    """Four customers a second; each fetch takes two seconds and is given up after one and a half."""
    run = run_shelves(
        None, shelves=1, prices=1, rate=4.0, change=0, takes=2.0, patience=1.5, cold=True, gaps=(), until=60
    )
    failed = [(at, wait) for at, _, _, outcome, wait, _ in run.rows() if outcome == "failed"]
    assert run.outcome == ["failed"] * len(run) and max(wait for _, wait in failed) == 1.5
    assert all(after - before > 1.5 for before, after in pairwise(run.fetches)) and len(run.fetches) > 20


# --- no such customer -------------------------------------------------------------------------------------------------


def test_a_remembered_no_keeps_a_new_customer_waiting_and_spares_the_office():
    runs = {negative: [run_calls(negative, seed=seed) for seed in range(20)] for negative in (0.0, 60.0, 900.0)}
    for cold, short, wrong in zip(*runs.values(), strict=True):
        assert cold.began == short.began == wrong.began and min(wrong.began) >= 1800.0
        assert max(cold.took) == 0.2 and cold.how.count("wrong") == 0 and cold.how.count("cold") in (2, 3)
        assert max(short.took) <= 60.0 + 10.2 and max(wrong.took) <= 900.0 + 10.2
        assert all(seconds == 0.0 for seconds, how in zip(wrong.took, wrong.how, strict=True) if how == "warm")
    wrongs = [mean(run.how.count("wrong") for run in rows) for rows in runs.values()]
    questions = [mean(run.per_minute for run in rows) for rows in runs.values()]
    assert wrongs == sorted(wrongs) and questions == sorted(questions, reverse=True)


def test_the_wait_after_a_remembered_no_is_what_is_left_of_it():
    """A customer calls at any moment of an entry's life, so half of the 900 s are left in the mean, and all at most."""
    longest = [max(run_calls(every=10.0, seed=seed).took) for seed in range(30)]
    assert mean(longest) == pytest.approx(450.0, rel=0.25) and max(longest) > 750.0


# --- ticket 0915 ------------------------------------------------------------------------------------------------------


async def flush_by_numbers(shelf, news):
    """Throw all away after each gap, also one that only the numbers show."""
    match news:
        case Changed(number, doc):
            if missed(shelf.last, number):
                shelf.flush()
            shelf.drop(doc)
            shelf.last = number
        case Beat(number):
            if missed(shelf.last, number + 1):
                shelf.flush()
            shelf.last = number
        case Connected():
            shelf.flush()


async def ask_at_every_fourth_beat(shelf, news):
    """Look at no number: drop what the news names, and ask what else there was every twenty seconds."""
    match news:
        case Changed(_, doc):
            shelf.drop(doc)
        case Beat():
            shelf.beats = getattr(shelf, "beats", 0) + 1
            if shelf.beats % 4 == 0:
                for number, doc in await shelf.since(shelf.last):
                    shelf.last = number
                    shelf.drop(doc)


def broken(run):
    """The parts of the target and of the budget that a run does not keep."""
    parts = {
        "age": run.worst_age > 75.0,
        "questions": run.per_minute > 115.0,
        "line": run.longest_line > 10,
        "waits": run.waits_over(1.0) > 60,
    }
    return {name for name, is_broken in parts.items() if is_broken}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("answer", [on_news, ask_at_every_fourth_beat])
def test_an_answer_to_the_ticket_keeps_its_target_and_its_budget(answer, seed):
    assert broken(run_shelves(answer, seed=seed)) == set()


@pytest.mark.parametrize("seed", SEEDS if LONG else [0])
@pytest.mark.parametrize(
    "knobs, parts",
    [
        ({}, {"age"}),
        ({"ttl": 60}, {"questions", "line", "waits"}),
        ({"ttl": 5}, {"questions", "line", "waits"}),
        ({"ttl": inf}, {"age"}),
        ({"on_news": flush_when_connected, "guard": "none"}, {"age", "questions", "line", "waits"}),
        ({"on_news": flush_when_connected}, {"age", "line", "waits"}),
        ({"on_news": flush_by_numbers}, {"line", "waits"}),
        ({"paced": 5.0}, {"age", "line"}),
    ],
)
def test_each_other_row_of_the_ticket_breaks_what_it_is_said_to_break(knobs, parts, seed):
    found = broken(run_shelves(**knobs, seed=seed))
    assert parts <= found and found <= parts | {"questions"}, "with numbers, flushing asks about 115 times a minute"


def test_as_it_is_every_seed_has_a_price_that_is_wrong_for_minutes():
    assert all(run_shelves(seed=seed).worst_age > 300.0 for seed in range(20 if LONG else 6))


def test_the_planted_price_changes_in_the_middle_of_each_gap_and_at_no_other_time():
    run = run_shelves(planted=0, change=2.0, gaps=[Gap(40.0, 60.0), Gap(80.0, 81.0)], until=100.0, trace=True)
    changes = [(event.key, event.at) for event in run.trace if isinstance(event, PriceChanged)]
    assert [at for key, at in changes if key == "price 1"] == [50.0, 80.5] and len(changes) > 100


def test_only_numbers_show_the_gap_that_nobody_was_told_of():
    """A price changes in a silent gap; the next beat, five seconds later at most, has a number too many."""
    silent = {"change": 0, "rate": 5.0, "gaps": [Gap(100.0, 103.0, silent=True)], "until": 600.0}
    assert run_shelves(flush_when_connected, **silent).worst_age > 300.0
    heard = run_shelves(on_news, **silent)
    assert heard.worst_age <= 3.5 and heard.catch_ups == [105.0] * 3
    assert run_shelves(on_news, **silent, beat=0).worst_age > 300.0


def test_on_news_may_be_a_plain_function_and_may_await_nothing_else():
    plain = []
    run_shelves(lambda shelf, news: plain.append(news), until=30.0)
    assert Beat(0) not in plain[3:] and isinstance(plain[0], Changed | Beat)

    class Sleep:
        def __await__(self):
            yield

    async def sleeps(shelf, news):
        await Sleep()

    with pytest.raises(TypeError, match=r"it can await shelf\.since"):
        run_shelves(sleeps, until=30.0)


# --- same seed, same answers; a value that cannot be ------------------------------------------------------------------


def test_the_same_seed_gives_the_same_answers_and_another_rule_the_same_questions():
    one, same, other = (list(run_shelves(rule, seed=4, until=600.0).rows()) for rule in (on_news, on_news, None))
    assert one == same and one != other and [row[:3] for row in one] == [row[:3] for row in other]


@pytest.mark.parametrize(
    "wrong, words",
    [
        (lambda: run_butchers(0, rule=Home()), "stores is 0"),
        (lambda: run_butchers(2, rule=lambda seen, chance: 2), "sends a customer to store 2: there are 0 to 1"),
        (lambda: run_butchers(2, rule=5), "rule is 5"),
        (lambda: Home(factor=0.5), r"factor is 0\.5"),
        (lambda: run_orders(away=0.2), r"away is 0\.2"),
        (lambda: run_orders(informed="all"), 'informed is \'all\': it must be "nobody", "home" or "both"'),
        (lambda: run_calls(-1), "negative is -1"),
        (lambda: run_calls(again=0), "again is 0"),
        (lambda: run_calls(until=60.0).mean_time(), "no call was warm or cold or wrong"),
        (lambda: run_shelves(ttl=-1), "ttl is -1"),
        (lambda: run_shelves(5), "on_news is 5"),
        (lambda: run_shelves(guard="never"), "guard is 'never'"),
        (lambda: run_shelves(takes="long"), "takes is 'long'"),
        (lambda: run_shelves(clerks=0), "clerks is 0"),
        (lambda: run_shelves(gaps=[(1, 2)]), r"\(1, 2\) is no gap: give Gap\(since, until\)"),
        (lambda: run_shelves(gaps=[Gap(1, 5), Gap(4, 6)]), "begins before"),
        (lambda: Gap(5, 5), "must end after it begins"),
        (lambda: run_shelves(lambda shelf, news: shelf.drop("caviar"), until=30), "there is no document 'caviar'"),
        (lambda: run_shelves(until=30.0).share("fresh"), "outcome is 'fresh'"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(wrong, words):
    with pytest.raises((ValueError, TypeError), match=words):
        wrong()


def test_the_worst_age_of_a_price_without_news_is_the_rest_of_its_life():
    """A change at the middle of the only gap, and a shelf asked all the time: it is wrong until its entry expires."""
    run = run_shelves(
        shelves=1, prices=1, planted=0, change=0, rate=50.0, gaps=[Gap(10.0, 20.0)], ttl=100.0, takes=0, until=300.0
    )
    first_right = next(at for at, *_, age in run.rows() if at > 15.0 and not age)
    assert run.worst_age == pytest.approx(first_right - 15.0, abs=0.2) and run.fetches[0] == first_right
