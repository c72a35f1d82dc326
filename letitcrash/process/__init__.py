"""Processes as Erlang knows them, on virtual time: spawn, send, receive, links, monitors, exit signals, names."""

from letitcrash.process.exit_rule import exit_signal
from letitcrash.process.me import Process
from letitcrash.process.node import Node, TimeStandsStill
from letitcrash.process.patterns import any_of, anything
from letitcrash.process.terms import (
    BadArgument,
    Down,
    Exit,
    ExitSignal,
    NodeDown,
    NodeUp,
    NoProcess,
    Pid,
    Ref,
    Timeout,
    is_clean,
)

__all__ = [
    "BadArgument",
    "Down",
    "Exit",
    "ExitSignal",
    "NoProcess",
    "Node",
    "NodeDown",
    "NodeUp",
    "Pid",
    "Process",
    "Ref",
    "TimeStandsStill",
    "Timeout",
    "any_of",
    "anything",
    "exit_signal",
    "is_clean",
]
