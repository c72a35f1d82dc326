"""Measuring: warm-up, batches, intervals."""

from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as some

from letitcrash.queueing import (
    Exponential,
    Interval,
    Poisson,
    after_warm_up,
    batch_means,
    confidence_interval,
    quantile,
    waiting_times,
)
from letitcrash.queueing.measure import student_t
from letitcrash.world import stream

numbers = some.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("level", "freedom", "t"),
    [
        (0.95, 1, 12.7062),
        (0.95, 2, 4.3027),
        (0.95, 4, 2.7764),
        (0.95, 9, 2.2622),
        (0.99, 9, 3.2498),
        (0.9, 19, 1.7291),
        (0.95, 29, 2.0452),
        (0.999, 19, 3.8834),
        (0.95, 200, 1.9719),
        (0.95, 201, 1.9718),
        (0.95, 100_000, 1.9600),
    ],
)
def test_students_t_is_that_of_the_tables(level, freedom, t):
    assert student_t(level, freedom) == pytest.approx(t, abs=5e-5)


def test_a_95_percent_interval_holds_the_truth_in_95_of_100_cases():
    """Five normal values a case, 4,000 cases: the share lies within four standard deviations of .95."""
    chance = stream(1, "cases")
    hits = [10.0 in confidence_interval([chance.gauss(10, 3) for _ in range(5)]) for _ in range(4_000)]
    assert fmean(hits) == pytest.approx(0.95, abs=4 * (0.95 * 0.05 / 4_000) ** 0.5)


def test_an_interval_over_single_waits_promises_too_much_and_one_over_batches_does_not():
    """Waits in one line resemble their neighbours: at load .8 the naive interval misses the truth most of the time."""
    arrivals, service, customers = Poisson.for_load(0.8, Exponential(1.0)), Exponential(1.0), 20_000
    naive = batched = 0
    for seed in range(60):
        arrived = arrivals.times(stream(seed, "arrivals"), customers=customers)
        waits = after_warm_up(waiting_times(arrived, service.times(stream(seed, "service"), customers)))
        naive += 4.0 in confidence_interval(waits)
        batched += 4.0 in confidence_interval(batch_means(waits, batches=10))
    assert naive <= 25
    assert batched >= 50


@given(some.lists(numbers, min_size=2, max_size=30))
def test_an_interval_lies_around_its_mean_and_widens_with_the_level(values):
    narrow, wide = confidence_interval(values, 0.8), confidence_interval(values, 0.99)
    assert wide.low <= narrow.low <= narrow.mean <= narrow.high <= wide.high
    assert narrow.mean in narrow


@given(values=some.lists(numbers, min_size=2, max_size=60), batches=some.integers(2, 10))
def test_batches_are_equal_and_nothing_but_the_beginning_is_left_out(values, batches):
    if len(values) < batches:
        with pytest.raises(ValueError, match="do not fill"):
            batch_means(values, batches)
        return
    size = len(values) // batches
    assert len(batch_means(values, batches)) == batches
    assert fmean(batch_means(values, batches)) == pytest.approx(fmean(values[-size * batches :]), abs=1e-6)


@given(some.lists(numbers, min_size=1), some.floats(0.01, 0.99))
def test_a_quantile_is_one_of_the_values_and_not_exceeded_by_its_share(values, share):
    found = quantile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9


def test_the_warm_up_is_a_share_or_a_number():
    assert after_warm_up(list(range(10)), 0.2) == list(range(2, 10))
    assert after_warm_up(list(range(10)), 3) == list(range(3, 10))
    assert after_warm_up([1, 2], 0) == [1, 2]


def test_an_interval_reads_as_people_write_it():
    assert str(Interval(4.75, 5.0, 5.25)) == "5 ± 0.25"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: after_warm_up([1, 2, 3], 3), "there are 3 values: leaving out 3 leaves none"),
        (lambda: after_warm_up([], 0.1), "there are 0 values"),
        (lambda: after_warm_up([1], -1), "drop is -1"),
        (lambda: batch_means([1, 2, 3], 5), "3 values do not fill 5 batches: run longer"),
        (lambda: batch_means([1, 2, 3], 1), "batches is 1: it must be a whole number, at least 2"),
        (lambda: confidence_interval([3]), "1 values say nothing about chance: give at least 2"),
        (lambda: confidence_interval([1, 2], 95), "level is 95: it must lie between 0 and 1"),
        (lambda: confidence_interval([1, float("nan")]), "value number 2 is nan"),
        (lambda: quantile([1, 2], 1), "share is 1: it must lie between 0 and 1"),
        (lambda: quantile([], 0.5), "nothing to measure"),
    ],
)
def test_a_bad_value_is_named_with_what_would_be_right(call, words):
    with pytest.raises(ValueError, match=words):
        call()
