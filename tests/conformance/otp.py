"""Play scenarios on real Erlang: JSON to Erlang terms, one VM for all of them, its log back."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

ESCRIPT = Path(__file__).with_name("play.escript")
CALLS = Path(__file__).with_name("calls.escript")
SIGNALS = Path(__file__).with_name("signals.escript")


def play_all(
    scenarios: list[dict], script: Path = ESCRIPT, keys: tuple = ("tree", "script", "until")
) -> list[list[list]]:
    """The log of each scenario; all are played at the same time, so it takes as long as the longest.

    Where there is no Erlang the test is skipped.
    """
    if shutil.which("escript") is None:
        pytest.skip(f"no Erlang here (install erlang-base): {len(scenarios)} scenarios were not compared with OTP")
    with tempfile.NamedTemporaryFile("w", suffix=".terms", encoding="utf-8") as file:
        for scenario in scenarios:
            played = {key: scenario[key] for key in keys if key in scenario}
            file.write(term(played) + ".\n")
        file.flush()
        longest = max(scenario["until"] for scenario in scenarios)
        done = subprocess.run(
            ["escript", str(script), file.name], capture_output=True, text=True, timeout=60 + longest, check=False
        )
    assert done.returncode == 0, f"escript failed: {done.stderr[-2000:]}{done.stdout[-500:]}"
    logs: list[list[list]] = [[] for _ in scenarios]
    for line in done.stdout.splitlines():
        number, *row = json.loads(line)
        logs[number].append(row)
    return logs


def term(value: Any) -> str:
    """A JSON value as an Erlang term: texts become atoms, objects maps.

    >>> term({"at": 1.5, "do": [["exit", "a", "boom"]]})
    "#{'at' => 1.5,'do' => [['exit','a','boom']]}"
    """
    if isinstance(value, dict):
        return "#{" + ",".join(f"{term(key)} => {term(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(term, value)) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return repr(value)
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
