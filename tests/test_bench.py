"""The benchmarks' harness: honest ratios and verdicts, nothing lost, and every variant does its work."""

import json

import pytest

from bench import balancing, caching, harness, processes, queues
from bench.__main__ import main
from bench.harness import Claim, Race
from bench.processes import clocks

COSTS = {"ours": 2.0, "peer": 10.0}


def test_a_claim_of_cost_is_met_below_its_limit_and_missed_above():
    assert Claim("cheap", "ours", "peer", at_most=0.3).ratio(COSTS) == 0.2
    assert Claim("cheap", "ours", "peer", at_most=0.3).met(0.2) is True
    assert Claim("cheap", "ours", "peer", at_most=0.1).met(0.2) is False


def test_a_claim_of_speed_turns_the_ratio_round():
    claim = Claim("fast", "ours", "peer", at_least=4)
    assert claim.ratio(COSTS) == 5.0
    assert (claim.met(5.0), claim.met(3.0)) == (True, False)


def test_a_row_for_information_has_no_goal_and_no_verdict():
    claim = Claim("for show", "ours", "peer")
    assert (claim.ratio(COSTS), claim.goal(), claim.met(0.2)) == (0.2, None, None)


def test_the_name_of_a_module_runs_its_rows_and_no_others(monkeypatch):
    asked = []

    def run(races):
        asked.extend(claim.name for race in races for claim in race.claims)
        return []

    monkeypatch.setattr(harness, "run", run)
    assert main("processes") == 2  # nothing was measured
    assert asked == [claim.name for race in processes.races() for claim in race.claims]


@pytest.mark.parametrize("variant", [clocks.wired, clocks.wired_by_hand])
def test_what_goes_over_a_wire_arrives(variant):
    assert variant(50) is None  # each asserts that all have arrived


def test_variants_run_there_and_back_and_the_first_round_does_not_count(monkeypatch):
    monkeypatch.setattr("gc.collect", lambda: None)  # slow with all that the other tests have imported
    order = []
    variants = {
        "ours": (1, lambda size: order.append("ours") or float(len(order))),
        "peer": (1, lambda size: order.append("peer") or 10.0),
    }
    [row] = harness.run([Race("s", variants, [Claim("x", "ours", "peer", at_most=9)])], rounds=3)
    assert order == ["ours", "peer", "peer", "ours"] * 4
    assert row["ours"] == 10.5  # the rounds cost 6.5, 10.5 and 14.5; their median
    assert (row["ratio"], row["spread"]) == (1.05, [0.65, 1.45])
    assert (row["met"], row["goal"], row["rounds"], row["unit"]) == (True, "<= 9", 3, "s")
    assert "python" in row["versions"]


def test_results_of_other_rows_stay_in_the_file(tmp_path):
    path = tmp_path / "bench.json"
    for name, ratio in (("a", 1), ("b", 2), ("a", 3)):
        harness.write([{"name": name, "ratio": ratio}], path)
    assert json.loads(path.read_text()) == [{"name": "b", "ratio": 2}, {"name": "a", "ratio": 3}]


def test_the_table_shows_what_was_missed():
    row = {"name": "x", "ours": 1.0, "peer": 2.0, "unit": "s", "ratio": 0.5, "spread": [0.4, 0.6], "goal": "<= 0.3"}
    assert "MISSED" in harness.table([{**row, "met": False}])
    assert "MISSED" not in harness.table([{**row, "met": True}])


@pytest.mark.parametrize(
    "race",
    [*queues.races(), *balancing.races(), *caching.races()],
    ids=["given", "drawing", "ten stores", "shelves", "rings and caches"],
)
def test_every_way_of_simulating_a_queue_serves_all_its_customers(race):
    for _, variant in race.variants.values():
        assert variant(50) is None  # each asserts that it served them all
