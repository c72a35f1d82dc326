"""The formulas against published values, against each other, and at the edges of what they are for."""

from math import pi, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from letitcrash.queueing import (
    Overload,
    dm1,
    erlang_b,
    erlang_c,
    erlangs_for,
    growth,
    mg1,
    mm1,
    mmc,
    quantile_wait,
    servers_for_blocking,
    servers_for_service_level,
    service_level,
)

loads = some.floats(0.01, 0.99)
servers = some.integers(1, 60)


@pytest.mark.parametrize(
    ("offered", "lines", "lost"),
    [(1, 1, 0.5), (2, 3, 0.21053), (5, 10, 0.018385), (10, 15, 0.036497), (20, 30, 0.0084575)],
)
def test_erlang_b_gives_the_values_of_the_published_tables(offered, lines, lost):
    assert erlang_b(offered, lines) == pytest.approx(lost, rel=5e-5)


@pytest.mark.parametrize(
    ("offered", "agents", "wait"), [(1, 2, 1 / 3), (8, 10, 0.4092), (9, 10, 0.6687), (0.8, 1, 0.8)]
)
def test_erlang_c_gives_the_values_of_the_published_tables(offered, agents, wait):
    assert erlang_c(offered, agents) == pytest.approx(wait, abs=5e-5)


@pytest.mark.parametrize(
    ("lines", "carried"), [(1, 0.0101), (2, 0.153), (5, 1.361), (10, 4.461), (20, 12.031), (50, 37.901), (100, 84.064)]
)
def test_lines_carry_at_one_percent_blocking_what_the_tables_say(lines, carried):
    assert erlangs_for(0.01, lines) == pytest.approx(carried, abs=6e-4)


def test_twenty_lines_together_carry_a_third_more_than_two_groups_of_ten():
    assert 2 * erlangs_for(0.01, 10) == pytest.approx(8.92, abs=0.005)
    assert erlangs_for(0.01, 20) == pytest.approx(12.03, abs=0.005)
    assert erlangs_for(0.01, 20) / (2 * erlangs_for(0.01, 10)) == pytest.approx(1.35, abs=0.005)


@pytest.mark.parametrize(("load", "time"), [(0.5, 2), (0.8, 5), (0.9, 10), (0.95, 20), (0.99, 100)])
def test_the_time_in_a_store_with_one_till_goes_through_the_roof_near_full_load(load, time):
    assert mm1(load).time == pytest.approx(time)


@pytest.mark.parametrize(("load", "time"), [(0.8, 1.2046), (0.9, 1.6687), (0.95, 2.6512)])
def test_ten_tills_with_one_line_keep_the_wait_short(load, time):
    assert mmc(load, 10).time == pytest.approx(time, abs=5e-5)


@pytest.mark.parametrize(
    ("load", "cv2", "time"), [(0.8, 0, 3), (0.8, 1, 5), (0.8, 4, 11), (0.9, 0, 5.5), (0.9, 1, 10), (0.9, 4, 23.5)]
)
def test_variability_makes_the_wait_as_pollaczek_and_khinchine_say(load, cv2, time):
    assert mg1(load, cv2).time == pytest.approx(time)


@pytest.mark.parametrize(("load", "time"), [(0.8, 2.6927), (0.9, 5.1787)])
def test_arrivals_like_clockwork_halve_the_time(load, time):
    assert dm1(load).time == pytest.approx(time, abs=5e-5)


@pytest.mark.parametrize(
    ("agents", "waits", "answer", "in_20_s"),
    [
        (11, 0.682, 122.8, 0.390),
        (12, 0.449, 40.4, 0.640),
        (13, 0.285, 17.1, 0.796),
        (14, 0.174, 7.8, 0.888),
        (15, 0.102, 3.7, 0.941),
    ],
)
def test_a_call_centre_of_ten_erlangs(agents, waits, answer, in_20_s):
    assert erlang_c(10, agents) == pytest.approx(waits, abs=5e-4)
    assert mmc(10 / agents, agents, service=180).wait == pytest.approx(answer, abs=0.05)
    assert service_level(10, agents, service=180, within=20) == pytest.approx(in_20_s, abs=5e-4)


def test_fourteen_agents_are_the_fewest_for_eighty_percent_in_twenty_seconds():
    assert servers_for_service_level(10, service=180, within=20, share=0.8) == 14


@given(offered=some.floats(0, 200), lines=servers)
def test_one_more_line_never_loses_more_calls(offered, lines):
    assert 0.0 <= erlang_b(offered, lines + 1) <= erlang_b(offered, lines) <= 1.0


@given(load=loads, tills=servers)
def test_who_waits_is_a_larger_share_than_who_would_be_lost(load, tills):
    offered = load * tills
    assert 0.0 <= erlang_b(offered, tills) <= erlang_c(offered, tills) <= 1.0


@given(load=loads, tills=servers)
def test_little_holds_in_every_result(load, tills):
    result = mmc(load, tills, service=3.0)
    rate = load * tills / 3.0
    assert result.present == pytest.approx(rate * result.time)
    assert result.waiting == pytest.approx(rate * result.wait)
    assert result.present - result.waiting == pytest.approx(load * tills)


@given(load=loads, tills=some.integers(2, 30))
def test_one_line_for_all_never_waits_longer_than_a_line_each(load, tills):
    assert mmc(load, tills).wait <= mm1(load).wait * (1 + 1e-12)


@given(load=some.floats(0.05, 0.95))
def test_the_formulas_agree_where_they_describe_the_same_queue(load):
    assert mg1(load, cv2=1).wait == pytest.approx(mm1(load).wait)
    assert dm1(load).wait < mm1(load).wait
    assert mmc(load, 1) == mm1(load)


@given(load=loads, tills=servers, share=some.floats(0.01, 0.99))
def test_a_quantile_is_the_wait_at_which_the_service_level_is_that_share(load, tills, share):
    offered = load * tills
    wait = quantile_wait(offered, tills, service=60, share=share)
    level = service_level(offered, tills, service=60, within=wait)
    assert level == pytest.approx(share) or (wait == 0.0 and level > share)


@given(offered=some.floats(0.1, 100), blocking=some.floats(0.001, 0.5))
def test_the_fewest_lines_are_enough_and_one_less_is_not(offered, blocking):
    lines = servers_for_blocking(offered, blocking)
    assert erlang_b(offered, lines) <= blocking
    assert lines == 0 or erlang_b(offered, lines - 1) > blocking


@given(offered=some.floats(0.1, 100), share=some.floats(0.05, 0.99), within=some.floats(0, 600))
def test_the_fewest_agents_are_enough_and_one_less_is_not(offered, share, within):
    agents = servers_for_service_level(offered, service=180, within=within, share=share)
    assert service_level(offered, agents, 180, within) >= share
    assert agents - 1 <= offered or service_level(offered, agents - 1, 180, within) < share


@given(blocking=some.floats(0.001, 0.9), lines=servers)
def test_erlangs_for_is_erlang_b_turned_round(blocking, lines):
    assert erlang_b(erlangs_for(blocking, lines), lines) == pytest.approx(blocking)


def test_an_empty_store_has_no_line():
    assert mmc(0, 3).present == 0.0
    assert erlang_b(0, 3) == 0.0
    assert dm1(0).wait == 0.0


def test_large_groups_neither_overflow_nor_underflow():
    assert erlang_b(1000, 1000) == pytest.approx(1 / (sqrt(pi * 1000 / 2) + 2 / 3), rel=1e-3)  # Jagerman 1974
    assert 0.0 <= erlang_b(1, 500) < 1e-300


@pytest.mark.parametrize(
    "call",
    [
        lambda: mm1(1.25),
        lambda: mmc(1.25, 4),
        lambda: mg1(1.25, cv2=4),
        lambda: dm1(1.25),
        lambda: erlang_c(5, 4),
        lambda: service_level(5, 4, service=180, within=20),
        lambda: quantile_wait(5, 4, service=180),
    ],
)
def test_too_much_work_is_refused_with_what_happens_to_the_line_instead(call):
    with pytest.raises(
        Overload, match=r"load 1\.25\).*no long-run mean exists; the line grows for ever, by .* an hour"
    ):
        call()


def test_the_refusal_says_how_fast_the_line_grows():
    with pytest.raises(Overload, match=r"grows for ever, by 1 per mean service time \(at 180 s each, by 20 an hour"):
        erlang_c(5, 4)
    with pytest.raises(Overload, match=r"at 90 s each, by 40 an hour"):
        service_level(5, 4, service=90, within=20)
    assert growth(offered=5, servers=4, service=180) == 20.0
    assert growth(offered=3, servers=4, service=180) == 0.0


def test_a_load_of_exactly_one_is_refused_too():
    with pytest.raises(Overload, match=r"load 1.*chance alone makes the line grow"):
        mmc(1, 10)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: erlang_b(-1, 4), "offered is -1: it must be at least 0"),
        (lambda: erlang_b(float("nan"), 4), "offered is nan"),
        (lambda: erlang_b(4, -1), "servers is -1: it must be a whole number, at least 0"),
        (lambda: erlang_b(4, 2.5), r"servers is 2\.5: it must be a whole number"),
        (lambda: erlang_c(1, 0), "number of servers is 0: it must be a whole number, at least 1"),
        (lambda: mm1(-0.5), r"load is -0\.5"),
        (lambda: mm1(0.5, service=0), "service is 0: it must be more than 0"),
        (lambda: mg1(0.5, cv2=-1), "cv2 is -1"),
        (lambda: service_level(1, 2, service=60, within=-5), "within is -5"),
        (lambda: quantile_wait(1, 2, service=60, share=95), "share is 95: it must lie between 0 and 1"),
        (lambda: erlangs_for(1.5, 4), r"blocking is 1\.5"),
        (lambda: erlangs_for(0.01, 0), "servers is 0"),
        (lambda: servers_for_service_level(1, 0, 20, 0.8), "service is 0"),
    ],
)
def test_a_bad_value_is_named_with_what_would_be_right(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_what_is_no_number_is_named():
    with pytest.raises(TypeError, match="offered is 'ten': it must be a number"):
        erlang_b("ten", 4)
