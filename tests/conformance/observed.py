"""Rows of `observed/*.jsonl`, recorded on real Erlang nodes, as scenarios of nodes and what was seen in them.

Each row is `{scenario, script, params, run, observed}`. `LETITCRASH_OBSERVED` names another file of such rows.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROWS = sorted((Path(__file__).parent / "observed").glob("*.jsonl"))
TWO = {"nodes": {"a": {}, "b": {}}, "processes": {"r": "a", "s": "b"}}  # r@a and s@b; in a row s is called r@b
PEERS = {"r@a": "r", "r@b": "s"}


@dataclass
class Seen:
    """A scenario, and what a row says of it: what came of steps, and what processes had in the end."""

    name: str
    scenario: dict
    came: dict[int, Any] = field(default_factory=dict)
    left: dict[str, Any] = field(default_factory=dict)
    holds: Callable[[dict[int, Any]], bool] = lambda came: True


def seen() -> list[Seen]:
    """All rows that a scenario of nodes can play."""
    return [one for row in recorded_rows() for one in KINDS[row["scenario"]](row)]


def recorded_rows() -> list[dict]:
    """All rows; of another file than this folder's those of the kinds that are played here."""
    paths = [Path(os.environ["LETITCRASH_OBSERVED"])] if "LETITCRASH_OBSERVED" in os.environ else ROWS
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["scenario"] in KINDS or paths is ROWS]


def terms(events: list) -> list:
    """Messages as Erlang prints them, in the form of a scenario's rows."""
    return [term(each["msg"] if isinstance(each, dict) else each) for each in events]


def term(text: str) -> list:
    """A message as Erlang prints it.

    >>> term("{'DOWN',ref,process,{r,b@localhost},noconnection}"), term("{nodedown,b@localhost}")
    (['down', 'name r', 'noconnection'], ['nodedown', 'b'])
    """
    text = text.replace("@localhost", "@")
    if found := re.fullmatch(r"\{nodedown,(\w+)@(?:,\[\{nodedown_reason,(\w+)\}\])?\}", text):
        return ["nodedown", *(part for part in found.groups() if part)]
    if found := re.fullmatch(r"\{'(EXIT|DOWN)',(?:ref,process,)?(\{\w+,\w+@\}|[\w@]+),(\w+|\{\w+,\[.*\]\})\}", text):
        kind, about, reason = found.groups()
        about = "name " + about[1:].split(",")[0] if about.startswith("{") else PEERS.get(about, about)
        return [kind.lower(), about, "error" if reason.startswith("{") else reason]
    raise ValueError(f"no message of a scenario: {text}")


def order_after_kill(row: dict) -> Iterator[Seen]:
    watches = {
        "monitor_pid": ["monitor", "s"],
        "monitor_name": ["monitor_name", "s", "b"],
        "monitor_node": ["monitor_node", "b"],
        "monitor_nodes": ["monitor_nodes"],
        "link": ["link", "s"],
    }
    script = [["r", "trap", True], *(["r", *watches[each]] for each in row["params"]["setup"]), ["b", "kill"]]
    left = [["down", "name s", each[2]] if each[1] == "name r" else each for each in terms(row["observed"]["events"])]
    yield Seen(f"order_kill9 {row['run']}", {**TWO, "script": script}, left={"r": left})


REASONS = {
    "disconnect_by_a": [["r", "disconnect", "b"]],
    "disconnect_by_b": [["s", "disconnect", "a"]],
    "init_stop_b": [["b", "init_stop"]],
    "halt_b": [["b", "halt"]],
    "kill9_b": [["b", "kill"]],
    "kill_term_b": [["b", "term"]],
    "net_kernel_stop_b": [],  # OTP refuses it on a node that was started with a name
}


def reason_of_node_down(row: dict) -> Iterator[Seen]:
    action = row["params"]["action"]
    if action not in REASONS:
        return
    both = [[who, *step] for step in (["trap", True], ["monitor_nodes"]) for who in "rs"]
    ties = [["r", "monitor", "s"], ["r", "link", "s"], ["s", "monitor", "r"]]
    left = {"r": terms(row["observed"]["a"])}
    left["s"] = "gone" if row["observed"]["b"] == "gone" else terms(row["observed"]["b"])
    yield Seen(f"{action} {row['run']}", {**TWO, "script": [*both, *ties, *REASONS[action]]}, left=left)


def setup_failures(row: dict) -> Iterator[Seen]:
    script = [
        ["r", "connect", "nosuch"],
        ["r", "monitor_node", "nosuch"],
        ["r", "take"],
        ["r", "monitor_name", "r", "nosuch"],
        ["r", "send_name", "r", "nosuch"],
    ]
    told = row["observed"]
    came = {1: told["connect_nosuch"], 3: term(told["monitor_node_nosuch"][0]), 4: "ok", 5: "ok"}
    yield Seen("setup failures", {**TWO, "script": script}, came, {"r": [term(told["monitor_events"][0]["msg"])]})


def auto_connect(row: dict) -> Iterator[Seen]:
    how, told = row["params"]["dist_auto_connect"], row["observed"]
    script = [
        ["r", "send_name", "s", "b"],
        ["r", "nodes", "connected"],
        ["r", "connect", "b"],
        ["r", "nodes", "connected"],
        ["r", "disconnect", "b"],
        ["r", "nodes", "connected"],
        ["r", "send_noconnect", "s"],
        ["r", "send", "s"],
        ["r", "nodes", "connected"],
        ["r", "send_noconnect", "s"],
        ["r", "monitor", "s"],
    ]
    places = {"one": 1, "three": 8, "four": 10}
    came = {
        3: told["connect_node"],
        4: told["nodes_after_connect"],
        6: told["nodes_after_disconnect"],
        7: told["noconnect_when_down"],
        10: told["noconnect_later"],
    }
    options = {} if how is True else {"auto_connect": how}
    scenario = {**TWO, "nodes": {"a": options, "b": {}}, "connected": False, "script": script}
    left = {"r": terms(told["a_got"]), "s": [places[word] for word in told["b_got"]]}
    yield Seen(f"auto_connect {how} {row['run']}", scenario, came, left)


TRAP, LINK, MONITOR = ["r", "trap", True], ["r", "link", "s"], ["r", "monitor", "s"]
DEAD = ["s", "leave", "normal"]
REMOTE = {
    "link(dead remote), trapping": [DEAD, TRAP, LINK],
    "link(dead remote), not trapping": [DEAD, LINK],
    "monitor(dead remote)": [DEAD, MONITOR],
    "monitor({noname,b})": [["r", "monitor_name", "noname", "b"]],
    "dead ! x": [DEAD, ["r", "send", "s"]],
    "{noname,b} ! x": [["r", "send_name", "noname", "b"]],
    "exit(dead, kill)": [DEAD, ["r", "exit", "s", "kill"]],
    "link(P), exit(P,normal) non-trapping remote": [TRAP, LINK, ["r", "exit", "s", "normal"]],
    "link(P), monitor(P), exit(P,kill)": [TRAP, LINK, MONITOR, ["r", "exit", "s", "kill"]],
    "link(P), monitor(P), exit(P,shutdown)": [TRAP, LINK, MONITOR, ["r", "exit", "s", "shutdown"]],
    "link, P exits normal itself": [TRAP, LINK, DEAD],
    "not trapping: link, P exits normal itself": [LINK, DEAD],
    "not trapping: link, P exits crash": [LINK, ["s", "leave", "crash"]],
    "P runs exit(kill) itself": [TRAP, LINK, ["s", "leave", "kill"]],
    "link twice, monitor twice, P exits crash": [TRAP, LINK, LINK, MONITOR, MONITOR, ["s", "leave", "crash"]],
    "monitor then demonitor(flush), P exits": [MONITOR, ["r", "demonitor", 0, True], DEAD],
    "link then unlink after EXIT queued": [TRAP, LINK, ["s", "leave", "crash"], ["r", "unlink", "s"]],
    "P raises error(boom)": [MONITOR, ["s", "raise"]],
    "spawn(nosuch node) ! and monitor": [["r", "spawn", "nosuch"]],
    "spawn_link(nosuch node)": [TRAP, ["r", "spawn_link", "nosuch"]],
    "spawn_monitor(nosuch node)": [["r", "spawn_monitor", "nosuch"]],
}


def remote_signals(row: dict) -> Iterator[Seen]:
    action, result = row["params"]["action"], row["observed"]["result"]
    if action.startswith("whereis/is_process_alive"):
        yield Seen(action, {**TWO, "script": [["r", "is_alive", "s"]]}, {1: "badarg"})
        return
    if action == "P1 alive after exit(normal)":
        assert result == "true"
        yield Seen(action, {**TWO, "script": REMOTE["link(P), exit(P,normal) non-trapping remote"]}, left={"s": []})
        return
    if action not in REMOTE:
        return
    if died := re.match(r"#\{died => (\w+)", result):
        left = ["exits", died[1]]
    else:
        mailbox = re.search(r"mailbox => \[(.*)\],returned", result)[1]
        found = re.findall(r"\{'(?:EXIT|DOWN)'.*?\}(?=,\{'|$)", mailbox)
        left = [_of_s(term(each)) for each in found]
    yield Seen(action, {**TWO, "script": REMOTE[action]}, left={"r": left})


def _of_s(message: list) -> list:
    """A row's own word for the process on b: dead, p1, p2."""
    kind, about, reason = message
    return [kind, "s" if about == "dead" or re.fullmatch(r"p\d+", about) else about, reason]


def hidden_node(row: dict) -> Iterator[Seen]:
    nodes = {"a": {}, "b": {}, "h": {"hidden": True}}
    looks = [[who, "nodes", kind] for who in ("r", "s", "t") for kind in ("visible", "hidden", "connected")]
    scenario = {"nodes": nodes, "processes": {"r": "a", "s": "b", "t": "h"}, "script": [["t", "connect", "a"], *looks]}
    said = [sorted(names) for _, *lists in row["observed"]["nodes"] for names in lists]
    yield Seen(f"hidden {row['run']}", scenario, dict(enumerate(said, 2)))


def gap_on_disconnect(row: dict) -> Iterator[Seen]:
    by, count = row["params"]["by"], 2000
    scenario = {
        "nodes": {"a": {}, "b": {}},
        "processes": {"r": "a", "s": "b", "t": "b"},
        "script": [["r", "stream", "s", count, "here" if by == "a" else "t"], ["s", "judge"]],
    }
    told = row["observed"]
    assert (told["in_order"], told["duplicates"], told["contiguous"], told["resumed"]) == (True, 0, True, True)
    assert by == "b" or told["missing_count"] == 0

    def holds(came: dict[int, Any]) -> bool:
        """In order, none doubled, one gap at most, none lost where the sender hangs up, and going on afterwards."""
        wrong, gaps, lost, last = came[2]
        return wrong == 0 and last == count and (gaps <= 1 if by == "b" else lost == 0)

    yield Seen(f"gap by {by}, {row['params']['pad_bytes']} bytes, {row['run']}", scenario, holds=holds)


def short_freeze(row: dict) -> Iterator[Seen]:
    sends = [["r", "send_name", "s", "b"]] * len(row["observed"]["b_after_thaw"])
    script = [["r", "monitor_nodes"], ["b", "freeze"], *sends, ["b", "thaw"]]
    left = {"r": terms(row["observed"]["a"]), "s": [3, 4, 5][: len(sends)]}
    yield Seen(f"short freeze {row['run']}", {**TWO, "script": script}, left=left)


KINDS: dict[str, Callable[[dict], Iterator[Seen]]] = {
    "order_kill9": order_after_kill,
    "nodedown_reason": reason_of_node_down,
    "setup_failures": setup_failures,
    "auto_connect": auto_connect,
    "remote_signals": remote_signals,
    "hidden_node": hidden_node,
    "gap_on_disconnect": gap_on_disconnect,
    "short_freeze": short_freeze,
}
