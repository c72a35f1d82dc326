"""The scenarios written by hand, and how many of them go, with some supervisor, as they went on Erlang/OTP 25."""

import json
from collections.abc import Sequence
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

    @classmethod
    def of(cls, differences: Sequence[str | None]) -> "Agreement":
        """What it comes to when each scenario differs in this; None where it does not."""
        parted = [words for words in differences if words]
        return cls(len(differences) - len(parted), len(differences), parted[0] if parted else None)


def against_otp(supervisor: Any) -> Agreement:
    """Play all of them with `supervisor`, as `run_scenario` does, and compare each with what OTP did.

    A supervisor that stops with an error differs, and the error is named; one that is a stub raises its
    NotImplementedError here.
    """
    return Agreement.of([_difference(scenario, supervisor) for scenario in cases().values()])


def _difference(scenario: dict, supervisor: Any) -> str | None:
    try:
        log, world = play(scenario, supervisor, lines_per_step=LINES)
    except Exception as error:  # its clock stands still
        return f"{scenario['name']}: it stopped with {type(error).__name__}: {error}"
    if words := broken(world):
        return f"{scenario['name']}: {words}"
    words = difference(scenario, log.rows, scenario["expected"])
    return words and f"{words}. It is there to show: {scenario['about']}"


def broken(world: World) -> str | None:
    """Who stopped with an error in a scenario that was played, in words. Raises the NotImplementedError of a stub."""
    for event in world.trace.of(ev.Exited):
        if isinstance(event.reason, NotImplementedError):
            raise event.reason
        if isinstance(event.reason, BaseException):
            return f"{event.pid.label} stopped with {type(event.reason).__name__}: {event.reason}"
    return None
