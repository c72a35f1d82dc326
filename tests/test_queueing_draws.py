"""Arrivals and service times: do they have the mean and the variability that they claim, over several seeds?"""

from itertools import pairwise
from math import fsum, inf
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as some

from letitcrash import hours, minutes
from letitcrash.queueing import (
    Bursts,
    Deterministic,
    Empirical,
    Exponential,
    Gamma,
    Hourly,
    HyperExponential,
    Poisson,
    Recorded,
    confidence_interval,
    service_of,
)
from letitcrash.world import stream

SEEDS = range(20)
LEVEL = 0.999  # of an interval: a right formula fails once in a thousand intervals, and the seeds are fixed

SERVICES = [
    Exponential(30.0),
    Deterministic(30.0),
    HyperExponential(30.0, cv2=4.0),
    HyperExponential(30.0, cv2=1.0),
    Gamma(30.0, cv2=0.25),
    Gamma(30.0, cv2=0.7),
    Empirical([10, 20, 90]),
]
ENDLESS = [Poisson(60), Bursts(60, size=4), Bursts(60, size=4, over=90), Bursts(60, size=1)]
ARRIVALS = [*ENDLESS, Hourly([30, 0, 90, 60]), Recorded([0, 5, 5, 7200, 9000])]


def cv2_of(times):
    mean = fmean(times)
    return fmean((time - mean) ** 2 for time in times) / mean**2


@pytest.mark.parametrize("service", SERVICES, ids=str)
def test_service_times_have_the_mean_and_the_variability_that_they_claim(service):
    days = [service.times(stream(seed, "service"), 20_000) for seed in SEEDS]
    means = confidence_interval([fmean(day) for day in days], LEVEL)
    spreads = confidence_interval([cv2_of(day) for day in days], LEVEL)
    assert means.low - 1e-9 <= service.mean <= means.high + 1e-9
    assert means.half_width <= 0.02 * service.mean
    assert spreads.low - 1e-9 <= service.cv2 <= spreads.high + 1e-9
    assert spreads.half_width <= 0.06 * service.cv2


def test_in_a_hyper_exponential_either_kind_makes_up_half_of_the_work():
    service = HyperExponential(1.0, cv2=4.0)
    assert service.quick == pytest.approx(0.8873, abs=1e-4)  # (1 + sqrt(3/5)) / 2
    quick_work = confidence_interval([_work_of_the_quick(service, seed) for seed in SEEDS], LEVEL)
    assert 0.5 in quick_work
    assert quick_work.half_width < 0.02


def _work_of_the_quick(service, seed):
    customers = 20_000
    chance = stream(seed, "service")
    kinds = [chance.random() < service.quick for _ in range(customers)]
    times = service.times(stream(seed, "service"), customers)
    return fsum(time for time, quick in zip(times, kinds, strict=True) if quick) / fsum(times)


@pytest.mark.parametrize(("cv2", "kind"), [(0, Deterministic), (0.3, Gamma), (1, Exponential), (4, HyperExponential)])
def test_service_of_picks_the_distribution_for_a_variability(cv2, kind):
    service = service_of(minutes(2), cv2)
    assert isinstance(service, kind)
    assert (service.mean, service.cv2) == (120.0, cv2)


@given(cv2=some.floats(1, 50), u=some.floats(0, 1, exclude_max=True))
def test_a_hyper_exponential_time_is_never_infinite_or_negative(cv2, u):
    class Chance:
        def random(self):
            return u

    assert 0.0 <= HyperExponential(1.0, cv2).times(Chance(), 1)[0] < inf


def test_variability_leaves_the_customers_in_their_places():
    calm, wild = (HyperExponential(30.0, cv2).times(stream(1, "service"), 1_000) for cv2 in (1.5, 4.0))
    chance = stream(1, "service")
    slow = [chance.random() > HyperExponential(30.0, 4.0).quick for _ in range(1_000)]
    for times in (calm, wild):
        assert fmean(time for time, late in zip(times, slow, strict=True) if late) > 30.0


@pytest.mark.parametrize("arrivals", ARRIVALS, ids=str)
def test_arrivals_come_in_order_and_before_the_doors_close(arrivals):
    for seed in range(5):
        times = arrivals.times(stream(seed, "arrivals"), until=hours(2))
        assert times
        assert times == sorted(times)
        assert times[0] >= 0.0
        assert times[-1] < hours(2)


@pytest.mark.parametrize("arrivals", ARRIVALS, ids=str)
def test_a_shorter_day_is_the_beginning_of_a_longer_one(arrivals):
    for seed in range(5):
        long = arrivals.times(stream(seed, "arrivals"), until=hours(4))
        assert arrivals.times(stream(seed, "arrivals"), until=hours(1)) == [at for at in long if at < hours(1)]
        few = min(3, len(long))
        assert arrivals.times(stream(seed, "arrivals"), until=hours(4), customers=few) == long[:few]


@pytest.mark.parametrize("arrivals", ENDLESS, ids=str)
def test_as_many_come_in_an_hour_as_the_rate_says(arrivals):
    counts = [len(arrivals.times(stream(seed, "arrivals"), until=hours(200))) / 200 for seed in SEEDS]
    interval = confidence_interval(counts, LEVEL)
    assert 60.0 in interval
    assert interval.half_width < 3.0


@pytest.mark.parametrize("arrivals", ENDLESS, ids=str)
def test_a_day_can_be_as_long_as_so_many_customers(arrivals):
    assert len(arrivals.times(stream(1, "arrivals"), customers=1_000)) == 1_000
    assert arrivals.times(stream(1, "arrivals"), customers=0) == []


def test_poisson_gaps_are_exponential_and_burst_gaps_are_more_variable():
    def gaps(arrivals, seed):
        return [later - sooner for sooner, later in pairwise(arrivals.times(stream(seed, "a"), customers=10_000))]

    assert 1.0 in confidence_interval([cv2_of(gaps(Poisson(60), seed)) for seed in SEEDS], LEVEL)
    assert confidence_interval([cv2_of(gaps(Bursts(60, size=4), seed)) for seed in SEEDS], LEVEL).low > 3.0


def test_buses_carry_as_many_as_they_should_on_average():
    def riders(seed):
        times = Bursts(60, size=4).times(stream(seed, "a"), until=hours(500))
        return len(times) / len(set(times))  # with over=0 all of one bus come at one instant

    interval = confidence_interval([riders(seed) for seed in SEEDS], LEVEL)
    assert 4.0 in interval
    assert interval.half_width < 0.1


def test_each_hour_of_a_schedule_brings_the_customers_it_announces():
    schedule = Hourly([30, 0, 90, 12.5])
    days = [schedule.times(stream(seed, "arrivals")) for seed in range(400)]
    for hour, expected in enumerate(schedule.per_hour):
        counts = [sum(1 for at in day if hours(hour) <= at < hours(hour + 1)) for day in days]
        interval = confidence_interval(counts, LEVEL)
        assert interval.low <= expected <= interval.high
        assert interval.half_width <= 0.1 * expected


def test_a_schedule_spreads_an_hour_evenly_over_its_minutes():
    firsts = [sum(1 for at in Hourly([0, 60]).times(stream(seed, "a")) if at < hours(1.5)) for seed in range(400)]
    assert 30.0 in confidence_interval(firsts, LEVEL)


def test_a_schedule_names_its_moments_as_the_clock_does():
    friday = Hourly([40, 60], start=16)
    assert friday.clock(0) == "16:00"
    assert friday.clock(minutes(70)) == "17:10"
    assert Hourly([1], start=23.5).clock(hours(1)) == "00:30"
    assert friday.closes == hours(2)


def test_poisson_for_load_keeps_the_tills_as_busy_as_asked():
    assert Poisson.for_load(0.8, Exponential(minutes(3)), tills=5).per_hour == pytest.approx(80.0)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Poisson(-3), "per_hour is -3: it must be more than 0"),
        (lambda: Poisson(0), "per_hour is 0: it must be more than 0"),
        (lambda: Poisson(inf), "per_hour is inf"),
        (lambda: Poisson.for_load(-1, Exponential(1)), "load is -1"),
        (lambda: Hourly([]), "per_hour is empty: give one number of customers for each hour"),
        (lambda: Hourly([10, -5]), r"per_hour\[1\] is -5"),
        (lambda: Bursts(60, size=0.5), r"size is 0\.5: it must be at least 1"),
        (lambda: Bursts(-60), "per_hour is -60"),
        (lambda: Bursts(60, over=float("nan")), "over is nan"),
        (lambda: Recorded([3, 1, 2]), "arrival number 2 is at 1 s, before the one it follows"),
        (lambda: Recorded([-1, 2]), "arrival number 1 is -1: it must be seconds, 0 or more"),
        (lambda: Exponential(0), "mean is 0: it must be more than 0"),
        (lambda: Exponential(float("nan")), "mean is nan"),
        (lambda: Deterministic(-1), "mean is -1: it must be at least 0"),
        (lambda: HyperExponential(1, cv2=0.5), r"cv2 is 0\.5: it must be at least 1"),
        (lambda: Gamma(1, cv2=0), "cv2 is 0: it must be more than 0"),
        (lambda: service_of(1, cv2=-1), "cv2 is -1"),
        (lambda: Empirical([]), "measured is empty: give the service times that were seen"),
        (lambda: Empirical([1, float("nan")]), "measured time number 2 is nan"),
        (lambda: Empirical([0, 0]), "every measured time is 0"),
    ],
)
def test_a_bad_value_is_named_with_what_would_be_right(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_a_rate_that_is_no_number_is_named():
    with pytest.raises(TypeError, match="per_hour is '60': it must be a number"):
        Poisson("60")
    with pytest.raises(TypeError, match="measured time 'long' is no number"):
        Empirical([1, "long"])
