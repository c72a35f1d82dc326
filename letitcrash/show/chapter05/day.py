"""The result of a day in the store of chapter 5: fates from the door, the rest read from the trace."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from letitcrash.gen_server import Answer, Call
from letitcrash.process import Pid
from letitcrash.process import events as ev
from letitcrash.trace import Trace

FATES = ("served", "sold out", "sent away")


@dataclass(frozen=True)
class Day:
    """One day: its `trace`, each customer's fate and reason (`fates`); `stands` is false if the tree fell."""

    trace: Trace
    fates: Mapping[Pid, tuple[str, Any]]
    stands: bool

    @cached_property
    def counts(self) -> dict[str, int]:
        """The number of customers with each fate."""
        all_fates = [fate for fate, _ in self.fates.values()]
        return {fate: all_fates.count(fate) for fate in FATES}

    @cached_property
    def reasons(self) -> list[Any]:
        """The reasons of the customers who were sent away."""
        return [why for fate, why in self.fates.values() if fate == "sent away"]

    @cached_property
    def restarts(self) -> int:
        """The number of restarts by supervisors."""
        return len(self.trace.of(ev.Restarted))

    @cached_property
    def book(self) -> list[tuple[float, dict[str, int], int]]:
        """The book of the office, as written: second, stock, free places."""
        return [(event.at, *call.request[1:]) for event, call in _calls(self.trace) if call.request[0] == "write"]

    def moves(self) -> Iterator[tuple[float, str, int]]:
        """The things that really came onto the shelf and left it: second, article, how many.

        Things leave when the process that asked for them gets the answer; a box comes with the answer to its bringer.
        """
        asked: dict[Any, tuple] = {}
        for event in self.trace.of(ev.Sent, ev.Received):
            if isinstance(event, ev.Sent) and type(event.message) is Call and type(event.message.request) is tuple:
                asked[event.message.caller] = event.message.request
            elif isinstance(event, ev.Received) and type(event.message) is Answer:
                match asked.get(event.message.ref), event.message.value:
                    case ("take", items), int():
                        yield from ((event.at, item, -1) for item in items)
                    case ("put", item, count), "on the shelf":
                        yield event.at, item, count

    def phantoms(self, morning: Mapping[str, int]) -> int:
        """The number of things sold that were not there, if the shelf began with the stock of this `morning`."""
        there, sold = dict(morning), 0
        for _, item, count in self.moves():
            there[item] = there.get(item, 0) + count
            sold += count < 0 and there[item] < 0
        return sold


def _calls(trace: Trace) -> Iterator[tuple[ev.Sent, Call]]:
    for event in trace.of(ev.Sent):
        if type(event.message) is Call and type(event.message.request) is tuple:
            yield event, event.message
