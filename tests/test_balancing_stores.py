"""Several stores in one heap loop: against run_store, against formulas, and case by case."""

from functools import partial
from itertools import pairwise
from math import fsum
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from suite import LONG, SEEDS

from letitcrash import hours, minutes
from letitcrash.balancing import (
    Dark,
    InLine,
    Outliers,
    PeakEwma,
    RetryBudget,
    Slow,
    admit,
    at_random,
    least_connections,
    round_robin,
    run_stores,
    two_choices,
)
from letitcrash.queueing import Exponential, Poisson, Rush, mmc, run_store, service_of

JOBS = 100_000 if LONG else 30_000
CUT = Dark(0, hours(2) + minutes(40), hours(3) + minutes(25))


def first(seen, chance):
    """A rule for small cases: store 0 if it is open, else the next."""
    return next((store for store, is_open in enumerate(seen.open) if is_open), None)


def fewest(seen, chance):
    """A rule without chance, for small cases."""
    return seen.inside.index(min(seen.inside))


def saturday(rule, seed, stores=2, tills=5, **more):
    return run_stores(Poisson(240), Exponential(120), stores, tills, rule=rule, until=hours(8), seed=seed, **more)


def mean_time(rule, stores=10, load=0.8, cv2=1.0, tills=1, jobs=JOBS, seeds=range(4), **more):
    """The mean time from door to door in service times, without the warm-up, over some seeds."""
    service, means = service_of(1.0, cv2), []
    arrivals = Poisson.for_load(load, service, stores * tills)
    for seed in seeds:
        days = run_stores(arrivals, service, stores, tills, rule=rule, customers=jobs, seed=seed, **more)
        times = days.all.times[jobs // 10 :]
        means.append(fsum(times) / len(times))
    return fsum(means) / len(means)


# --- one store is chapter 1's -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tills, room", [(1, None), (3, None), (3, 4), (2, 0)])
def test_one_store_is_run_store_customer_by_customer(tills, room):
    for seed in range(3):
        same = {"until": hours(4), "seed": seed, "room": room}
        alone = run_store(Poisson(30 * tills), Exponential(110), tills, **same)
        days = run_stores(Poisson(30 * tills), Exponential(110), 1, tills, rule=at_random, **same)
        for day in (days[0], days.all):
            assert (day.arrived, day.waited, day.till, day.fate) == (
                alone.arrived,
                alone.waited,
                alone.till,
                alone.fate,
            )
            assert (day.ended, day.staffed) == (alone.ended, alone.staffed)


# --- against formulas -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rule, cv2, expected, within",
    [
        (at_random, 1, 5.0, 0.06),  # M/M/1 at .8
        (round_robin, 1, 2.9223, 0.03),  # E10/M/1
        (two_choices, 1, 2.16, 0.03),  # n = 10, with replacement; 1.947 for n without end
        (least_connections, 1, 1.35, 0.03),
        pytest.param(at_random, 4, 11.0, 0.06, marks=pytest.mark.long),  # Pollaczek and Khinchine
        pytest.param(round_robin, 4, 8.9, 0.06, marks=pytest.mark.long),
        pytest.param(least_connections, 4, 1.76, 0.05, marks=pytest.mark.long),
    ],
)
def test_ten_stores_take_as_long_as_theory_says(rule, cv2, expected, within):
    seeds = range(12) if cv2 == 4 else range(4)
    assert mean_time(rule, cv2=cv2, seeds=seeds) == pytest.approx(expected, rel=within)


def test_one_store_of_ten_tills_is_erlangs():
    assert mean_time(at_random, stores=1, tills=10) == pytest.approx(mmc(0.8, 10).time, rel=0.03)


def test_two_choices_of_a_hundred_are_nearly_those_of_infinitely_many():
    """The sum of .9^(2^i - 2) over i from 1 is 2.6141; with a hundred stores 2.67 (Mitzenmacher 2001)."""
    assert mean_time(two_choices, stores=100, load=0.9, seeds=range(2)) == pytest.approx(2.67, rel=0.06)


def test_ten_doors_with_their_own_counts_are_nearly_one_that_takes_turns():
    one, two, ten = (mean_time(least_connections, doors=doors, seeds=range(2)) for doors in (1, 2, 10))
    assert 1.3 < one < 1.4 and 1.6 < two < 1.75 and 2.7 < ten < 2.95


def test_an_old_board_is_worse_than_none():
    """On a board five service times old the shortest line is worst, and two choices are better than three."""
    ages = {"jobs": 40_000, "stores": 100, "load": 0.9, "board": 5.0, "seeds": [0]}
    shortest = mean_time(least_connections, **ages)
    two, three = (mean_time(partial(two_choices, d=d), **ages) for d in (2, 3))
    assert two < three < 10.0 < shortest


@pytest.mark.long
@pytest.mark.parametrize(
    "rule, young, old",
    [(least_connections, 4.02, 11.9), (two_choices, 2.99, 4.03), (partial(two_choices, d=3), 2.60, 4.33)],
)
def test_a_hundred_stores_and_a_board(rule, young, old):
    """Our own runs of two million jobs; Mitzenmacher 2000, "How Useful Is Old Information?", has the same order."""
    for age, expected in ((1.0, young), (5.0, old)):
        found = mean_time(rule, stores=100, load=0.9, board=age)
        assert found == pytest.approx(expected, rel=0.06)


def test_peak_ewma_hates_the_slow_store_and_a_short_memory_kills_it_with_ten_doors():
    slow = {"load": 0.6, "faults": [Slow(0, 5.0)], "seeds": [0]}
    coin, two, least, ewma = (
        mean_time(rule, **slow) for rule in (at_random, two_choices, least_connections, PeakEwma())
    )
    assert coin > 50 and least < 1.35 and 1.8 < two < 2.4 and 1.9 < ewma < 2.6
    short, long = (mean_time(PeakEwma(tau), doors=10, **slow) for tau in (10.0, 1000.0))
    assert short > 10 * long


def test_a_store_that_fails_fast_looks_quick_unless_a_failure_costs():
    share = {}
    for failure in (None, 20.0):
        days = run_stores(
            *(Poisson.for_load(0.6, Exponential(1), 10), Exponential(1), 10),
            **{"rule": PeakEwma(failure=failure), "faults": [Dark(0, sorry=0.02)], "customers": 20_000},
        )
        share[failure] = days.sent[0] / sum(days.sent)
        assert days.lost == days.refusals == days.sent[0]
    assert share[None] > 0.15 and share[20.0] < 0.05


# --- Saturday, 10:40 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_the_cleverest_rule_sends_most_customers_to_the_dark_door(seed):
    one = saturday(at_random, seed, stores=1, tills=10, faults=[CUT]).lost
    coin, turn, shorter = (
        saturday(rule, seed, faults=[CUT]).lost for rule in (at_random, round_robin, least_connections)
    )
    assert abs(coin - one / 2) < 25 and abs(turn - one / 2) <= 1
    assert 0.8 * one < shorter < one


def test_looking_at_the_lamp_loses_nobody_who_comes_after_the_look():
    assert saturday(least_connections, 1, faults=[CUT], check=10.0).lost == 0  # nobody came in the ten seconds
    days = saturday(least_connections, 1, faults=[Dark(0, CUT.since + 1.0, CUT.until)], check=minutes(5))
    missed = [at for at, fate in zip(days.arrived, days.fate, strict=True) if fate == "balked"]
    assert missed and max(missed) < CUT.since + minutes(5)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_door_that_counts_sorries_loses_few_and_comes_back(seed):
    days = saturday(least_connections, seed, faults=[CUT], outliers=Outliers)
    assert 12 <= days.lost <= 35
    back = [at for at, store in zip(days.visits.came, days.visits.store, strict=True) if store == 0 and at >= CUT.until]
    assert back[0] < CUT.until + 450  # thirty seconds for each ejection, so the last one is long
    again = saturday(least_connections, seed, faults=[CUT], outliers=Outliers, retries=1)
    assert again.lost < days.lost


# --- case by case -----------------------------------------------------------------------------------------------------


def test_a_board_is_painted_at_its_time_and_not_at_the_next_arrival():
    """At 10 both customers are inside store 0; the one who comes at 19 reads that, though both are gone by then."""
    days = run_stores([1.0, 2.0, 19.0, 21.0], [10.0, 5.0, 1.0, 1.0], 2, 2, rule=fewest, board=10.0)
    assert days.store == [0, 0, 1, 0]
    assert days.boards[:3] == [(0.0, (0, 0)), (10.0, (1, 0)), (20.0, (0, 0))]


def test_a_door_knows_its_own_customers_only():
    seen = []

    def look(snapshot, chance):
        seen.append(snapshot)
        return 0

    run_stores([1.0, 2.0, 3.0, 4.0], 100.0, 1, rule=look, doors=2, seed=1)
    assert sum(snapshot.inside == (0,) for snapshot in seen) == 2, "each door had a first customer"
    assert sum(snapshot.inside[0] for snapshot in seen) < 0 + 1 + 2 + 3
    seen.clear()
    run_stores([1.0, 2.0, 14.0], 100.0, 1, rule=look, board=10.0)
    assert [(snapshot.inside, snapshot.age) for snapshot in seen] == [((0,), 1.0), ((0,), 2.0), ((2,), 4.0)]


def test_the_turns_of_each_door_begin_at_another_store():
    days = run_stores([float(at) for at in range(30)], 0.5, 3, rule=lambda seen, turn: (turn, turn), doors=3)
    assert set(days.store) == {0, 1, 2}, "else all doors would send their first customers to the same one"


def test_customers_inside_at_closing_time_are_served_to_the_last():
    days = run_stores([1.0, 2.0, 3.0], 500.0, 2, rule=fewest, until=10.0)
    assert days.lost == 0 and days.all.waited == [0.0, 0.0, 498.0] and days.ended == 1001.0


def test_a_dark_store_says_sorry_and_serves_those_inside():
    days = run_stores([1.0, 2.0, 3.0, 9.0], 5.0, 1, 2, rule=first, faults=[Dark(0, 2.0, 9.0, sorry=0.5)])
    assert days.fate == ["served", "balked", "balked", "served"]
    assert days.all.waited == [0.0, 0.5, 0.5, 0.0] and days.refusals == days.lost == 2


def test_a_customer_being_told_sorry_counts_as_inside_at_the_door_alone():
    days = run_stores([1.0, 1.5, 2.5], 5.0, 2, rule=fewest, faults=[Dark(0, sorry=1.0)])
    assert days.store == [0, 1, 0]
    boarded = run_stores([1.0, 1.5, 1.7], 5.0, 2, rule=fewest, faults=[Dark(0, sorry=1.0)], board=1.6)
    assert boarded.boards[1] == (1.6, (0, 0)) and boarded.store == [0, 0, 0]


def test_a_slow_store_is_slow_for_those_who_start_while_it_is():
    days = run_stores([1.0, 2.0, 30.0], 5.0, 1, rule=first, faults=[Slow(0, 2.0, 0.0, 10.0)])
    assert days.all.served == [10.0, 5.0, 5.0] and days.all.waited == [0.0, 9.0, 0.0]


def test_the_slip_of_a_customer_who_left_stays_and_a_till_works_on_it():
    days = run_stores([0.0, 1.0, 1.5], [10.0, 4.0, 4.0], 1, rule=first, patience=12.0)
    assert days.fate == ["served", "reneged", "reneged"]
    assert days.all.waited == [0.0, 12.0, 12.0] and days.all.till == [1, 0, 0]
    assert days[0].till == [1, 1, 0] and days.wasted == pytest.approx(4 / 14)
    assert days.ended == 14.0, "nobody is left who waits for the third slip"


def test_a_customer_comes_again_at_once_and_is_served_if_in_time():
    days = run_stores([0.0, 1.0], [10.0, 4.0], 1, rule=first, patience=11.0, retries=1)
    assert days.tries == [1, 2] and days.fate == ["served", "served"]
    assert days.visits.came == [0.0, 1.0, 12.0] and days.visits.fate == ["served", "reneged", "served"]
    assert days.visits.till == [1, 1, 1] and days.all.waited == [0.0, 13.0]
    assert days.served_at == [10.0, 18.0]


def test_a_budget_forbids_and_a_backoff_delays_coming_again():
    dark = {"rule": first, "faults": [Dark(0, 0.0, 50.0)], "retries": 3}
    arrived = [float(second) for second in range(10)]
    assert run_stores(arrived, 1.0, 1, **dark).tries == [4] * 10
    budget = run_stores(arrived, 1.0, 1, **dark, budget=partial(RetryBudget, percent=0.2, per_second=0))
    assert sum(budget.tries) == 12
    later = run_stores(arrived, 1.0, 1, **dark, backoff=20.0)
    gaps = [b - a for a, b in pairwise(later.visits.came[i] for i, c in enumerate(later.visits.customer) if c == 0)]
    assert all(0 < gap < 20.0 * 2**k for k, gap in enumerate(gaps)) and later.lost < 10


def test_those_who_stay_are_served_in_the_order_that_admit_gives():
    def newest_first(line, now):
        return sorted(line, reverse=True)[:2], sorted(line, reverse=True)[2:]

    days = run_stores([0.0, 1.0, 2.0, 3.0], 10.0, 1, rule=first, admit=newest_first)
    assert days.fate == ["served", "balked", "served", "served"]
    assert days.all.waited == [0.0, 2.0, 18.0, 7.0]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda line, now: ([], []),
        lambda line, now: (line, line),
        lambda line, now: ([InLine(0.0, 99, 0, 99)] * len(line), []),
    ],
)
def test_an_admit_that_loses_or_invents_customers_is_refused(wrong):
    with pytest.raises(ValueError, match="must be in one of the two lists, once"):
        run_stores([0.0, 1.0, 2.0], 10.0, 1, rule=first, admit=wrong)


def test_when_all_stores_are_shut_the_customer_is_told_so():
    days = run_stores([1.0, 5.0], 1.0, 2, rule=at_random, faults=[Dark(0, 0.0, 3.0), Dark(1, 0.0, 3.0)], check=2.0)
    assert days.fate == ["balked", "served"] and days.store[0] == -1 and days[0].fate.count("balked") == 0


# --- Monday, ten o'clock ----------------------------------------------------------------------------------------------


def monday(seed=0, **more):
    """Ten customers served a second, load .7, three times as many for 200 seconds, patience 10 s, three retries."""
    settings = {"rule": at_random, "patience": 10.0, "retries": 3, "until": 1200.0, "seed": seed, **more}
    return run_stores(Rush(hours(7), 600, 800, 3.0), Exponential(0.1), 1, **settings)


@pytest.mark.parametrize("seed", SEEDS)
def test_after_the_buses_nobody_is_served_though_the_clerks_never_stop(seed):
    days = monday(seed)
    assert days.served_share(200, 590) > 0.99
    assert days.served_per_second(800, 1200) < 0.05
    assert days.wasted > 0.5 and days[0].utilisation > 0.75


@pytest.mark.parametrize("knob", [{"retries": 0}, {"room": 1000}, {"retries": 10}])
def test_plausible_knobs_do_not_bring_monday_back(knob):
    assert monday(**knob).served_per_second(800, 1200) < 0.05


@pytest.mark.parametrize("knob", [{"room": 50}, {"room": 10}, {"admit": partial(admit, patience=5.0)}])
def test_a_short_line_or_a_limit_brings_it_back_at_once(knob):
    days = monday(**knob)
    assert days.served_share(200, 590) > 0.99
    assert days.served_per_second(800, 1200) > 0.9 * 7


# --- any town at all --------------------------------------------------------------------------------------------------

seconds = some.one_of(some.integers(0, 12).map(float), some.floats(0, 20))  # whole ones make many things coincide


@some.composite
def towns(draw):
    """Arguments of run_stores: few customers, many of them at the same instant, every feature on or off."""
    arrived = sorted(draw(some.lists(seconds, max_size=20)))
    stores = draw(some.integers(1, 3))
    dark = some.builds(Dark, some.integers(0, stores - 1), seconds, some.just(25.0), some.sampled_from([0.0, 1.0]))
    slow = some.builds(Slow, some.integers(0, stores - 1), some.sampled_from([0.5, 3.0]))
    return {
        "arrivals": arrived,
        "service": draw(some.lists(seconds, min_size=len(arrived), max_size=len(arrived))),
        "stores": stores,
        "tills": draw(some.lists(some.integers(1, 2), min_size=stores, max_size=stores)),
        "rule": draw(some.sampled_from([at_random, round_robin, least_connections, two_choices, PeakEwma()])),
        "board": draw(some.sampled_from([0.0, 3.0])),
        "doors": draw(some.integers(1, 2)),
        "check": draw(some.sampled_from([None, 2.0])),
        "outliers": draw(some.sampled_from([None, partial(Outliers, consecutive=1, ejection=3.0)])),
        "faults": draw(some.lists(some.one_of(dark, slow), max_size=2)),
        "patience": draw(some.sampled_from([None, 4.0])),
        "retries": draw(some.integers(0, 2)),
        "backoff": draw(some.sampled_from([0.0, 2.0])),
        "budget": draw(some.sampled_from([None, RetryBudget])),
        "room": draw(some.sampled_from([None, 0, 2])),
        "admit": draw(some.sampled_from([None, partial(admit, patience=5.0)])),
        "seed": draw(some.integers(0, 3)),
    }


@given(towns())
@settings(max_examples=400 if LONG else 100, deadline=None)
def test_in_any_town_every_customer_has_one_fate_and_a_till_one_customer_at_a_time(town):
    days = run_stores(**town)
    customers, visits = len(town["arrivals"]), days.visits
    assert set(days.fate) <= {"served", "balked", "reneged"} and len(days.fate) == customers
    assert sum(days.tries) == len(visits) and all(1 <= tries <= town["retries"] + 1 for tries in days.tries)
    assert all((fate == "served") == (till > 0) for fate, till in zip(days.fate, days.till, strict=True))
    assert visits.fate.count("served") == customers - days.lost
    assert sum(days.sent) == sum(map(len, days)) == len(visits) - visits.store.count(-1)
    if town["room"] is None and not town["faults"] and None in (town["patience"], town["admit"]) and not town["admit"]:
        assert days.lost == (0 if town["patience"] is None else days.fate.count("reneged"))
    for day, tills in zip(days, town["tills"], strict=True):
        work = {}
        for at, wait, served, till in zip(day.arrived, day.waited, day.served, day.till, strict=True):
            assert wait >= 0.0 and 0 <= till <= tills
            if till:
                work.setdefault(till, []).append((at + wait, at + wait + served))
        for spans in work.values():
            assert all(before[1] <= after[0] + 1e-9 for before, after in pairwise(sorted(spans)))


# --- same seed, same days; a value that cannot be ---------------------------------------------------------------------


def test_another_rule_has_the_same_customers_and_the_same_seed_the_same_days():
    more = {"faults": [CUT], "retries": 2, "outliers": Outliers, "doors": 2, "backoff": 30.0}
    one, same = (saturday(least_connections, 3, **more) for _ in range(2))
    assert [getattr(one.visits, name) for name in ("came", "store", "fate", "till")] == [
        getattr(same.visits, name) for name in ("came", "store", "fate", "till")
    ]
    coin = saturday(at_random, 3)
    assert coin.arrived == one.arrived
    pairs = zip(coin.all.served, one.all.served, one.tries, strict=True)
    assert all(a == b for a, b, tries in pairs if tries == 1)
    assert saturday(at_random, 4).arrived != coin.arrived


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"stores": 0}, "stores is 0"),
        ({"tills": [1]}, r"tills are \(1,\): give one number for each of the 2 stores"),
        ({"tills": [1, 0]}, "tills of store 1 is 0"),
        ({"doors": 0}, "doors is 0"),
        ({"board": -1}, "board is -1"),
        ({"check": 0}, "check is 0"),
        ({"retries": -1}, "retries is -1"),
        ({"room": 1.5}, r"room is 1\.5"),
        ({"backoff": -2}, "backoff is -2"),
        ({"patience": [1.0]}, "1 patience times for 2 customers"),
        ({"faults": [Dark(2)]}, "about store 2: there are 2, the first of which is 0"),
        ({"faults": [(0, 1, 2)]}, "is no fault"),
        ({"rule": "coin"}, "rule is 'coin': give a function"),
        ({"rule": lambda seen, chance: 2}, "the rule names store 2: there are 0 to 1, and None"),
        ({"rule": lambda seen, chance: True}, "the rule names store True"),
        ({"admit": 5}, "admit is 5"),
    ],
)
def test_a_value_that_no_store_can_have_is_refused_by_name(wrong, words):
    with pytest.raises((ValueError, TypeError), match=words):
        run_stores(**{"arrivals": [1.0, 2.0], "service": 1.0, "stores": 2, "rule": at_random, **wrong})


@pytest.mark.parametrize(
    "wrong", [lambda: Dark(0, 5.0, 4.0), lambda: Slow(0, 0.0), lambda: Dark(-1), lambda: Rush(7, 3, 2)]
)
def test_a_fault_or_a_rush_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError):
        wrong()


def test_a_rush_brings_three_times_as_many_while_it_lasts():
    times = Rush(3600, 1000, 3000, 3.0).times(Random(0), 5000.0)
    spans = [sum(a <= at < b for at in times) / (b - a) for a, b in ((0, 1000), (1000, 3000), (3000, 5000))]
    assert spans == pytest.approx([1, 3, 1], rel=0.1) and times == sorted(times)
    assert len(Rush(3600, 10, 20).times(Random(0), customers=7)) == 7
