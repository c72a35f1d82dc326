"""The store: customers, lines and tills."""

from typing import Any

from letitcrash.show.player.rules import Row, State, on, till


def _leave(state: State, customer: Any) -> None:
    for line in state["lines"].values():
        if customer in line:
            line.remove(customer)
    for each in state["tills"].values():
        if each["serving"] == customer:
            each["serving"] = None
    state["customers"].pop(str(customer), None)


@on("StoreOpened", "tills", "line")
def _(state: State, event: Row) -> None:
    state["line"] = event["line"]
    for number in range(1, event["tills"] + 1):
        till(state, number)


@on("TillOpened", "till")
def _(state: State, event: Row) -> None:
    till(state, event["till"])["open"] = True


@on("TillClosed", "till")
def _(state: State, event: Row) -> None:
    till(state, event["till"])["open"] = False


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
    till(state, event["till"])["serving"] = event["customer"]
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
