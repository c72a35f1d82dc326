"""The rules of a cache by themselves: edges, origins, room, the ring, orders backward, numbers, and two formulas."""

import doctest
import subprocess
import sys
from bisect import bisect_right
from collections import Counter
from math import ceil
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from letitcrash.caching import (
    Cache,
    Entry,
    cache,
    hit_share,
    missed,
    outcome,
    owner,
    owner_by_remainder,
    owner_within,
    ring,
    rings,
    rules,
    stable_hash,
    stale_share,
    start_times,
)

KEYS = [f"customer {number}" for number in range(10_000)]
TEN = [f"store {number}" for number in range(10)]


@pytest.mark.parametrize("module", [rules, cache, rings])
def test_the_examples_in_the_docstrings_hold(module):
    found = doctest.testmod(module)
    assert found.attempted and not found.failed


# --- entries and shelves ----------------------------------------------------------------------------------------------


def test_an_entry_lives_until_the_edge_and_not_at_it():
    ham = Entry(None, got=100.0, ttl=60.0, origin="ham")
    assert [outcome(ham, now) for now in (100.0, 159.9, 160.0)] == ["hit", "hit", "miss"]
    assert [outcome(ham, now, grace=10.0) for now in (159.9, 160.0, 169.9, 170.0)] == ["hit", "stale", "stale", "miss"]
    assert outcome(None, 0.0, grace=10.0) == "miss"
    assert outcome(Entry(1, 5.0, float("inf"), "ham"), 1e12) == "hit"
    assert outcome(Entry(1, 5.0, 0.0, "ham"), 5.0) == "miss"


def test_a_stored_none_is_a_hit_and_a_missing_key_is_not():
    shelf = Cache()
    shelf.put("nobody", None, now=0.0)
    assert shelf.get("nobody", now=1.0).value is None and shelf.get("anybody", now=1.0) is None


def test_a_question_does_not_make_an_entry_younger():
    shelf = Cache(ttl=60.0)
    shelf.put("ham", 1.99, now=0.0)
    assert all(shelf.get("ham", now=float(second)) for second in range(60))
    assert shelf.get("ham", now=60.0) is None
    assert shelf.peek("ham") == Entry(1.99, 0.0, 60.0, "ham")
    shelf.put("ham", 2.49, now=60.0)
    assert shelf.get("ham", now=119.0).value == 2.49 and len(shelf) == 1


def test_a_dropped_document_takes_all_that_was_made_from_it_and_nothing_else():
    shelf = Cache()
    for key, origin in (("ham", None), ("ham, 100 g", "ham"), ("ham, sliced", "ham"), ("eggs", None)):
        shelf.put(key, 1, now=0.0, origin=origin)
    assert shelf.drop("ham") == 3 and shelf.drop("ham") == 0
    assert [key in shelf for key in ("ham", "ham, 100 g", "eggs")] == [False, False, True]
    assert shelf.flush() == 1 and len(shelf) == 0


def test_the_one_used_longest_ago_goes_and_to_be_put_again_or_hit_is_to_be_used():
    shelf = Cache(room=3)
    assert [shelf.put(key, 1, now=0.0) for key in "abc"] == [None] * 3
    shelf.get("a", now=1.0)
    shelf.put("b", 2, now=2.0)
    shelf.peek("c")
    assert shelf.put("d", 1, now=3.0) == "c" and shelf.put("e", 1, now=4.0) == "a"
    assert sorted(key for key in "abcde" if key in shelf) == ["b", "d", "e"]


# --- the ring ---------------------------------------------------------------------------------------------------------


def owners(stores, points=100):
    """The owner of each of KEYS, by the definition: the next point clockwise."""
    placed = ring(stores, points)
    return [owner(placed, key) for key in KEYS]


def test_the_owner_has_the_next_point_clockwise_and_after_the_last_one_the_first():
    placed = ring(["north", "south", "east"], points=7)
    assert list(placed.points) == sorted(placed.points) and Counter(placed.owners) == dict.fromkeys(placed.stores, 7)
    beyond_all = 0
    for key in KEYS[:1_000]:
        at = stable_hash(key)
        above = [point for point in placed.points if point > at]
        beyond_all += not above
        nearest = placed.points.index(min(above)) if above else 0
        assert owner(placed, key) == placed.owners[nearest]
    assert beyond_all, "no key of the sample lies beyond the last point"


def test_a_new_store_takes_its_share_and_nothing_moves_between_old_ones():
    """The mean of 5 rings is near 1/11; by remainder 10/11 move, since of 110 remainders 10 agree."""
    shares = []
    for trial in range(5):
        names = [f"{name} in town {trial}" for name in TEN]
        before, after = owners(names), owners([*names, "new"])
        moved = [new for old, new in zip(before, after, strict=True) if new != old]
        assert set(moved) == {"new"}
        shares.append(len(moved) / len(KEYS))
    assert sum(shares) / 5 == pytest.approx(1 / 11, rel=0.2)
    old, new = ([owner_by_remainder(stores, key) for key in KEYS] for stores in (TEN, [*TEN, "new"]))
    assert sum(a != b for a, b in zip(old, new, strict=True)) / len(KEYS) == pytest.approx(10 / 11, rel=0.02)


@pytest.mark.parametrize("points, busiest", [(1, 2.5), (10, 1.48), (100, 1.15)])
def test_more_points_make_fairer_shares(points, busiest):
    """The busiest of ten stores, in shares of a tenth; means of rings."""
    trials = 12 if points == 1 else 5
    found = []
    for trial in range(trials):
        counts = Counter(owners([f"{name} in town {trial}" for name in TEN], points))
        found.append(max(counts.values()) / len(KEYS) * 10)
    assert sum(found) / trials == pytest.approx(busiest, rel=0.25 if points == 1 else 0.12)


def test_the_owner_is_the_same_in_another_process_and_for_any_order_of_the_stores():
    program = "from letitcrash.caching import owner, ring\nprint(*[owner(ring('abc'), f'key {n}') for n in range(40)])"
    found = [
        subprocess.run([sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True)
        for seed in ("1", "2")
    ]
    here = [owner(ring(["c", "a", "b"]), f"key {number}") for number in range(40)]
    assert found[0].stdout.split() == found[1].stdout.split() == here, found[0].stderr
    assert set(here) == {"a", "b", "c"}


@given(
    some.lists(some.integers(0, 12), min_size=1, max_size=6),
    some.sampled_from([1.0, 1.1, 1.25, 2.0]),
    some.text("abc", max_size=4),
)
def test_a_store_is_passed_over_only_when_it_is_full_and_one_always_has_room(counts, factor, key):
    stores = [f"s{number}" for number in range(len(counts))]
    placed, inside = ring(stores, points=5), dict(zip(stores, counts, strict=True))
    chosen = owner_within(placed, key, inside, factor)
    most = ceil(round(factor * (sum(counts) + 1) / len(counts), 9))
    assert inside[chosen] < most
    first = bisect_right(placed.points, stable_hash(key))
    for step in range(len(placed.points)):
        passed = placed.owners[(first + step) % len(placed.points)]
        if passed == chosen:
            break
        assert inside[passed] >= most
    assert owner_within(placed, key, {}, factor) == owner(placed, key)


def test_with_bounded_loads_the_busiest_store_is_no_fuller_than_allowed_and_most_stay_at_home():
    placed, inside, at_home = ring(TEN, points=10), Counter(), 0
    assert max(Counter(owner(placed, key) for key in KEYS[:1_000]).values()) > 130
    for key in KEYS[:1_000]:
        store = owner_within(placed, key, inside)
        at_home += store == owner(placed, key)
        inside[store] += 1
    assert max(inside.values()) == 125 and at_home > 800


# --- orders, numbers, formulas ----------------------------------------------------------------------------------------


def test_three_cuts_for_nine_start_one_after_the_other_and_the_last_one_ends_at_nine():
    nine = 9 * 60
    assert start_times({"Ann": nine, "Ben": nine, "Cem": nine}, 6) == {"Ann": 522, "Ben": 528, "Cem": 534}
    assert list(start_times({"late": 100.0, "early": 10.0}, 5.0).items()) == [("early", 5.0), ("late", 95.0)]
    assert start_times({}, 6) == {}


@given(some.dictionaries(some.text("abcdef", min_size=1), some.integers(0, 60), min_size=1), some.integers(0, 9))
def test_all_are_ready_in_time_by_one_pair_of_hands_and_none_could_start_later(orders, takes):
    starts = start_times(orders, takes)
    assert sorted(starts) == sorted(orders) and list(starts.values()) == sorted(starts.values())
    following = [*list(starts.values())[1:], float("inf")]
    for (order, start), after in zip(starts.items(), following, strict=True):
        assert start + takes == min(orders[order], after)


def test_news_is_missed_when_a_number_was_left_out_and_a_beat_stands_where_the_next_news_will():
    assert [missed(4, number) for number in (3, 4, 5, 6, 60)] == [False, False, False, True, True]
    newest = 5
    assert missed(4, newest + 1) and not missed(5, newest + 1)


def played(rate, ttl, change, questions, seed):
    """The shares of hits and of old answers of one key, question by question."""
    chance, cached = Random(f"{seed}: questions"), Cache(ttl)
    changes = Random(f"{seed}: changes")
    now, version, next_change, hits, stale = 0.0, 0, changes.expovariate(change), 0, 0
    for _ in range(questions):
        now += chance.expovariate(rate)
        while next_change <= now:
            version, next_change = version + 1, next_change + changes.expovariate(change)
        entry = cached.get("ham", now)
        if entry is None:
            cached.put("ham", version, now)
        else:
            hits, stale = hits + 1, stale + (entry.value != version)
    return hits / questions, stale / questions


@pytest.mark.parametrize(
    "every, ttl, hits, stale, within",
    [(30, 900, 0.9677, 0.1115, 0.2), (30, 60, 0.6667, 0.0055, 0.4), (300, 900, 0.75, 0.0864, 0.2)],
)
def test_hits_and_old_answers_are_as_many_as_the_formulas_say(every, ttl, hits, stale, within):
    """A price that changes once an hour; the means of 10 runs of 20,000 questions."""
    runs = [played(1 / every, ttl, 1 / 3600, 20_000, seed) for seed in range(10)]
    assert sum(run[0] for run in runs) / 10 == pytest.approx(hits, abs=0.003)
    assert sum(run[1] for run in runs) / 10 == pytest.approx(stale, rel=within / 2)
    assert hit_share(1 / every, ttl) == pytest.approx(hits, abs=5e-5)
    assert stale_share(1 / every, ttl, 1 / 3600) == pytest.approx(stale, abs=5e-5)


def test_the_edges_of_the_formulas():
    assert hit_share(1.0, 0.0) == stale_share(1.0, 0.0, 1.0) == stale_share(1.0, 60.0, 0.0) == 0.0
    assert stale_share(1 / 30, 1e9, 1.0) == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize(
    "wrong, words",
    [
        (lambda: Cache(ttl=-1), "ttl is -1 s: it must be 0 s or more"),
        (lambda: Cache(ttl=float("nan")), "ttl is nan s"),
        (lambda: Cache(room=0), "room is 0: it must be for at least 1 entry"),
        (lambda: outcome(None, 0.0, grace=-1.0), r"grace is -1\.0 s"),
        (lambda: ring([]), "a ring without stores"),
        (lambda: ring(["a", "b", "a"]), "store 'a' is named twice"),
        (lambda: ring(["a"], points=0), "points is 0"),
        (lambda: owner_within(ring(["a"]), "x", {}, factor=0.9), r"factor is 0\.9"),
        (lambda: owner_by_remainder([], "x"), "no stores"),
        (lambda: start_times({"Ann": 5.0}, takes=-1), "takes is -1"),
        (lambda: hit_share(-1, 2), "rate is -1"),
        (lambda: stale_share(1, -2, 3), "ttl is -2"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()
