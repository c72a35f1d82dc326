"""Supervisors. A child is known by its id, or by its pid where all children share one template.

A child is "waiting" from its supervisor's first word of it until it is started, and again when it was stopped because
a sibling is restarted: it will be started again. Stopped with no sibling on its way back, it is "stopped", on purpose.
"""

from typing import Any

from letitcrash.show.player.rules import Row, State, on

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
    for id in event.get("children") or []:
        if event["strategy"] != TEMPLATE:
            child = _child(state, {"supervisor": event["pid"], "id": id})
            if child["pid"] is None:
                child["state"] = "waiting"


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
    siblings = _supervisor(state, event["supervisor"])["children"]
    back = any(child["state"] == "restarting" for child in siblings)
    _child(state, event)["state"] = "waiting" if back else "stopped"


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
