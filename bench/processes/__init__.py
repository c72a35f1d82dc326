"""Processes and messages: what a message, a call, a life costs, beside SimPy, pykka, thespian and Erlang."""

from bench.harness import Race
from bench.processes import calls, clocks, gossip, lives, messages, remote, traces


def races() -> list[Race]:
    """The rows of "Processes and messages"."""
    return [race for part in (messages, clocks, calls, lives, gossip, remote, traces) for race in part.races()]
