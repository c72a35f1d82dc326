"""The scenarios written by hand, and how many of them go, with some supervisor, as they went on Erlang/OTP 25."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from letitcrash.process import events as ev
from letitcrash.scenario.compare import difference
from letitcrash.scenario.run import play
from letitcrash.world import World

LINES = 3_000  # of Python, for one step of a process; a reader's supervisor may go round for ever
CASES = Path(__file__).parent / "cases"


def cases() -> dict[str, dict]:
    """The scenarios written by hand, by name. `about` says which surprise each one shows."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.json"))}


@dataclass(frozen=True)
class Agreement:
    """Of `total` scenarios `agree` went as on OTP; `first` says where the first of the others parts from it."""

    agree: int
    total: int
    first: str | None

    def __str__(self) -> str:
        said = f"{self.agree} of {self.total} scenarios go as they went on OTP 25."
        return f"{said} The first that does not: {self.first}" if self.first else said


def against_otp(supervisor: Any) -> Agreement:
    """Play all of them with `supervisor`, as `run_scenario` does, and compare each with what OTP did.

    A supervisor that stops with an error differs, and the error is named; one that is a stub raises its
    NotImplementedError here.
    """

    def differs(scenario: dict) -> tuple[World, str | None]:
        log, world = play(scenario, supervisor, lines_per_step=LINES)
        return world, difference(scenario, log.rows, scenario["expected"])

    return agreement(cases(), differs)


def agreement(scenarios: dict[str, dict], differs: Callable[[dict], tuple[World, str | None]]) -> Agreement:
    """Count those that go as on OTP. `differs(scenario)` plays one: its world, and where it parts from OTP's log."""
    found = [_differing(name, scenario, differs) for name, scenario in scenarios.items()]
    parted = [words for words in found if words]
    return Agreement(len(found) - len(parted), len(found), parted[0] if parted else None)


def _differing(name: str, scenario: dict, differs: Callable[[dict], tuple[World, str | None]]) -> str | None:
    try:
        world, words = differs(scenario)
    except Exception as error:  # its clock stands still
        return f"{name}: it stopped with {type(error).__name__}: {error}"
    if broke := _broken(world):
        return f"{name}: {broke}"
    return words and f"{name}: {words}. It is there to show: {scenario['about']}"


def _broken(world: World) -> str | None:
    """Return in words which process stopped with an error in a played scenario. Raises a stub's NotImplementedError."""
    for event in world.trace.of(ev.Exited):
        if isinstance(event.reason, NotImplementedError):
            raise event.reason
        if isinstance(event.reason, BaseException):
            return f"{event.pid.label} stopped with {type(event.reason).__name__}: {event.reason}"
    return None
