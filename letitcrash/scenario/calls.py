"""Calls as scenarios: the requests of clients to a server, what it is to do then, and what each of them hears.

A scenario is JSON: `script` holds steps `[second, who, what, ...]`; a client takes a step when its earlier ones are
done. Clients: `["call", request, timeout, whom]` (without a timeout: the usual one), `["cast", message]`, `["tell",
whom, message]` (a message like any other), `["answer", whom, value]` (an answer to nobody's call), `["watch", whom]`,
`["exit", reason]` (an exit signal to the server), `["look"]` (into the own mailbox). "parent" started the server and
does the same; "street" is nobody: `["kill"]`, `["stop", reason]`.

`whom` is "shop" (the server by its name, meant without it as well), "its pid", or somebody's name. A request or message
that is a list says what the server does: `["answer", value]`, `["sleep", seconds, then]`, `["later", seconds, value]`,
`["never"]`, `["after", seconds, value]`, `["stop", reason, value]`, `["exit", reason]`. `traps`: it traps exits;
`first`: its first act.
"""

import json
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path
from typing import Any

from letitcrash.gen_server import call, serve
from letitcrash.scenario.client_actors import SHOP, Told, from_the_street, parent, person, plain
from letitcrash.scenario.run import hear_exits
from letitcrash.scenario.written import LINES, Agreement, agreement
from letitcrash.world import World


def call_cases() -> dict[str, dict]:
    """The scenarios written by hand, by name; `about` says which rule each shows, `expected` what OTP 25 did."""
    return json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def run_calls(scenario: dict, call: Callable = call, serve: Callable = serve) -> list[list]:
    """Return what each process hears: rows `[second, who, what, detail]`. `call` and `serve` may be a reader's own."""
    return play_calls(scenario, call, serve)[0]


def play_calls(
    scenario: dict, call: Callable = call, serve: Callable = serve, **budgets: int
) -> tuple[list[list], World]:
    """Play as `run_calls` does; return the rows and the world, whose trace shows more. `budgets` are the world's."""
    world, rows = World(report=None, **budgets), []

    def log(who: str, what: str, detail: Any) -> None:
        rows.append([round(world.now, 6), who, what, plain(detail)])

    steps: dict[str, list] = {"parent": []}
    for step in scenario["script"]:
        if step[1] == "street":
            world.at(step[0], from_the_street, world, *step[2:])
        else:
            steps.setdefault(step[1], []).append(step)
    hear_exits(world, lambda pid, reason: log(SHOP, "exits", reason) if pid.label == SHOP else None)
    server = Told.with_loop(serve)
    opening = (server, log, scenario.get("traps", False), scenario.get("first"))
    world.spawn(parent, steps.pop("parent"), log, call, opening, name="parent")
    for who, theirs in steps.items():
        world.spawn(person, who, theirs, log, call, name=who)
    world.run(until=scenario.get("until", 1000))
    return rows, world


def calls_against_otp(call: Callable = call, serve: Callable = serve) -> Agreement:
    """Play all of them with this `call` and this `serve`, and compare each with what OTP did, as `against_otp` does."""

    def differs(scenario: dict) -> tuple[World, str | None]:
        rows, world = play_calls(scenario, call, serve, lines_per_step=LINES)
        return world, difference(rows, scenario["expected"])

    return agreement(call_cases(), differs)


def difference(rows: list[list], expected: list[list]) -> str | None:
    """The first thing that somebody hears otherwise, in a sentence; None when all is as it should be."""
    if found := parted(rows, expected):
        who, *pair = found
        mine, right = (f"at {row[0]:g} s {happening(row)}" if row else f"nothing more of {who}" for row in pair)
        return f"should be: {right}; is: {mine}"
    return None


def parted(rows: list[list], expected: list[list]) -> tuple[str, list | None, list | None] | None:
    """Return a process that hears something else, its first such row, and the row expected; None when all is well.

    No row, where nothing more should happen or does, is None too. The messages of one process have an order, those of
    two have none.
    """
    for who in dict.fromkeys(row[1] for row in [*expected, *rows]):
        mine, right = ([row for row in each if row[1] == who] for each in (rows, expected))
        for one, two in zip_longest(mine, right):
            if one != two:
                return who, one, two
    return None


WORDS = {
    "gets": "{who} gets {detail}",
    "fails": "{who}'s call fails ({detail})",
    "finds": "{who} finds {detail} in the mailbox",
    "call": "handle_call has {detail}",
    "cast": "handle_cast has {detail}",
    "info": "handle_info has {detail}",
    "terminate": "terminate runs ({detail})",
    "exits": "the {who} exits ({detail})",
}


def happening(row: list) -> str:
    """Return a row in words, without the second.

    >>> happening([5.0, "Ann", "fails", "timeout"])
    "Ann's call fails (timeout)"
    """
    _, who, what, detail = row
    detail = detail if isinstance(detail, str) else "nothing" if detail == [] else repr(detail)
    return WORDS[what].format(who=who, detail=detail)
