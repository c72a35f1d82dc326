"""Calls to one number: the time to connect with a cold, a warm and a wrong cache."""

from typing import NamedTuple

from letitcrash.caching import Cache
from letitcrash.show import charts
from letitcrash.show.figure import Figure
from letitcrash.show.palette import BRICK, TEAL

DOCUMENTS = ("number", "account", "phone")  # read in this order for each call, the second by what the first says
OFFICE, SHELF = 0.1, 0.001  # seconds that a document takes from the office, and from the cache
PATIENCE = 4.0  # seconds after which a call to a phone that does not answer looks it up anew
TTL = 900.0
EXISTS, MOVES = 310.0, 1320.0  # seconds: from when the number exists, and when its phone moves to another address
CALLS = tuple(30.0 * number for number in range(60))  # half an hour, a call every half minute


class Call(NamedTuple):
    """A call: its second, the seconds until the phone rings (None: it does not), the state of the cache, and questions.

    `asked` counts the documents that the office was asked for.
    """

    at: float
    took: float | None
    cache: str
    asked: int


def office(document: str, now: float) -> str | None:
    """The document as the office has it now; None where there is none."""
    if now < EXISTS:
        return None
    return "address 2" if document == "phone" and now >= MOVES else "address 1"


def half_an_hour(negative: float) -> list[Call]:
    """The calls, when the answer that there is no such number is remembered for `negative` seconds."""
    shelf, no_such, calls = Cache(TTL), Cache(negative), []

    def look_up(document: str, now: float) -> tuple[str | None, float]:
        for cache in (shelf, no_such):
            if entry := cache.get(document, now):
                return entry.value, SHELF
        value = office(document, now)
        (no_such if value is None else shelf).put(document, value, now)
        return value, OFFICE

    for at in CALLS:
        took, value, asked = 0.0, None, 0
        for document in DOCUMENTS:
            value, seconds = look_up(document, at)
            took, asked = took + seconds, asked + (seconds == OFFICE)
            if value is None:
                break
        state = "warm" if took < OFFICE else "cold"
        if value is not None and value != office("phone", at):
            shelf.drop("phone")
            took, state, asked = took + PATIENCE + look_up("phone", at)[1], "wrong", asked + 1
        calls.append(Call(at, None if value is None else took, "no such number" if value is None else state, asked))
    return calls


def refused(calls: list[Call]) -> int:
    """The calls that were refused although the number existed."""
    return sum(call.took is None and call.at >= EXISTS for call in calls)


def connecting(negative: float) -> Figure:
    """The time to connect of each call, on a scale of powers of ten; refused calls as crosses above them."""
    calls = half_an_hour(negative)
    took = {state: max([call.took for call in calls if call.cache == state], default=0.0) for state in
            ("cold", "warm", "wrong")}  # fmt: skip
    reading = (
        f"Cold, a call connects after {took['cold']:.3f} s, warm after {took['warm']:.3f}, wrong after "
        f"{took['wrong']:.3f}. {refused(calls)} calls are refused though the number exists, and the office is asked "
        f"{sum(call.asked for call in calls)} times."
    )
    minutes = lambda rows: [call.at / 60 for call in rows]
    through, not_through = [call for call in calls if call.took], [call for call in calls if not call.took]
    marks = [
        {"type": "scatter", "mode": "markers", "name": "connects", "x": minutes(through),
         "y": [call.took for call in through], "marker": {"color": TEAL, "size": 8}},
        {"type": "scatter", "mode": "markers", "name": "no such number", "x": minutes(not_through),
         "y": [20] * len(not_through), "marker": {"color": BRICK, "size": 8, "symbol": "x"}},
    ]  # fmt: skip
    layout = charts.axes("minutes", "seconds until the phone rings", (0, 30), (-3, 1.6))
    layout["yaxis"] |= {
        "type": "log",
        "tickvals": [0.001, 0.01, 0.1, 1, 10],
        "ticktext": ["0.001", "0.01", "0.1", "1", "10"],
    }
    return Figure(marks, layout, reading=reading)
