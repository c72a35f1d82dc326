"""Scenarios: a tree, a script of who dies when and why, and the log of what happened; the same in JSON for OTP.

`run_scenario(scenario)` plays one on virtual time with the library's supervisor or with yours. The scenarios of
`cases()` were played by Erlang/OTP 25 as well: `expected` is its log.
"""

import json
from pathlib import Path

from letitcrash.scenario.compare import canonical, clear, difference, in_words
from letitcrash.scenario.run import play, run_scenario

CASES = Path(__file__).parent / "cases"


def cases() -> dict[str, dict]:
    """The scenarios written by hand, by name. `about` says which surprise each one shows."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.json"))}


__all__ = ["canonical", "cases", "clear", "difference", "in_words", "play", "run_scenario"]
