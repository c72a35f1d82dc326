"""Processes and their messages. A message is known by the number of the event that sent it."""

import re
from typing import Any

from letitcrash.show.player.rules import Row, State, on, till


def _post(state: State, receiver: Any) -> None:
    state["mailboxes"].setdefault(str(receiver), []).append(state["n"])


def _is_clean(reason: Any) -> bool:
    return reason in ("normal", "shutdown") or (isinstance(reason, list) and reason[:1] == ["shutdown"])


def _staff(state: State, name: Any, works: bool, broken: Any = None) -> None:
    """A process called "till 2" is the clerk of till 2; one that crashes drops eggs there until the next sits down."""
    found = re.fullmatch(r"till (\w+)", str(name))
    if found:
        till(state, found[1]).update(open=works, broken=broken)
        till(state, found[1])["drops"] += broken is not None


@on("Spawned", "pid", "name", "parent")
def _(state: State, event: Row) -> None:
    state["processes"][str(event["pid"])] = {
        "name": event["name"], "body": event.get("body"), "parent": event["parent"],
        "alive": True, "reason": None, "busy": 0, "traps": False,
    }  # fmt: skip
    _staff(state, event["name"], works=True)


@on("Exited", "pid", "reason")
def _(state: State, event: Row) -> None:
    pid = str(event["pid"])
    process = state["processes"].setdefault(
        pid, {"name": None, "body": None, "parent": None, "busy": 0, "traps": False}
    )
    process["alive"], process["reason"] = False, event["reason"]
    state["mailboxes"].pop(pid, None)
    state["links"] = [pair for pair in state["links"] if pid not in pair]
    _staff(state, process["name"], works=False, broken=None if _is_clean(event["reason"]) else event["reason"])


@on("Registered", "pid", "name")
def _(state: State, event: Row) -> None:
    state["names"][event["name"]] = event["pid"]


@on("Unregistered", "name")
def _(state: State, event: Row) -> None:
    state["names"].pop(event["name"], None)


@on("Linked", "pid", "other")
def _(state: State, event: Row) -> None:
    pair = sorted([str(event["pid"]), str(event["other"])])
    if pair not in state["links"]:
        state["links"].append(pair)


@on("Unlinked", "pid", "other")
def _(state: State, event: Row) -> None:
    pair = sorted([str(event["pid"]), str(event["other"])])
    state["links"] = [other for other in state["links"] if other != pair]


@on("Trapping", "pid", "on")
def _(state: State, event: Row) -> None:
    if str(event["pid"]) in state["processes"]:
        state["processes"][str(event["pid"])]["traps"] = event["on"]


@on("Slept", "pid", "until")
def _(state: State, event: Row) -> None:
    if str(event["pid"]) in state["processes"]:
        state["processes"][str(event["pid"])]["busy"] = event["until"]


@on("Sent", "sender", "receiver", "message")
def _(state: State, event: Row) -> None:
    _post(state, event["receiver"])


@on("Signalled", "receiver", "outcome")
def _(state: State, event: Row) -> None:
    if event["outcome"] == "message":
        _post(state, event["receiver"])


@on("Received", "pid", "position")
def _(state: State, event: Row) -> None:
    mailbox = state["mailboxes"].get(str(event["pid"]), [])
    if 0 <= event["position"] < len(mailbox):
        mailbox.pop(event["position"])


@on("Dropped", "receiver", "message")
def _(state: State, event: Row) -> None:
    state["lost"] += 1


@on("TimerSet", "receiver", "due", "ref")
def _(state: State, event: Row) -> None:
    state["timers"] = {ref: timer for ref, timer in state["timers"].items() if timer["due"] > event["at"]}
    state["timers"][str(event["ref"])] = {"receiver": event["receiver"], "due": event["due"]}


@on("TimerCancelled", "ref")
def _(state: State, event: Row) -> None:
    state["timers"].pop(str(event["ref"]), None)
