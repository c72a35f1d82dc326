"""The engine: against SimPy, against the recursion, and against its own trace, replayed by an independent checker."""

from itertools import accumulate, pairwise
from math import fsum, inf

import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as some

from letitcrash import hours, minutes
from letitcrash.queueing import (
    Arrived,
    Balked,
    Bursts,
    Deterministic,
    Exponential,
    Finished,
    Floor,
    Hourly,
    HyperExponential,
    Joined,
    Poisson,
    Reneged,
    Started,
    StoreOpened,
    TillClosed,
    TillOpened,
    Timetable,
    Watching,
    run_store,
    waiting_times,
)
from letitcrash.world import stream

# --- the same customers in SimPy, as its manual does it ---------------------------------------------------------------


def simpy_store(gaps, works, tills, patience=None, own_lines=False):
    """Waits, and whether each customer was served, by a process per customer and a Resource (or one per till)."""
    env = simpy.Environment()
    groups = [simpy.Resource(env) for _ in range(tills)] if own_lines else [simpy.Resource(env, capacity=tills)]
    waited, served = [0.0] * len(gaps), [True] * len(gaps)

    def customer(number):
        came = env.now
        group = min(groups, key=lambda group: group.count + len(group.queue))
        with group.request() as turn:
            if patience is None:
                yield turn
            else:
                yield turn | env.timeout(patience[number])
                served[number] = turn.triggered
            waited[number] = env.now - came
            if served[number]:
                yield env.timeout(works[number])

    def door():
        for number, gap in enumerate(gaps):
            yield env.timeout(gap)
            env.process(customer(number))

    env.process(door())
    env.run()
    return waited, served


def drawn(seed, customers=3_000, tills=1):
    chance = stream(seed, "test")
    gaps = [chance.expovariate(0.9 * tills) for _ in range(customers)]
    return (
        gaps,
        [chance.expovariate(1.0) for _ in range(customers)],
        [chance.expovariate(0.3) for _ in range(customers)],
    )


@pytest.mark.parametrize("tills", [1, 2, 7])
def test_engine_recursion_and_simpy_agree_on_every_single_wait(tills):
    for seed in range(5):
        gaps, works, _ = drawn(seed, tills=tills)
        arrived = list(accumulate(gaps))
        day = run_store(arrived, works, tills)
        assert day.waited == simpy_store(gaps, works, tills)[0]
        assert day.waited == waiting_times(arrived, works, tills)


@pytest.mark.parametrize("tills", [1, 3])
def test_engine_and_simpy_agree_on_who_gives_up_and_when(tills):
    for seed in range(5):
        gaps, works, patience = drawn(seed, tills=tills)
        day = run_store(list(accumulate(gaps)), works, tills, patience=patience)
        waited, served = simpy_store(gaps, works, tills, patience)
        assert day.waited == waited
        assert [fate == "served" for fate in day.fate] == served
        assert not all(served)


def test_engine_and_simpy_agree_on_lines_of_their_own():
    for seed in range(5):
        gaps, works, _ = drawn(seed, tills=4)
        day = run_store(list(accumulate(gaps)), works, 4, line="per till")
        assert day.waited == simpy_store(gaps, works, 4, own_lines=True)[0]


# --- any store at all -------------------------------------------------------------------------------------------------

seconds = some.one_of(some.integers(0, 12).map(float), some.floats(0, 20))  # whole ones make many things coincide


@some.composite
def stores(draw):
    """Arguments of run_store: few customers, many of them at the same instant, every feature on or off."""
    arrived = sorted(draw(some.lists(seconds, max_size=25)))
    same = {"min_size": len(arrived), "max_size": len(arrived)}
    rule = some.sampled_from([None, Watching(1.0), Watching(0.0, 0, 1), Timetable({0: 1, 4: 3, 9: 2}), _restless])
    return {
        "arrivals": arrived,
        "service": draw(some.lists(seconds, **same)),
        "tills": draw(some.integers(1, 4)),
        "line": draw(some.sampled_from(["shared", "per till"])),
        "join": draw(some.sampled_from(["shortest", "random", "round robin"])),
        "patience": draw(some.one_of(some.none(), some.lists(some.one_of(seconds, some.just(inf)), **same))),
        "room": draw(some.one_of(some.none(), some.integers(0, 4))),
        "opening": draw(rule),
        "review": draw(some.sampled_from([0.5, 1.0, 3.7])),
        "seed": draw(some.integers(0, 3)),
        "trace": True,
    }


def _restless(floor):
    """As many tills as the second is, and three: more than there are, at times."""
    return 1 + int(floor.now) % 5


class Replay:
    """The store drawn from its trace alone; raises where an event does not fit what came before."""

    def __init__(self, trace):
        events = list(trace)
        opened = events[0]
        assert isinstance(opened, StoreOpened)
        self.shared = opened.line == "shared"
        self.lines = {line: [] for line in ([0] if self.shared else range(1, opened.tills + 1))}
        self.at_till = dict.fromkeys(range(1, opened.tills + 1))
        self.open, self.door, self.here = set(), set(), 0
        self.now = self.person_seconds = self.staff_seconds = 0.0
        self.story = {}
        for event, later in zip(events[1:], [*events[2:], None], strict=True):
            on_duty = self.open | {till for till, customer in self.at_till.items() if customer}
            self.person_seconds += (event.at - self.now) * self.here
            self.staff_seconds += (event.at - self.now) * len(on_duty)
            assert event.at >= self.now
            self.now = event.at
            self.happen(event)
            if later is None or later.at > event.at:
                self.settled()

    def happen(self, event):
        match event:
            case TillOpened(till=till):
                assert till not in self.open
                self.open.add(till)
            case TillClosed(till=till):
                self.open.remove(till)
            case Arrived(at, customer):
                assert customer == len(self.story) + 1
                self.story[customer] = [at]
                self.door.add(customer)
            case Balked(at, customer):
                self.door.remove(customer)
                self.story[customer] += ["balked", 0.0, 0]
            case Joined(_, customer, line):
                self.door.remove(customer)
                assert self.shared or line in self.open
                self.lines[line].append(customer)
                self.here += 1
            case Started(at, customer, till):
                assert self.at_till[till] is None
                assert till in self.open or not self.shared
                assert self.lines[0 if self.shared else till].pop(0) == customer
                self.at_till[till] = customer
                self.story[customer] += ["served", at - self.story[customer][0], till]
            case Finished(at, customer, till):
                assert self.at_till[till] == customer
                self.at_till[till] = None
                self.here -= 1
            case Reneged(at, customer, line):
                self.lines[line].remove(customer)
                self.here -= 1
                self.story[customer] += ["reneged", at - self.story[customer][0], 0]
            case _:
                raise AssertionError(event)

    def settled(self):
        """At the end of an instant nobody stands in the door, and no open till is free while its line waits."""
        assert not self.door
        for till in self.open:
            assert self.at_till[till] is not None or not self.lines[0 if self.shared else till]


@settings(max_examples=300)
@given(stores())
def test_the_store_can_be_drawn_from_the_trace_alone(arguments):
    day = run_store(**arguments)
    replay = Replay(day.trace)
    assert replay.here == 0
    assert [replay.story[customer + 1] for customer in range(len(day))] == [
        [at, fate, wait, till] for at, fate, wait, till in zip(day.arrived, day.fate, day.waited, day.till, strict=True)
    ]


@given(stores())
def test_littles_law_holds_on_every_day_whatever_happens_in_it(arguments):
    day = run_store(**arguments)
    in_store = fsum(
        wait + (work if till else 0.0) for wait, work, till in zip(day.waited, day.served, day.till, strict=True)
    )
    assert Replay(day.trace).person_seconds == pytest.approx(in_store, abs=1e-9)


@given(stores())
def test_who_closes_is_paid_to_the_last_customer_and_tills_are_never_busier_than_staffed(arguments):
    day = run_store(**arguments)
    busy = fsum(work for work, till in zip(day.served, day.till, strict=True) if till)
    assert busy <= day.staffed + 1e-9
    assert day.staffed == pytest.approx(Replay(day.trace).staff_seconds, abs=1e-9)
    assert day.ended >= max(day.arrived, default=0.0)


@given(stores())
def test_a_trace_changes_nothing(arguments):
    with_trace, without = run_store(**arguments), run_store(**{**arguments, "trace": False})
    assert (with_trace.waited, with_trace.till, with_trace.fate) == (without.waited, without.till, without.fate)


@given(
    arrived=some.lists(seconds, max_size=40).map(sorted),
    tills=some.integers(1, 5),
    data=some.data(),
)
def test_engine_and_recursion_agree_also_when_everything_happens_at_once(arrived, tills, data):
    works = data.draw(some.lists(seconds, min_size=len(arrived), max_size=len(arrived)))
    assert run_store(arrived, works, tills).waited == waiting_times(arrived, works, tills)


@given(stores())
def test_a_line_is_first_come_first_served(arguments):
    day = run_store(**arguments)
    for line in {event.line for event in day.trace.of(Joined)}:
        joined = [event.customer for event in day.trace.of(Joined) if event.line == line]
        started = [event.customer for event in day.trace.of(Started) if event.customer in set(joined)]
        assert started == sorted(started)


@given(stores())
def test_the_number_in_line_over_time_is_what_the_trace_shows(arguments):
    day = run_store(**arguments)
    moments, numbers = day.queue_over_time()
    assert moments == sorted(set(moments))
    assert min(numbers) >= 0
    assert all(before != after for before, after in pairwise(numbers))
    assert numbers[-1] == 0
    area = fsum(number * (later - at) for number, (at, later) in zip(numbers, pairwise(moments), strict=False))
    assert area == pytest.approx(fsum(day.waited), abs=1e-9)


# --- small days worked out by hand ------------------------------------------------------------------------------------


def test_one_line_for_two_tills_sends_the_first_to_the_till_that_falls_free():
    day = run_store([0, 1, 2, 3], [10, 4, 1, 1], tills=2)
    assert day.waited == [0, 0, 3, 3]  # the third takes till 2 at 5, the fourth the same till at 6
    assert day.till == [1, 2, 2, 2]


def test_lines_of_their_own_leave_people_behind_a_slow_customer():
    day = run_store([0, 1, 2, 3], [10, 4, 1, 1], tills=2, line="per till")
    assert day.till == [1, 2, 1, 2]  # at 2 both lines have one person: the third takes the first till
    assert day.waited == [0, 0, 8, 2]


def test_round_robin_looks_at_nobody():
    day = run_store([0, 0, 0, 0], [9, 1, 1, 1], tills=2, line="per till", join="round robin")
    assert day.till == [1, 2, 1, 2]
    assert day.waited == [0, 0, 9, 1]


def test_a_customer_who_finds_the_line_full_leaves_at_once():
    day = run_store([0, 1, 2, 6], [5, 5, 5, 5], tills=1, room=1)
    assert day.fate == ["served", "served", "balked", "served"]
    assert day.waited == [0, 4, 0, 4]
    assert day.share("balked") == 0.25


def test_a_customer_without_patience_leaves_the_line_and_the_next_moves_up():
    day = run_store([0, 1, 2], [10, 5, 5], tills=1, patience=[inf, 3, inf])
    assert day.fate == ["served", "reneged", "served"]
    assert day.waited == [0, 3, 8]
    assert day.till == [1, 0, 1]


def test_whose_turn_comes_at_the_last_moment_of_patience_is_served():
    assert run_store([0, 1], [4, 4], tills=1, patience=3).fate == ["served", "served"]


def test_who_comes_when_a_till_falls_free_goes_there_without_waiting():
    assert run_store([0, 5], [5, 5], tills=1, room=0).fate == ["served", "served"]


def test_a_closing_till_serves_out_its_own_line_and_takes_nobody_new():
    rule = Timetable({0: 2, 3: 1})
    day = run_store([0, 0, 1, 1, 4], [9, 9, 9, 9, 9], tills=2, line="per till", opening=rule, review=1)
    assert day.till == [1, 2, 1, 2, 1]
    assert day.staffed == 27 + 18  # the first till to the end, the second until its line is served
    assert day.opened == [(0.0, 2), (3.0, 1), (27.0, 0)]


def test_a_till_that_opens_takes_the_first_of_the_shared_line():
    day = run_store([0, 1, 2], [20, 5, 5], tills=2, opening=Timetable({0: 1, 10: 2}), review=2)
    assert day.waited == [0, 9, 13]
    assert day.till == [1, 2, 2]


def test_a_till_that_closes_lets_its_customer_finish():
    day = run_store([0, 0, 1], [9, 8, 2], tills=2, opening=Timetable({0: 2, 4: 1}), review=1, trace=True)
    assert day.till == [1, 2, 1]  # till 2 falls free first, at 8, and takes nobody
    assert [event.at for event in day.trace.of(TillClosed)] == [4.0, 11.0]
    assert day.staffed == 11 + 8


def test_a_till_that_opens_again_while_it_still_serves_is_paid_once():
    day = run_store([0, 0], [9, 9], tills=2, opening=Timetable({0: 2, 2: 1, 4: 2}), review=1)
    assert day.staffed == 18


def test_a_rule_may_ask_for_more_tills_than_the_store_has_room_for():
    day = run_store(Poisson(600), 60, tills=3, until=hours(1), opening=lambda floor: 99)
    assert max(day.open_over_time()[1]) == 3


def test_the_manager_sees_the_floor_as_it_is():
    seen = []

    def rule(floor):
        seen.append(floor)
        return 1

    run_store([0, 1, 2], [4, 4, 4], tills=5, opening=rule, review=3)
    assert seen == [
        Floor(now=0.0, tills=5, open=0, busy=0, waiting=0),
        Floor(now=3.0, tills=5, open=1, busy=1, waiting=2),
        Floor(now=6.0, tills=5, open=1, busy=1, waiting=1),
        Floor(now=9.0, tills=5, open=1, busy=1, waiting=0),
    ]


def test_watching_the_line_opens_tills_when_it_grows_and_closes_them_when_it_is_gone():
    day = run_store(Hourly([10, 150, 10]), Exponential(120), 6, opening=Watching(3), seed=4)
    moments, tills = day.open_over_time()
    busiest = max(range(len(tills)), key=tills.__getitem__)
    assert tills[0] == 1
    assert tills[busiest] >= 4
    assert hours(1) <= moments[busiest] <= hours(2.25)
    assert tills[-2] == 1  # the last entry is closing time


def test_the_same_day_can_be_run_again_with_one_more_till():
    friday = run_store(Poisson(55), Exponential(60), tills=1, until=hours(8), seed=3)
    again = run_store(friday.arrived, friday.served, tills=2)
    assert again.arrived == friday.arrived
    assert again.mean_wait < friday.mean_wait


def test_tills_do_not_disturb_who_comes_and_what_they_buy():
    days = [
        run_store(
            Bursts(50), HyperExponential(60), tills, until=hours(4), seed=9, line=line, join="random", patience=300
        )
        for tills in (1, 3)
        for line in ("shared", "per till")
    ]
    assert all((day.arrived, day.served) == (days[0].arrived, days[0].served) for day in days)


def test_everybody_inside_at_closing_time_is_served():
    day = run_store(Poisson(120), Deterministic(60), tills=1, until=hours(1), seed=1)
    assert day.fate == ["served"] * len(day)
    assert day.ended == pytest.approx(day.arrived[0] + 60 * len(day), rel=0.1)
    assert day.ended > hours(1.5)


def test_a_quiet_day_lasts_until_closing_time():
    day = run_store([10.0], 60, tills=2, until=hours(1))
    assert day.ended == hours(1)
    assert day.utilisation == 60 / (2 * hours(1))


def test_a_day_says_what_it_was_like():
    day = run_store([0, 0, 0, 0], 60, tills=1)
    assert repr(day) == "Day(4 customers, 1 till, mean wait 90.0 s)"
    assert len(day) == 4
    assert day.waits == [0, 60, 120, 180]
    assert day.times == [60, 120, 180, 240]
    assert (day.mean_wait, day.mean_time, day.utilisation) == (90, 150, 1)
    assert day.quantile_wait(0.5) == 60
    assert day.quantile_wait(0.95) == 180
    assert day.served_within(60) == 0.5
    assert day.queue_over_time() == ([0.0, 60.0, 120.0, 180.0], [3, 2, 1, 0])
    assert day.present_over_time() == ([0.0, 60.0, 120.0, 180.0, 240.0], [4, 3, 2, 1, 0])


# --- what a store cannot be given -------------------------------------------------------------------------------------

GOOD = {"arrivals": Poisson(60), "service": Exponential(60), "tills": 2, "until": hours(1)}


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"tills": 0}, "tills is 0: it must be a whole number, at least 1"),
        ({"tills": 1.5}, r"tills is 1\.5: it must be a whole number"),
        ({"line": "snake"}, "line is 'snake': it must be one of 'shared', 'per till'"),
        ({"join": "fastest"}, "join is 'fastest': it must be one of 'shortest', 'random', 'round robin'"),
        ({"until": None}, "this day has no end: say until=hours"),
        ({"until": -5}, "until is -5: it must be more than 0"),
        ({"customers": -5}, "customers is -5"),
        ({"room": -1}, "room is -1"),
        ({"patience": -1}, "patience time number 1 is -1: it must be seconds, 0 or more"),
        ({"service": float("nan")}, "service time number 1 is nan: it must be seconds, 0 or more, and finite"),
        ({"arrivals": [1, 2], "service": [3, float("nan")]}, "service time number 2 is nan"),
        ({"arrivals": [1, 2], "service": [3]}, "1 service times for 2 customers: give one for each"),
        ({"arrivals": [2, 1]}, "arrival number 2 is at 1 s, before the one it follows"),
        ({"arrivals": [float("nan")]}, "arrival number 1 is nan"),
        ({"opening": lambda floor: 0}, "opening rule wants at 0 s is 0: it must be a whole number, at least 1"),
        ({"opening": lambda floor: 1.5}, r"opening rule wants at 0 s is 1\.5"),
        ({"opening": Watching(), "review": 0}, "review is 0: it must be more than 0"),
    ],
)
def test_a_bad_value_is_named_with_what_would_be_right(bad, words):
    with pytest.raises(ValueError, match=words):
        run_store(**{**GOOD, **bad})


def test_an_opening_rule_that_forgets_to_answer_is_named():
    with pytest.raises(TypeError, match="opening rule wants at 0 s is None: it must be a whole number"):
        run_store(**GOOD, opening=lambda floor: None)


def test_an_own_service_is_checked_too():
    class Broken:
        mean, cv2 = 1.0, 0.0

        def times(self, chance, customers):
            return [float("nan")] * customers

    with pytest.raises(ValueError, match="service time number 1 is nan"):
        run_store(**{**GOOD, "service": Broken()})


def test_a_timetable_must_say_how_the_day_starts():
    with pytest.raises(ValueError, match="how many tills are open at 0"):
        Timetable({hours(1): 2})
    with pytest.raises(ValueError, match="tills from 0 s is 0"):
        Timetable({0: 0})


def test_a_watching_rule_must_close_below_where_it_opens():
    with pytest.raises(ValueError, match="close_below is 5"):
        Watching(open_above=3, close_below=5)


def test_a_day_on_which_nobody_came_says_so_instead_of_a_mean():
    day = run_store([], [], tills=2, trace=True)
    assert repr(day) == "Day(0 customers, 2 tills)"
    assert [type(event) for event in day.trace][:3] == [StoreOpened, TillOpened, TillOpened]
    for ask in (lambda: day.mean_wait, lambda: day.quantile_wait(0.5), lambda: day.mean_time):
        with pytest.raises(ValueError, match="no customers were served, so there is nothing to measure"):
            ask()
    with pytest.raises(ValueError, match="no customers came"):
        day.served_within(minutes(4))
    with pytest.raises(ValueError, match="no till was staffed"):
        _ = day.utilisation


def test_a_day_without_a_trace_says_how_to_get_one():
    with pytest.raises(ValueError, match="without a trace: run_store"):
        _ = run_store([1], [1], tills=1).trace


def test_a_fate_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match="fate is 'lost': it must be"):
        run_store([1], [1], tills=1).share("lost")


def test_the_recursion_wants_a_service_time_for_each_customer():
    with pytest.raises(ValueError, match="1 service times for 2 customers"):
        waiting_times([1, 2], [3])
    with pytest.raises(ValueError, match="tills is 0"):
        waiting_times([1], [3], tills=0)


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ((60, 50), "arrivals are 60"),
        ((Exponential(60), Poisson(30)), "arrivals come first"),
        ((Poisson(30), None), "service is None"),
    ],
)
def test_what_is_no_arrivals_and_no_service_is_named(inputs, words):
    with pytest.raises(TypeError, match=words):
        run_store(*inputs, until=3600)


def test_a_number_is_no_rule_for_opening_tills():
    with pytest.raises(TypeError, match="opening is 3"):
        run_store(Poisson(30), Exponential(60), until=3600, opening=3)
