"""Play scenarios on real Erlang: JSON to Erlang terms, one VM for all of them, its log back."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ESCRIPT = Path(__file__).with_name("play.escript")
CALLS = Path(__file__).with_name("calls.escript")
SIGNALS = Path(__file__).with_name("signals.escript")
RETRY = Path(__file__).with_name("retry.escript")
NODES = Path(__file__).with_name("nodes.escript")


def play_all(
    scenarios: list[dict], script: Path = ESCRIPT, keys: tuple = ("tree", "script", "until"), env: dict | None = None
) -> list[list[list]]:
    """Return the log of each scenario; all are played at the same time, so it takes as long as the longest.

    Where there is no Erlang the test is skipped.
    """
    _need("escript")
    with tempfile.NamedTemporaryFile("w", suffix=".terms", encoding="utf-8") as file:
        for scenario in scenarios:
            played = {key: scenario[key] for key in keys if key in scenario}
            file.write(term(played) + ".\n")
        file.flush()
        longest = max(scenario.get("until", 10) for scenario in scenarios) + (10 * len(scenarios) if env else 0)
        said = run(script, file.name, patience=60 + longest, env=env)
    logs: list[list[list]] = [[] for _ in scenarios]
    for line in said.splitlines():
        number, *row = json.loads(line)
        logs[number].append(row)
    return logs


def run(script: Path, *arguments: str, patience: float = 120, env: dict | None = None) -> str:
    """Return what an escript prints."""
    _need("escript")
    done = subprocess.run(
        ["escript", str(script), *arguments],
        capture_output=True,
        text=True,
        timeout=patience,
        check=False,
        env={**os.environ, **(env or {})},
    )
    assert done.returncode == 0, f"escript failed: {done.stderr[-2000:]}{done.stdout[-500:]}"
    return done.stdout


def _need(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"no {program} here (install erlang-base): nothing was compared with OTP")


def play_nodes(scenarios: list[dict]) -> list[list[list]]:
    """Return the rows of each scenario of nodes, played one after the other on real nodes of their own epmd."""
    with epmd() as port:
        env = {"ERL_EPMD_PORT": str(port), "ERL_EPMD_ADDRESS": "127.0.0.1"}
        return play_all(scenarios, NODES, ("nodes", "processes", "connected", "script"), env)


@contextmanager
def epmd() -> Iterator[int]:
    """Run an epmd on a free port of the loopback, so that other runs on this machine have names of their own."""
    _need("epmd")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    daemon = subprocess.Popen(["epmd", "-port", str(port), "-address", "127.0.0.1"], **quiet)
    try:
        while not answers(port):
            assert daemon.poll() is None, f"epmd has left with {daemon.returncode}"
        yield port
    finally:
        daemon.terminate()
        daemon.wait()


def answers(port: int) -> bool:
    """Tell whether something listens on this port of the loopback; wait a second at most."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


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
