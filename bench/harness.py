"""Measure side by side: interleaved variants, ratios inside a round, the median of several rounds.

On a shared machine one and the same code varies twofold from minute to minute, so a time alone says nothing. All
variants of a race run in one process, forwards and backwards (A B C, C B A); a ratio is taken inside each such round;
the median over the rounds is what counts, and its spread is printed beside it.

A module of this package takes part by having `races()`, which gives a list of `Race`. That is the whole interface.
"""

import gc
import json
import platform
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import process_time

ROUNDS = 5
RESULTS = Path(__file__).parent.parent / "_build" / "bench.json"


@dataclass(frozen=True)
class Claim:
    """A claim about a race: `ours` costs `at_most` times what `peer` costs, or is `at_least` times cheaper.

    With neither it is a row for information, without a goal.
    """

    name: str
    ours: str
    peer: str
    at_most: float | None = None
    at_least: float | None = None

    def ratio(self, costs: dict[str, float]) -> float:
        """Cost of ours in costs of the peer; for `at_least`, how many times cheaper ours is."""
        ours, peer = costs[self.ours], costs[self.peer]
        return ours / peer if self.at_least is None else peer / ours

    def goal(self) -> str | None:
        """The goal in a few characters, or None."""
        if self.at_most is not None:
            return f"<= {self.at_most:g}"
        return None if self.at_least is None else f">= {self.at_least:g}"

    def met(self, ratio: float) -> bool | None:
        """Tell if `ratio` meets the goal; None without a goal."""
        if self.at_most is not None:
            return ratio <= self.at_most
        return None if self.at_least is None else ratio >= self.at_least


@dataclass(frozen=True)
class Race:
    """Variants that do the same work, and the claims about them.

    A variant is (size, function): `function(size)` does `size` pieces of work and its CPU time is taken. One that
    returns a float has measured itself (another process, a browser): the float is its cost per piece, in `unit`.
    """

    unit: str  # what `ours` and `peer` are in; "us per ..." for everything that is timed here
    variants: dict[str, tuple[int, Callable[[int], float | None]]]
    claims: list[Claim]
    packages: tuple[str, ...] = field(default=())  # whose versions belong to the result


def run(races: Iterable[Race], rounds: int = ROUNDS) -> list[dict]:
    """Run every race and give one row per claim, ready for `_build/bench.json`."""
    return [row for race in races for row in _run(race, rounds)]


def _run(race: Race, rounds: int) -> list[dict]:
    seen = [_round(race) for _ in range(rounds + 1)][1:]  # the first one warms up
    versions = {"python": platform.python_version(), **{name: version(name) for name in race.packages}}
    return [_row(race, claim, seen, versions) for claim in race.claims]


def _round(race: Race) -> dict[str, float]:
    """The cost per piece of each variant: the mean of its two runs, one on the way there and one on the way back."""
    names = list(race.variants)
    costs = dict.fromkeys(names, 0.0)
    for name in names + names[::-1]:
        costs[name] += _cost(*race.variants[name]) / 2.0
    return costs


def _cost(size: int, function: Callable[[int], float | None]) -> float:
    gc.collect()
    began = process_time()
    measured = function(size)
    return measured if isinstance(measured, float) else (process_time() - began) / size * 1e6


def _row(race: Race, claim: Claim, seen: list[dict[str, float]], versions: dict[str, str]) -> dict:
    ratios = sorted(claim.ratio(costs) for costs in seen)
    ratio = median(ratios)
    return {
        "name": claim.name,
        "ours": round(median(costs[claim.ours] for costs in seen), 3),
        "peer": round(median(costs[claim.peer] for costs in seen), 3),
        "unit": race.unit,
        "ratio": round(ratio, 3),
        "spread": [round(ratios[0], 3), round(ratios[-1], 3)],
        "goal": claim.goal(),
        "met": claim.met(ratio),
        "rounds": len(ratios),
        "versions": versions,
    }


def table(rows: list[dict]) -> str:
    """The rows as text: what, what it costs, what the peer costs, the ratio with its spread, the goal."""
    verdict = {True: "met", False: "MISSED", None: ""}
    lines = [f"{'':44} {'ours':>9} {'peer':>9} {'ratio':>8} {'spread':>15}  goal"]
    for row in rows:
        spread = "{:.2f}-{:.2f}".format(*row["spread"])
        lines.append(
            f"{row['name']:44} {row['ours']:9.3f} {row['peer']:9.3f} {row['ratio']:8.2f} {spread:>15}  "
            f"{row['goal'] or '':8} {verdict[row['met']]:6} {row['unit']}"
        )
    return "\n".join(lines)


def write(rows: list[dict], path: Path = RESULTS) -> None:
    """Write the rows as JSON; rows of other names that the file holds stay as they are."""
    kept = json.loads(path.read_text()) if path.exists() else []
    names = {row["name"] for row in rows}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([row for row in kept if row["name"] not in names] + rows, indent=1) + "\n")
