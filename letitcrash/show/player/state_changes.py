"""The changes that events make to a state, by name, for the event table; `js/state_changes.js` has the same ones."""

import re
from collections.abc import Callable
from typing import Any

State = dict[str, Any]
CHANGES: dict[str, Callable[..., None]] = {}
TEMPLATE = "simple_one_for_one"


def change(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Keep the function below as the change of that name."""

    def keep(function: Callable[..., None]) -> Callable[..., None]:
        CHANGES[name] = function
        return function

    return keep


# Stores


def _till(state: State, number: Any) -> dict[str, Any]:
    return state["tills"].setdefault(str(number), {"open": False, "serving": None, "broken": None, "drops": 0})


@change("set")
def _(state: State, key: str, value: Any) -> None:
    state[key] = value


@change("count")
def _(state: State, key: str) -> None:
    state[key] += 1


@change("open store")
def _(state: State, tills: int) -> None:
    for number in range(1, tills + 1):
        _till(state, number)


@change("set till")
def _(state: State, number: Any, key: str, value: Any) -> None:
    _till(state, number)[key] = value


@change("place")
def _(state: State, customer: Any, at: float, *place: Any) -> None:
    state["customers"][str(customer)] = {"place": " ".join(map(str, place)), "since": at}


@change("queue")
def _(state: State, customer: Any, line: Any) -> None:
    state["lines"].setdefault(str(line), []).append(customer)


@change("leave")
def _(state: State, customer: Any) -> None:
    for line in state["lines"].values():
        if customer in line:
            line.remove(customer)
    for till in state["tills"].values():
        if till["serving"] == customer:
            till["serving"] = None
    state["customers"].pop(str(customer), None)


# Several stores


def _store(state: State, number: Any) -> dict[str, Any]:
    return state["stores"].setdefault(str(number), {"tills": [], "is_dark": False, "is_out": False})


@change("open stores")
def _(state: State, stores: list[int]) -> None:
    first = 1
    for number, tills in enumerate(stores, start=1):
        _store(state, number)["tills"] = list(range(first, first + tills))
        for till in _store(state, number)["tills"]:
            _till(state, till)["open"] = True
        first += tills


@change("set store")
def _(state: State, number: Any, key: str, value: Any) -> None:
    _store(state, number)[key] = value


@change("paint board")
def _(state: State, counts: list[int], at: float) -> None:
    state["board"] = {"counts": counts, "at": at}


@change("direct")
def _(state: State, customer: Any, store: Any, seen: list[int], at: float) -> None:
    state["door"], state["sorry"] = {"customer": customer, "store": store, "seen": seen, "at": at}, None
    state["customers"][str(customer)] = {"place": f"way {store}", "since": at}


@change("say sorry")
def _(state: State, customer: Any, store: Any, why: str, at: float) -> None:
    state["sorry"] = {"customer": customer, "store": store, "why": why, "at": at}
    state["refused"] += 1
    for line in state["lines"].values():
        if customer in line:
            line.remove(customer)
    state["customers"][str(customer)] = {"place": "door", "since": at}


# Shelves


def _shelf(state: State, number: Any) -> dict[str, Any]:
    return state["shelves"].setdefault(str(number), {"labels": {}, "fetching": {}, "waits": {}, "last": None})


@change("open shelves")
def _(state: State, shelves: int, ttl: float | None) -> None:
    state["ttl"] = ttl
    for number in range(1, shelves + 1):
        _shelf(state, number)


@change("note change")
def _(state: State, key: str, at: float) -> None:
    state["changed"][key] = at


@change("look")
def _(state: State, customer: Any, number: Any, key: str, outcome: str, at: float) -> None:
    shelf = _shelf(state, number)
    shelf["last"] = {"customer": customer, "key": key, "outcome": outcome, "at": at}
    if outcome == "miss":
        shelf["waits"].setdefault(key, []).append(customer)


@change("start fetch")
def _(state: State, number: Any, key: str, at: float) -> None:
    _shelf(state, number)["fetching"][key] = at


@change("end fetch")
def _(state: State, number: Any, key: str) -> None:
    _shelf(state, number)["fetching"].pop(key, None)
    _shelf(state, number)["waits"].pop(key, None)


@change("put label")
def _(state: State, number: Any, key: str, got: float) -> None:
    _shelf(state, number)["labels"][key] = got


@change("drop label")
def _(state: State, number: Any, key: str) -> None:
    _shelf(state, number)["labels"].pop(key, None)


@change("clear shelf")
def _(state: State, number: Any) -> None:
    _shelf(state, number)["labels"] = {}


# Processes. A message is known by the number of the event that sent it.


def is_clean(reason: Any) -> bool:
    """True when the reason, as a trace writes it, is an ordinary end."""
    return reason in ("normal", "shutdown") or (isinstance(reason, list) and reason[:1] == ["shutdown"])


def _staff(state: State, name: Any, works: bool, broken: Any = None) -> None:
    """A process called "till 2" is the clerk of till 2; one that crashes drops eggs there until the next sits down."""
    found = re.fullmatch(r"till (\w+)", str(name))
    if found:
        _till(state, found[1]).update(open=works, broken=broken)
        _till(state, found[1])["drops"] += broken is not None


@change("spawn")
def _(state: State, pid: Any, name: Any, parent: Any, body: Any) -> None:
    known = {"name": name, "body": body, "parent": parent}
    state["processes"][str(pid)] = {**known, "alive": True, "reason": None, "busy": 0, "traps": False}
    _staff(state, name, works=True)


@change("exit")
def _(state: State, pid: Any, reason: Any) -> None:
    blank = {"name": None, "body": None, "parent": None, "busy": 0, "traps": False}
    process = state["processes"].setdefault(str(pid), blank)
    process["alive"], process["reason"] = False, reason
    state["mailboxes"].pop(str(pid), None)
    state["links"] = [pair for pair in state["links"] if str(pid) not in pair]
    _staff(state, process["name"], works=False, broken=None if is_clean(reason) else reason)


@change("set process")
def _(state: State, pid: Any, key: str, value: Any) -> None:
    if str(pid) in state["processes"]:
        state["processes"][str(pid)][key] = value


@change("register")
def _(state: State, name: Any, pid: Any) -> None:
    state["names"][name] = pid


@change("unregister")
def _(state: State, name: Any) -> None:
    state["names"].pop(name, None)


@change("link")
def _(state: State, pid: Any, other: Any) -> None:
    pair = sorted([str(pid), str(other)])
    if pair not in state["links"]:
        state["links"].append(pair)


@change("unlink")
def _(state: State, pid: Any, other: Any) -> None:
    pair = sorted([str(pid), str(other)])
    state["links"] = [kept for kept in state["links"] if kept != pair]


@change("post")
def _post(state: State, receiver: Any) -> None:
    state["mailboxes"].setdefault(str(receiver), []).append(state["n"])


@change("deliver signal")
def _(state: State, receiver: Any, outcome: str) -> None:
    if outcome == "message":
        _post(state, receiver)


@change("take")
def _(state: State, pid: Any, position: int) -> None:
    mailbox = state["mailboxes"].get(str(pid), [])
    if 0 <= position < len(mailbox):
        mailbox.pop(position)


@change("set timer")
def _(state: State, ref: Any, receiver: Any, due: float, at: float) -> None:
    state["timers"] = {ref: timer for ref, timer in state["timers"].items() if timer["due"] > at}
    state["timers"][str(ref)] = {"receiver": receiver, "due": due}


@change("cancel timer")
def _(state: State, ref: Any) -> None:
    state["timers"].pop(str(ref), None)


# Nodes


@change("set node")
def _(state: State, node: str, condition: str) -> None:
    state["nodes"][node] = condition


def _wire(state: State, wire: str) -> dict[str, Any]:
    """One direction of a wire, as its signals have it."""
    return state["wires"].setdefault(wire, {"is_cut": False, "carries": []})


def _back(state: State, wire: str) -> str:
    """The other direction of a wire; its nodes, whose names may have hyphens too, have started before."""
    nodes = state["nodes"]
    ends = (node for node in nodes if wire.startswith(f"{node}-") and wire[len(node) + 1 :] in nodes)
    here = next(ends, wire.split("-")[0])
    return f"{wire[len(here) + 1 :]}-{here}"


@change("set ways")
def _(state: State, wire: str, way: str, is_cut: bool) -> None:
    if way != "back":
        _wire(state, wire)["is_cut"] = is_cut
    if way != "there":
        _wire(state, _back(state, wire))["is_cut"] = is_cut


@change("depart")
def _(state: State, wire: str, number: int) -> None:
    _wire(state, wire)["carries"].append(number)


@change("arrive")
def _(state: State, wire: str, number: int) -> None:
    carries = _wire(state, wire)["carries"]
    if number in carries:
        carries.remove(number)


# Supervisors


def _supervisor(state: State, pid: Any) -> dict[str, Any]:
    blank = {"strategy": None, "intensity": None, "period": 0, "window": [], "restarts": 0, "gave_up": None}
    return state["supervisors"].setdefault(str(pid), {**blank, "children": []})


def _child(state: State, supervisor: Any, id: Any, pid: Any, *waiting: str) -> dict[str, Any]:
    """The child with this id. Of a template's children it is the one with that pid, or that is `waiting`."""
    known = _supervisor(state, supervisor)
    for child in known["children"]:
        fits = child["state"] in waiting if waiting else child["pid"] == pid
        if child["id"] == id and (known["strategy"] != TEMPLATE or fits):
            return child
    child = {"id": id, "pid": None, "type": None, "restart": None, "state": "empty", "restarts": 0}
    known["children"].append(child)
    return child


def _forget_gone(state: State, supervisor: Any) -> None:
    """A template's child that was not started again at once is forgotten by its supervisor."""
    known = _supervisor(state, supervisor)
    if known["strategy"] == TEMPLATE:
        known["children"] = [child for child in known["children"] if child["state"] not in ("down", "empty")]


@change("start supervisor")
def _(state: State, pid: Any, strategy: str, intensity: int, period: float, children: list | None) -> None:
    _supervisor(state, pid).update(strategy=strategy, intensity=intensity, period=period)
    for id in (children or []) if strategy != TEMPLATE else ():
        child = _child(state, pid, id, None)
        if child["pid"] is None:
            child["state"] = "waiting"


@change("start child")
def _(state: State, supervisor: Any, id: Any, pid: Any, again: Any, type: Any, restart: Any) -> None:
    if not again:
        _forget_gone(state, supervisor)
    child = _child(state, supervisor, id, pid, *(("restarting", "failed") if again else ()))
    child.update(pid=pid, state="empty" if pid is None else "running", type=type, restart=restart)


@change("fail child")
def _(state: State, supervisor: Any, id: Any, pid: Any) -> None:
    _child(state, supervisor, id, pid, "restarting", "failed")["state"] = "failed"


@change("lose child")
def _(state: State, supervisor: Any, id: Any, pid: Any) -> None:
    _forget_gone(state, supervisor)
    _child(state, supervisor, id, pid)["state"] = "down"


@change("stop child")
def _(state: State, supervisor: Any, id: Any, pid: Any) -> None:
    _child(state, supervisor, id, pid)["state"] = "stopping"


@change("stopped child")
def _(state: State, supervisor: Any, id: Any, pid: Any) -> None:
    returns = any(child["state"] == "restarting" for child in _supervisor(state, supervisor)["children"])
    _child(state, supervisor, id, pid)["state"] = "waiting" if returns else "stopped"


@change("remove child")
def _(state: State, supervisor: Any, id: Any) -> None:
    known = _supervisor(state, supervisor)
    known["children"] = [child for child in known["children"] if child["id"] != id]


@change("set window")
def _(state: State, supervisor: Any, window: list, intensity: int, period: float) -> None:
    _supervisor(state, supervisor).update(window=list(window), intensity=intensity, period=period)


@change("count restart")
def _(state: State, supervisor: Any, id: Any, pid: Any) -> None:
    _supervisor(state, supervisor)["restarts"] += 1
    child = _child(state, supervisor, id, pid, "down", "failed")
    child.update(restarts=child["restarts"] + 1, state="restarting")


@change("give up")
def _(state: State, supervisor: Any, id: Any) -> None:
    _supervisor(state, supervisor)["gave_up"] = id
