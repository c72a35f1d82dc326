"""Random scenarios: others for another LETITCRASH_SEED, and the same for the same."""

import json
import os

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

SEED = int(os.environ.get("LETITCRASH_SEED", "25"))


def random_scenarios(count: int, first_seed: int, strategy: SearchStrategy[dict]) -> list[dict]:
    """`count` different scenarios drawn by Hypothesis."""
    found: dict[str, dict] = {}
    turn = 0
    while len(found) < count:

        @seed(first_seed + turn)
        @settings(
            max_examples=count,
            phases=[Phase.generate],
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(strategy)
        def collect(scenario):
            found[json.dumps(scenario)] = scenario

        collect()
        turn += 1
    return list(found.values())[:count]
