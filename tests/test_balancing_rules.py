"""The rules of a door by themselves: shut stores, ties, chances, memories and budgets."""

import doctest
from collections import Counter, namedtuple
from random import Random

import pytest

from letitcrash.balancing import (
    Outliers,
    RetryBudget,
    Snapshot,
    admit,
    at_random,
    least_connections,
    peak_ewma,
    peak_load,
    round_robin,
    rules,
    throttle,
    two_choices,
)

DRAWS = 4_000
BY_CHANCE = [at_random, least_connections, two_choices]


def chosen(rule, seen, seed=0, draws=DRAWS, **more):
    chance = Random(seed)
    return Counter(rule(seen, chance, **more) for _ in range(draws))


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(rules).failed == 0


@pytest.mark.parametrize("rule", BY_CHANCE)
def test_a_shut_store_gets_nobody_however_empty_it_is(rule):
    found = chosen(rule, Snapshot((5, 0, 7, 0), (True, False, True, False)))
    assert set(found) <= {0, 2} and found[0]


@pytest.mark.parametrize("rule", BY_CHANCE)
def test_at_night_no_store_is_chosen_and_nothing_breaks(rule):
    assert rule(Snapshot((0, 0), (False, False)), Random(0)) is None


@pytest.mark.parametrize("rule", BY_CHANCE)
def test_one_open_store_is_enough(rule):
    assert set(chosen(rule, Snapshot((9, 0, 0), (True, False, False)))) == {0}


@pytest.mark.parametrize("rule", BY_CHANCE)
def test_a_tie_is_decided_by_chance(rule):
    found = chosen(rule, Snapshot((1, 1, 1, 1), (True, True, False, True)))
    assert sorted(found) == [0, 1, 3]
    assert all(abs(number - DRAWS / 3) < 4 * (DRAWS * 2 / 9) ** 0.5 for number in found.values())


def test_turns_go_on_past_a_shut_store_and_the_one_behind_it_gets_no_second_turn():
    seen, turn, found = Snapshot((0, 0, 0, 0), (True, False, True, True)), 0, []
    for _ in range(9):
        store, turn = round_robin(seen, turn)
        found.append(store)
    assert found == [0, 2, 3] * 3
    assert round_robin(Snapshot((0, 0), (False, False)), 1) == (None, 1)


def test_two_choices_look_at_two_draws_that_may_be_one_store():
    """Of n stores, the one of rank k is chosen if no draw is better: ((n-k)^d - (n-k-1)^d) / n^d."""
    for d in (1, 2, 3):
        found = chosen(two_choices, Snapshot((0, 1, 2, 3, 4), (True,) * 5), d=d)
        for rank in range(5):
            share = ((5 - rank) ** d - (4 - rank) ** d) / 5**d
            assert abs(found[rank] / DRAWS - share) < 4 * (share * (1 - share) / DRAWS) ** 0.5


def test_a_peak_counts_at_once_and_is_forgotten_by_the_second():
    assert peak_ewma(100, since=0, rtt=200, tau=10) == 200
    assert peak_ewma(100, since=10, rtt=0, tau=10) == pytest.approx(36.788, abs=1e-3)
    at_once, step_by_step = peak_ewma(100, since=10, rtt=0, tau=10), 100
    for _ in range(10):
        step_by_step = peak_ewma(step_by_step, since=1, rtt=0, tau=10)
    assert step_by_step == pytest.approx(at_once)
    assert peak_ewma(100, since=5, rtt=20, tau=0) == 20


def test_one_customer_more_counts_and_an_unknown_store_is_tried_once():
    assert [peak_load(2.0, inside) for inside in (0, 1, 4)] == [2.0, 4.0, 10.0]
    assert peak_load(0.0, 0) == 0.0 < peak_load(2.0, 100) < peak_load(0.0, 1)


def test_five_sorries_in_a_row_and_each_ejection_is_longer_than_the_last():
    door = Outliers(2)
    for _ in range(4):
        door.heard(0, False, now=10.0)
    door.heard(0, True, now=10.0)
    for _ in range(4):
        door.heard(0, False, now=10.0)
    assert door.open(10.0) == (True, True)
    door.heard(0, False, now=20.0)
    assert door.open(49.9) == (False, True) and door.open(50.0) == (True, True)
    door.heard(0, False, now=50.0)
    assert door.open(109.9) == (False, True) and door.open(110.0) == (True, True)
    door.heard(0, True, now=111.0)
    door.heard(0, False, now=112.0)
    assert door.open(112.0) == (True, True), "a success ended its trial"


def test_never_more_than_half_of_the_stores_are_out_and_the_next_follows_when_one_comes_back():
    door = Outliers(3, most=0.5)
    for store in (0, 1):
        for _ in range(5):
            door.heard(store, False, now=0.0)
    assert door.open(1.0) == (False, True, True)
    door.heard(1, False, now=29.0)
    assert door.open(29.0) == (False, True, True)
    door.heard(1, False, now=30.0)
    assert door.open(30.0) == (True, False, True)
    alone = Outliers(1)
    for _ in range(50):
        alone.heard(0, False, now=0.0)
    assert alone.open(0.0) == (True,)


def test_a_late_answer_from_a_store_that_is_out_changes_nothing():
    door = Outliers(2)
    for second in range(5):
        door.heard(0, False, now=second)
    door.heard(0, True, now=6.0)
    door.heard(0, False, now=7.0)
    assert door.open(33.9) == (False, True) and door.open(34.0) == (True, True)
    door.heard(0, False, now=34.0)
    assert door.until[0] == 94.0


def test_a_budget_allows_a_share_of_the_first_tries_and_a_reserve():
    budget = RetryBudget(percent=0.2, per_second=0, ttl=10)
    assert not budget.try_withdraw(0.0)
    for second in range(5):
        budget.deposit(float(second))
    assert budget.try_withdraw(5.0) and not budget.try_withdraw(5.0)
    assert not budget.try_withdraw(15.0), "its five first tries are more than ten seconds old"
    reserve = RetryBudget(percent=0, per_second=2, ttl=10)
    assert sum(reserve.try_withdraw(1.0) for _ in range(100)) == 20
    assert sum(reserve.try_withdraw(11.0) for _ in range(100)) == 20


def test_in_the_long_run_retries_are_the_share_that_was_allowed():
    budget = RetryBudget(percent=0.1, per_second=0)
    given = 0
    for number in range(10_000):
        budget.deposit(number / 10)
        given += sum(budget.try_withdraw(number / 10) for _ in range(3))
    assert given == pytest.approx(1_000, abs=20)


def test_a_customer_turns_back_by_itself_when_less_than_half_of_them_were_served():
    assert throttle(1000, 300) == pytest.approx(0.3996, abs=1e-4)
    assert throttle(1000, 500) == throttle(0, 0) == 0.0
    assert throttle(1000, 300, k=1.1) == pytest.approx(0.6693, abs=1e-4)


def test_nobody_is_lost_between_those_who_stay_and_those_who_are_sent_away():
    customer = namedtuple("customer", "came")
    line = [customer(second) for second in (0.0, 3.0, 10.0, 19.0, 20.0)]
    assert admit(line, now=20.0) == (line[3:], line[:3])
    assert admit(line, now=20.0, patience=17.5) == (line[1:], line[:1])
    assert admit([], now=5.0) == ([], [])


@pytest.mark.parametrize(
    "wrong, words",
    [
        (lambda: at_random(Snapshot((), ()), Random(0)), "a snapshot of 0 counts and 0 lamps"),
        (lambda: round_robin(Snapshot((), ()), 0), "a snapshot of 0 counts and 0 lamps"),
        (lambda: least_connections(Snapshot((1,), (True, True)), Random(0)), "1 counts and 2 lamps"),
        (lambda: two_choices(Snapshot((0,), (True,)), Random(0), d=0), "d is 0"),
        (lambda: peak_ewma(1, since=1, rtt=1, tau=-1), "tau is -1 s: it must be 0 s or more"),
        (lambda: peak_ewma(1, since=-2, rtt=1, tau=1), "since is -2 s: the clock runs back"),
        (lambda: peak_ewma(1, since=1, rtt=float("nan"), tau=1), "rtt is nan s"),
        (lambda: peak_load(1, -1), "-1 customers inside"),
        (lambda: throttle(3, 4), "4 accepted of 3 asked"),
        (lambda: throttle(3, 2, k=0.5), r"k is 0\.5"),
        (lambda: Outliers(0), "stores is 0"),
        (lambda: Outliers(2, consecutive=0), "consecutive is 0"),
        (lambda: Outliers(2, ejection=0), "ejection is 0"),
        (lambda: Outliers(2, most=1.5), r"most is 1\.5"),
        (lambda: Outliers(2).heard(2, True, 0.0), "store is 2: it must be one of 0 to 1"),
        (lambda: RetryBudget(ttl=0), "ttl is 0"),
        (lambda: RetryBudget(percent=-1), "percent is -1"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()


@pytest.mark.parametrize("act", [lambda budget, at: budget.deposit(at), lambda budget, at: budget.try_withdraw(at)])
def test_no_clock_runs_back(act):
    budget, door = RetryBudget(), Outliers(2)
    act(budget, 5.0)
    door.open(5.0)
    with pytest.raises(ValueError, match="runs back"):
        act(budget, 4.0)
    with pytest.raises(ValueError, match="runs back"):
        door.heard(0, True, 4.0)
