"""One run of Erlang for all conformance tests: hand-written and random scenarios are played there at the same time."""

from dataclasses import dataclass

import otp
import pytest
from draw import SEED, random_scenarios
from strategies import playable

from letitcrash.scenario import cases

RANDOM = 320  # different random scenarios a run


@dataclass
class Played:
    """Scenarios, and what OTP made of them."""

    scenarios: list[dict]
    logs: list[list[list]]


@pytest.fixture(scope="session")
def drawn() -> list[dict]:
    """The random scenarios of this run; LETITCRASH_SEED draws others."""
    return random_scenarios(RANDOM, SEED, playable())


@pytest.fixture(scope="session")
def on_otp(drawn) -> dict[str, Played]:
    """The hand-written and the random scenarios, played on OTP in one go."""
    written = list(cases().values())
    logs = otp.play_all(written + drawn)
    return {
        "written": Played(written, logs[: len(written)]),
        "random": Played(drawn, logs[len(written) :]),
    }
