"""What a trace says at any moment: `state = apply(state, event)`, from the first event to the last.

This is the truth to which the player is held: `js/state.js` has the same rules, word for word, and a test compares
what is drawn with what these rules give. A state is plain JSON; events are the dicts that `letitcrash.trace.as_dict`
gives. An event of a kind that has no rule here changes nothing but the count of events.
"""

import copy
import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

State = dict[str, Any]
Row = Mapping[str, Any]

RULES: dict[str, tuple[tuple[str, ...], Callable[[State, Row], None]]] = {}


def start() -> State:
    """The state before the first event."""
    return {
        "n": 0, "at": 0, "line": None, "tills": {}, "lines": {}, "customers": {},
        "served": 0, "balked": 0, "reneged": 0,
        "processes": {}, "names": {}, "mailboxes": {}, "links": [], "timers": {}, "lost": 0, "supervisors": {},
    }  # fmt: skip


def apply(state: State, event: Row) -> State:
    """`state` after `event`. It changes and returns the state it is given: copy it first to keep it."""
    if "state" in event:  # a place where the trace was thinned: the state that holds after what is left out
        return copy.deepcopy(event["state"])
    fields, rule = RULES.get(event.get("kind"), ((), None))
    if rule and all(field in event for field in fields):
        rule(state, event)
    state["n"] += 1
    state["at"] = max(state["at"], event.get("at", 0))
    return state


def state_at(events: Iterable[Row], count: int) -> State:
    """The state after the first `count` events."""
    state = start()
    for _, event in zip(range(count), events, strict=False):
        state = apply(state, event)
    return state


def window_at(supervisor: Mapping[str, Any], second: float) -> list[int]:
    """The restarts that still count at virtual `second`, newest first (OTP supervisor.erl add_restart/1)."""
    return [at for at in supervisor["window"] if at >= math.floor(second) - supervisor["period"]]


def on(kind: str, *fields: str) -> Callable[[Callable[[State, Row], None]], None]:
    """Make the function below the rule for events of `kind`, which must have these `fields`."""

    def keep(rule: Callable[[State, Row], None]) -> None:
        RULES[kind] = (fields, rule)

    return keep


# The store


def _till(state: State, number: Any) -> dict[str, Any]:
    return state["tills"].setdefault(str(number), {"open": False, "serving": None, "broken": None})


def _leave(state: State, customer: Any) -> None:
    for line in state["lines"].values():
        if customer in line:
            line.remove(customer)
    for till in state["tills"].values():
        if till["serving"] == customer:
            till["serving"] = None
    state["customers"].pop(str(customer), None)


@on("StoreOpened", "tills", "line")
def _(state: State, event: Row) -> None:
    state["line"] = event["line"]
    for number in range(1, event["tills"] + 1):
        _till(state, number)


@on("TillOpened", "till")
def _(state: State, event: Row) -> None:
    _till(state, event["till"])["open"] = True


@on("TillClosed", "till")
def _(state: State, event: Row) -> None:
    _till(state, event["till"])["open"] = False


@on("Arrived", "customer")
def _(state: State, event: Row) -> None:
    state["customers"][str(event["customer"])] = {"place": "door", "since": event["at"]}


@on("Joined", "customer", "line")
def _(state: State, event: Row) -> None:
    state["lines"].setdefault(str(event["line"]), []).append(event["customer"])
    state["customers"][str(event["customer"])] = {"place": f"line {event['line']}", "since": event["at"]}


@on("Started", "customer", "till")
def _(state: State, event: Row) -> None:
    _leave(state, event["customer"])
    _till(state, event["till"])["serving"] = event["customer"]
    state["customers"][str(event["customer"])] = {"place": f"till {event['till']}", "since": event["at"]}


@on("Finished", "customer", "till")
def _(state: State, event: Row) -> None:
    _leave(state, event["customer"])
    state["served"] += 1


@on("Balked", "customer")
def _(state: State, event: Row) -> None:
    _leave(state, event["customer"])
    state["balked"] += 1


@on("Reneged", "customer")
def _(state: State, event: Row) -> None:
    _leave(state, event["customer"])
    state["reneged"] += 1


# Processes and their messages. A message is known by the number of the event that sent it.


def _post(state: State, receiver: Any) -> None:
    state["mailboxes"].setdefault(str(receiver), []).append(state["n"])


def _is_clean(reason: Any) -> bool:
    return reason in ("normal", "shutdown") or (isinstance(reason, list) and reason[:1] == ["shutdown"])


def _staff(state: State, name: Any, works: bool, broken: Any = None) -> None:
    """A process called "till 2" is the clerk of till 2; one that crashes drops eggs there until the next sits down."""
    found = re.fullmatch(r"till (\w+)", str(name))
    if found:
        _till(state, found[1]).update(open=works, broken=broken)


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


# Supervisors. A child is known by its id, or by its pid where all children share one template.

TEMPLATE = "simple_one_for_one"


def _supervisor(state: State, pid: Any) -> dict[str, Any]:
    blank = {"strategy": None, "intensity": None, "period": 0, "window": [], "restarts": 0, "gave_up": None}
    return state["supervisors"].setdefault(str(pid), {**blank, "children": []})


def _child(state: State, event: Row, *waiting: str) -> dict[str, Any]:
    """The child that `event` is about. Of a template's children it is the one with that pid, or that is `waiting`."""
    supervisor = _supervisor(state, event["supervisor"])
    for child in supervisor["children"]:
        if child["id"] == event["id"] and (
            supervisor["strategy"] != TEMPLATE
            or (child["state"] in waiting if waiting else child["pid"] == event.get("pid"))
        ):
            return child
    child = {"id": event["id"], "pid": None, "type": None, "restart": None, "state": "empty", "restarts": 0}
    supervisor["children"].append(child)
    return child


def _forget_gone(state: State, event: Row) -> None:
    """A template's child that was not started again at once is forgotten by its supervisor."""
    supervisor = _supervisor(state, event["supervisor"])
    if supervisor["strategy"] == TEMPLATE:
        supervisor["children"] = [child for child in supervisor["children"] if child["state"] not in ("down", "empty")]


@on("SupervisorStarted", "pid", "strategy", "intensity", "period")
def _(state: State, event: Row) -> None:
    supervisor = _supervisor(state, event["pid"])
    for flag in ("strategy", "intensity", "period"):
        supervisor[flag] = event[flag]
    for child in event.get("children") or []:
        if event["strategy"] != TEMPLATE:
            _child(state, {"supervisor": event["pid"], "id": child})


@on("ChildStarted", "supervisor", "id", "pid")
def _(state: State, event: Row) -> None:
    again = ("restarting", "failed") if event.get("again") else ()
    if not again:
        _forget_gone(state, event)
    child = _child(state, event, *again)
    child["pid"], child["state"] = event["pid"], "empty" if event["pid"] is None else "running"
    child["type"], child["restart"] = event.get("type"), event.get("restart")


@on("ChildFailed", "supervisor", "id")
def _(state: State, event: Row) -> None:
    _child(state, event, "restarting", "failed")["state"] = "failed"


@on("ChildExited", "supervisor", "id")
def _(state: State, event: Row) -> None:
    _forget_gone(state, event)
    _child(state, event)["state"] = "down"


@on("ChildStopping", "supervisor", "id")
def _(state: State, event: Row) -> None:
    _child(state, event)["state"] = "stopping"


@on("ChildStopped", "supervisor", "id")
def _(state: State, event: Row) -> None:
    _child(state, event)["state"] = "stopped"


@on("ChildRemoved", "supervisor", "id")
def _(state: State, event: Row) -> None:
    supervisor = _supervisor(state, event["supervisor"])
    supervisor["children"] = [child for child in supervisor["children"] if child["id"] != event["id"]]


@on("Restarted", "supervisor", "id", "window", "intensity", "period")
def _(state: State, event: Row) -> None:
    supervisor = _supervisor(state, event["supervisor"])
    supervisor["window"], supervisor["period"] = list(event["window"]), event["period"]
    supervisor["intensity"] = event["intensity"]
    supervisor["restarts"] += 1
    child = _child(state, event, "down", "failed")
    child["restarts"], child["state"] = child["restarts"] + 1, "restarting"


@on("GaveUp", "supervisor", "id", "window", "intensity", "period")
def _(state: State, event: Row) -> None:
    supervisor = _supervisor(state, event["supervisor"])
    supervisor["window"], supervisor["period"] = list(event["window"]), event["period"]
    supervisor["intensity"], supervisor["gave_up"] = event["intensity"], event["id"]
