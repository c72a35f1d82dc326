"""One run of Erlang for all conformance tests: hand-written and random scenarios are played there at the same time."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

sys.path.insert(0, str(Path(__file__).parent))

import otp
from strategies import playable

from letitcrash.scenario import cases

SEED = int(os.environ.get("LETITCRASH_SEED", "25"))
RANDOM = 320  # different random scenarios a run
NO_ERLANG = "no Erlang here (install erlang-base): {} scenarios were not compared with OTP"


@dataclass
class Played:
    """Scenarios, and what OTP made of them."""

    scenarios: list[dict]
    logs: list[list[list]]


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


@pytest.fixture(scope="session")
def drawn() -> list[dict]:
    """The random scenarios of this run; LETITCRASH_SEED draws others."""
    return random_scenarios(RANDOM, SEED, playable())


@pytest.fixture(scope="session")
def on_otp(drawn) -> dict[str, Played]:
    """The hand-written and the random scenarios, played on OTP in one go."""
    written = list(cases().values())
    if not otp.is_here():
        pytest.skip(NO_ERLANG.format(len(written) + len(drawn)))
    logs = otp.play_all(written + drawn)
    return {
        "written": Played(written, logs[: len(written)]),
        "random": Played(drawn, logs[len(written) :]),
    }
