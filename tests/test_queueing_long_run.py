"""Simulation against formula: intervals over several seeds, narrow enough to tell a right formula from a wrong one.

Each test asks that the interval from 20 seeds holds the formula's value and that it is narrow. The waits come from the
recursion where one shared line and open tills are all that matters: it is the engine, wait by wait, and fast.
"""

from math import fsum

import pytest

from letitcrash import hours
from letitcrash.queueing import (
    Bursts,
    Deterministic,
    Exponential,
    Hourly,
    Poisson,
    after_warm_up,
    confidence_interval,
    dm1,
    erlang_b,
    erlang_c,
    mg1,
    mm1,
    mmc,
    run_store,
    service_level,
    service_of,
    waiting_times,
)
from letitcrash.world import stream

SEEDS = range(20)
LEVEL = 0.999  # a right formula fails once in a thousand; the seeds are fixed, so it then fails always and is looked at


def agrees(values, expected, within):
    """The interval over the seeds holds `expected` and is at most `within` of it wide, either way."""
    interval = confidence_interval(values, LEVEL)
    assert interval.half_width <= within * expected, f"{interval} is too wide to tell"
    assert expected in interval, f"{interval} does not hold {expected:.4g}"


def mean(values):
    return fsum(values) / len(values)


def times(service, load, tills=1, customers=100_000):
    """The mean time from door to door, in mean service times, one number per seed, without the warm-up."""
    arrivals = Poisson.for_load(load, service, tills)
    for seed in SEEDS:
        arrived = arrivals.times(stream(seed, "arrivals"), customers=customers)
        served = service.times(stream(seed, "service"), customers)
        yield mean(after_warm_up(waiting_times(arrived, served, tills))) + service.mean


def long_times(*args, **kwargs):
    return list(times(*args, **kwargs))


@pytest.mark.parametrize(
    ("load", "customers", "within"), [(0.5, 50_000, 0.02), (0.8, 100_000, 0.03), (0.95, 300_000, 0.1)]
)
def test_one_till_takes_as_long_as_mm1_says(load, customers, within):
    agrees(long_times(Exponential(1.0), load, customers=customers), mm1(load).time, within)


@pytest.mark.parametrize("load", [0.8, 0.9, 0.95])
def test_ten_tills_with_one_line_take_as_long_as_erlang_c_says(load):
    agrees(long_times(Exponential(1.0), load, tills=10), mmc(load, 10).time, within=0.1)


@pytest.mark.parametrize(("load", "cv2", "within"), [(0.8, 0, 0.03), (0.8, 0.5, 0.03), (0.8, 4, 0.1), (0.9, 4, 0.15)])
def test_variable_service_takes_as_long_as_pollaczek_and_khinchine_say(load, cv2, within):
    agrees(long_times(service_of(1.0, cv2), load), mg1(load, cv2).time, within)


def test_the_intervals_are_sharp_enough_to_refuse_the_wrong_formula():
    interval = confidence_interval(long_times(service_of(1.0, 1.2), 0.8), LEVEL)
    assert mg1(0.8, 1.2).time in interval
    assert mm1(0.8).time not in interval


@pytest.mark.parametrize("load", [0.8, 0.9])
def test_customers_like_clockwork_take_as_long_as_dm1_says(load):
    def one(seed, customers=50_000):
        arrived = [number / load for number in range(customers)]
        served = Exponential(1.0).times(stream(seed, "service"), customers)
        return mean(after_warm_up(waiting_times(arrived, served))) + 1.0

    agrees([one(seed) for seed in SEEDS], dm1(load).time, within=0.05)


def test_customers_who_come_by_bus_take_as_many_times_longer_as_ride_in_one():
    service = Exponential(1.0)

    def one(seed):
        day = run_store(Bursts(0.8 * 3600, size=3), service, tills=1, customers=60_000, seed=seed)
        return mean(after_warm_up(day.times))

    agrees([one(seed) for seed in SEEDS], 3 * mm1(0.8).time, within=0.1)


@pytest.mark.parametrize(("agents", "level"), [(13, 0.796), (14, 0.888)])
def test_the_call_centre_answers_within_20_seconds_as_many_as_erlang_c_says(agents, level):
    assert service_level(10, agents, service=180, within=20) == pytest.approx(level, abs=5e-4)

    def one(seed):
        return run_store(Poisson(200), Exponential(180), agents, until=hours(200), seed=seed).served_within(20)

    agrees([one(seed) for seed in SEEDS], level, within=0.015)


def test_as_many_have_to_wait_as_erlang_c_says():
    def one(seed):
        day = run_store(Poisson.for_load(0.8, Exponential(1.0), 10), Exponential(1.0), 10, customers=20_000, seed=seed)
        return mean([wait > 0.0 for wait in after_warm_up(day.waited)])

    agrees([one(seed) for seed in SEEDS], erlang_c(8, 10), within=0.05)


@pytest.mark.parametrize("cv2", [0, 1, 4])
def test_as_many_calls_are_lost_as_erlang_b_says_however_long_they_talk(cv2):
    def one(seed):
        day = run_store(Poisson(200), service_of(180, cv2), 15, until=hours(200), seed=seed, room=0)
        return day.share("balked")

    agrees([one(seed) for seed in SEEDS], erlang_b(10, 15), within=0.08)


def test_as_many_give_up_as_the_birth_and_death_equations_say():
    """Erlang A: two tills, load .9 each, mean patience of one service time; the chain's own balance equations."""
    tills, rate, impatience = 2, 1.8, 1.0
    weights = [1.0]
    for present in range(1, 60):
        leaving = min(present, tills) + impatience * max(0, present - tills)
        weights.append(weights[-1] * rate / leaving)
    line = fsum(max(0, present - tills) * weight for present, weight in enumerate(weights)) / fsum(weights)

    def one(seed):
        arrivals = Poisson(rate * 3600)
        day = run_store(arrivals, Exponential(1.0), tills, customers=20_000, seed=seed, patience=Exponential(1.0))
        return day.share("reneged")

    agrees([one(seed) for seed in SEEDS], impatience * line / rate, within=0.03)


@pytest.mark.parametrize(
    ("join", "time", "within"),
    [
        ("random", 5.0, 0.05),  # each till is an M/M/1 of its own
        ("round robin", 2.9223, 0.04),  # each till is an E10/M/1: sigma = (mu / (mu + lambda (1 - sigma)))^10
        ("shortest", 1.35, 0.025),  # known from simulation only, to two decimals
    ],
)
def test_ten_lines_take_as_long_as_the_way_to_choose_one_makes_them(join, time, within):
    service = Exponential(1.0)
    arrivals = Poisson.for_load(0.8, service, 10)

    def one(seed):
        day = run_store(arrivals, service, 10, customers=30_000, seed=seed, line="per till", join=join)
        return mean(after_warm_up(day.times))

    agrees([one(seed) for seed in SEEDS], time, within)


def test_tills_are_as_busy_as_the_load_says():
    def one(seed):
        return run_store(Poisson(60), Deterministic(120), tills=3, until=hours(200), seed=seed).utilisation

    agrees([one(seed) for seed in SEEDS], 2 / 3, within=0.01)


def test_at_a_load_above_one_the_line_grows_as_fast_as_the_refusal_says():
    """5 erlangs, 4 tills, 180 s each: 20 an hour (see test_the_refusal_says_how_fast_the_line_grows)."""

    def one(seed):
        day = run_store(Poisson(100), Exponential(180), tills=4, until=hours(50), seed=seed)
        moments, numbers = day.queue_over_time()
        return max(number for at, number in zip(moments, numbers, strict=True) if at < hours(50)) / 50

    agrees([one(seed) for seed in SEEDS], 20, within=0.1)


def test_a_queue_at_the_end_of_a_busy_hour_is_not_what_the_formula_of_that_hour_says():
    """Staffing by the hour is a rule of thumb: one hour at load .95 never reaches the long run."""
    waits = [run_store(Hourly([57]), Exponential(60), tills=1, seed=seed).mean_wait for seed in range(200)]
    assert confidence_interval(waits, LEVEL).high < 0.7 * mm1(0.95, service=60).wait
