"""The ideal wires between the nodes of one building: a fixed latency, no loss, no limit; they can be cut."""

from collections.abc import Callable
from typing import Any, Literal

from letitcrash.process import events as ev
from letitcrash.process.signals import State
from letitcrash.process.terms import BadArgument

LATENCY = 0.00025
"""Seconds from one node to the other: 0.25 ms."""

Way = Literal["both", "there", "back"]


class OneWay:
    """One direction of a wire. While it is cut it holds on to what it is given, as TCP at its start would."""

    __slots__ = ("_held", "clock", "is_cut", "latency")

    def __init__(self, clock: Any, latency: float = LATENCY):
        self.clock, self.latency, self.is_cut = clock, latency, False
        self._held: list[tuple[Callable[[Any], Any], Any]] = []

    def carry(self, arrive: Callable[[Any], Any], item: Any) -> None:
        """Call `arrive(item)` when the item has reached the other end."""
        if self.is_cut:
            self._held.append((arrive, item))
        else:
            clock = self.clock
            clock.call_at(clock.now + self.latency, arrive, item)

    def heal(self) -> None:
        """Let pass again, what was held first."""
        self.is_cut = False
        held, self._held = self._held, []
        for arrive, item in held:
            self.carry(arrive, item)


class Wire:
    """The wire from the node `here` to the node `there`, and back. A signal sent before a cut still arrives.

    A connection over a cut wire keeps its signals and sends them when the wire is healed, unless the connection has
    been given up before.
    """

    def __init__(self, here: str, there: str, ways: tuple[OneWay, OneWay], note: Callable):
        self.here, self.there, self._note = here, there, note
        self._ways = dict(zip(("there", "back"), ways, strict=True))

    def __repr__(self) -> str:
        return f"<wire {self.name}>"

    @property
    def name(self) -> str:
        """Its two ends."""
        return f"{self.here}-{self.there}"

    @property
    def out(self) -> OneWay:
        """The direction from `here` to `there`."""
        return self._ways["there"]

    def reversed(self) -> "Wire":
        """The same wire, seen from its other end."""
        return Wire(self.there, self.here, (self._ways["back"], self._ways["there"]), self._note)

    def cut(self, way: Way = "both") -> None:
        """Let nothing more pass: from `here` to `there`, back, or both."""
        for one in self._chosen(way):
            one.is_cut = True
        self._note(ev.WireCut, self.name, way)

    def heal(self, way: Way = "both") -> None:
        """Let pass again."""
        self._note(ev.WireHealed, self.name, way)
        for one in self._chosen(way):
            one.heal()

    def _chosen(self, way: Any) -> list[OneWay]:
        if way not in ("both", "there", "back"):
            raise BadArgument(f'a wire is cut or healed "both" ways, "there" or "back"; got {way!r}')
        return list(self._ways.values()) if way == "both" else [self._ways[way]]


class IdealTransport:
    """The transport of one connection over one direction of a wire."""

    __slots__ = ("arrive", "way")
    counts_bytes = False

    def __init__(self, way: OneWay, arrive: Callable[[Any], Any]):
        self.way, self.arrive = way, arrive

    def carry(self, signal: Any, size_bytes: int | None) -> None:
        """Transport.carry; an ideal wire does not mind the size."""
        self.way.carry(self.arrive, signal)

    def state(self) -> State:
        """Transport.state."""
        return "cut" if self.way.is_cut else "open"
