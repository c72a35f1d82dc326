"""Several nodes as scenarios: processes that link, watch, send to and end each other across nodes that come and go.

A scenario is JSON. `nodes` holds names, each with its options: `{"a": {}, "h": {"hidden": true}}`, and `auto_connect`
("never", "once"); `connected`: false begins without connections. `processes` says on which node each process lives; it
is registered there under its name. `script` holds steps `[who, verb, ...]`, each taken when all that the earlier ones
caused has arrived. `who` is a process, or a node to which something happens: `["b", "kill"]` (kill -9), `"freeze"`,
`"thaw"`, `"start"` (again, with new processes of the old names).

`run_nodes(scenario)` gives rows `[place, "came", what]` for the steps and `[who, "left", what]` for the processes at
the end: `["exits", reason]`, "gone" with its node, or the messages that it has not read.
"""

import json
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any

from letitcrash.process import Node
from letitcrash.process import events as ev
from letitcrash.scenario.node_actors import Do, actor, plain
from letitcrash.world import World


def node_cases() -> dict[str, dict]:
    """Return the scenarios written by hand, by name; `about` says what each shows, `expected` what OTP 25 did."""
    return json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))


def run_nodes(scenario: dict, **settings: Any) -> list[list]:
    """Play a scenario on virtual time and return its rows. `settings` are the world's."""
    return play_nodes(scenario, **settings)[0]


def play_nodes(scenario: dict, **settings: Any) -> tuple[list[list], World]:
    """Play as `run_nodes` does; return the rows and the world, whose trace shows more."""
    nodes, homes = scenario["nodes"], scenario["processes"]
    hidden = tuple(name for name, options in nodes.items() if options.get("hidden"))
    world = World(nodes=list(nodes), hidden=hidden, connected=scenario.get("connected", True), report=None, **settings)
    for name, options in nodes.items():
        world.nodes[name].connections.auto_connect = options.get("auto_connect", "always")
    pids, current, came = {}, {}, {}

    def begin(who: str) -> None:
        current[who] = world.spawn(actor, pids, came, name=who, label=who, node=homes[who])

    for who in homes:
        begin(who)
        pids[who] = current[who]
    world.run()
    for place, (who, verb, *rest) in enumerate(scenario["script"], 1):
        if who in nodes:
            came[place] = happen(world, who, verb)
            for one in [one for one, home in homes.items() if verb == "start" and home == who]:
                begin(one)
        elif is_gone(world, homes[who]):
            came[place] = "gone"
        elif not world.is_alive(current[who]):
            came[place] = "dead"
        else:
            world.send(current[who], Do(place, verb, rest))
        world.run()
        if place not in came:
            came[place] = end_of(world, current[who], pids)
    rows = [[place, "came", came[place]] for place in range(1, len(scenario["script"]) + 1)]
    left = [
        [who, "left", "gone" if is_gone(world, homes[who]) else end_of(world, pid, pids)]
        for who, pid in current.items()
    ]
    return rows + left, world


HAPPENS = {
    **dict.fromkeys(("kill", "halt", "init_stop", "term"), Node.crash),  # on OTP four ways, of which others see one
    "freeze": Node.freeze,
    "thaw": Node.thaw,
    "start": Node.start,
}


def happen(world: World, node: str, verb: str) -> str:
    """Let something happen to a node."""
    HAPPENS[verb](world.nodes[node])
    return "ok"


def is_gone(world: World, node: str) -> bool:
    """Tell whether a node is down, or stands still: then nothing can be known of its processes."""
    return not world.nodes[node].is_up or world.nodes[node].is_frozen


def end_of(world: World, pid: Any, pids: dict) -> list:
    """Return how a process ended, or what it has not read."""
    for gone in world.trace.of(ev.Exited):
        if gone.pid is pid:
            return ["exits", plain(gone.reason, pids)]
    return [plain(message, pids) for info in world.processes() if info.pid is pid for message in info.mailbox]


def node_difference(scenario: dict, ours: list[list], theirs: list[list]) -> str | None:
    """Return where two logs part, in a sentence; None when they agree in all that OTP gives an order to."""
    for one, two in zip_longest(canonical(scenario, ours), canonical(scenario, theirs)):
        if one != two:
            return f"is: {one}; should be: {two}"
    return None


def canonical(scenario: dict, rows: list[list]) -> list[list]:
    """Sort all that OTP gives no order to: between processes, and among the Downs of one lost connection.

    A lost connection tells of itself in this order: exit signals, then Downs and `monitor_node`, then `monitor_nodes`.
    """
    homes = {**scenario["processes"], **{name: name for name in scenario["nodes"]}}
    senders = {place: step[0] for place, step in enumerate(scenario["script"], 1)}

    def source(message: Any) -> str:
        """Return the process that a message comes from, or the node that was lost."""
        if not isinstance(message, list):
            return senders[message]
        about = message[1].removeprefix("name ")
        return f"node {homes.get(about, about)}" if is_of_lost_node(message) else about

    def tidy(left: Any) -> Any:
        if left == "gone" or left[:1] == ["exits"]:
            return left
        from_each = sorted(left, key=source)  # stable: the messages of one source keep their order
        runs = groupby(from_each, key=lambda message: (source(message), kind_of(message)))
        return [message for (_, kind), run in runs for message in (sorted(run, key=repr) if kind else run)]

    return [[who, what, tidy(detail) if what == "left" else detail] for who, what, detail in rows]


def is_of_lost_node(message: list) -> bool:
    """Tell whether a message tells of a connection that is lost or could not be made."""
    return message[0] == "nodedown" or message[-1] == "noconnection"


def kind_of(message: Any) -> str:
    """Return the kind of messages within which there is no order, or nothing for those that keep theirs."""
    if not isinstance(message, list) or message[0] not in ("exit", "down", "nodedown"):
        return ""
    return "down" if message[0] == "nodedown" and len(message) == 2 else message[0]
