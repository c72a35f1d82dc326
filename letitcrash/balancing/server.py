"""The same stores as processes: the man at the door, the board on the wall, and stores whose clerks are timers."""

from collections import deque
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from random import Random
from typing import Any

from letitcrash.balancing import events as ev
from letitcrash.balancing.balancers import at_door
from letitcrash.balancing.faults import Dark, edges, faults_at
from letitcrash.balancing.knowledge import Knowledge
from letitcrash.gen_server import GenServer, NoReply, call, reply
from letitcrash.process import Ref
from letitcrash.queueing.events import Finished, Joined, Started


@dataclass(frozen=True, slots=True)
class Visit:
    """A question to a store: serve `customer`, which takes `work` seconds. The answer is "served", "dark" or "full"."""

    customer: int
    work: float


@dataclass(frozen=True, slots=True)
class Directions:
    """A question to a door: which store is `customer` to go to? The answer is its number, from 0, or None."""

    customer: int


@dataclass(frozen=True, slots=True)
class Back:
    """Word to a door: a customer has come back from `store`, served or not (`ok`), after `took` seconds."""

    store: int
    ok: bool
    took: float


@dataclass(frozen=True, slots=True)
class TillDone:
    """Word of a timer to its store: `till` has done its work."""

    till: int


@dataclass(frozen=True, slots=True)
class SaySorry:
    """Word of a timer to its store: tell `customer` at the dark door, who asked as `caller`."""

    customer: int
    caller: Ref


class Door(GenServer):
    """The man at the door: he is asked for `Directions` and told of each customer who is `Back`.

    `rule` is one of those that `run_stores` takes, `board` the name or pid of a Board that he reads each time,
    `outliers` an `Outliers` of his own. `number` counts the doors from 0: the turns of door d begin at store d.
    """

    async def init(
        self,
        rule: Any,
        stores: int,
        board: Any = None,
        outliers: Any = None,
        number: int = 0,
        chance: Random | None = None,
    ):
        """Take post, having sent nobody anywhere."""
        chance = chance or self.me.random(f"door {number + 1}")
        self.knowledge = Knowledge(stores, at_door(rule, stores, chance, number), outliers)
        self.knowledge.note = lambda kind, at, *fields: self.me.node.note(kind, *fields)
        self.board = board

    async def handle_call(self, request: Directions, caller: Ref) -> int | None:
        """Choose a store."""
        match request:
            case Directions(customer):
                if self.board is not None:
                    self.knowledge.paint(*await call(self.me, self.board, "read"))
                store, seen = self.knowledge.choose(self.me.now)
                self.me.node.note(ev.Directed, customer, 0 if store is None else store + 1, seen.inside)
                if store is not None:
                    self.knowledge.inside[store] += 1
                return store

    async def handle_cast(self, message: Back) -> None:
        """Count one customer less inside, and remember how it went."""
        match message:
            case Back(store, ok, took):
                self.knowledge.inside[store] -= 1
                self.knowledge.heard(store, ok, took, self.me.now)


class Board(GenServer):
    """The board on the wall: every `every` seconds it asks each of `stores` how many are inside, and paints that.

    Asked to "read", it answers with the counts and the second of their painting.
    """

    async def init(self, stores: tuple, every: float):
        """Paint it for the first time."""
        self.stores, self.every, self.paintings = stores, every, 0
        await self.paint()

    async def paint(self) -> None:
        """Ask the stores, paint, and set the timer for the next time."""
        self.counts = tuple([await call(self.me, store, "inside") for store in self.stores])
        self.painted = self.me.now
        self.me.node.note(ev.BoardPainted, self.counts)
        self.paintings += 1
        self.me.send_after(max(0.0, self.paintings * self.every - self.me.now), self.me.pid, "paint")

    async def handle_call(self, request: str, caller: Ref) -> tuple[tuple[int, ...], float]:
        """Let the board be read."""
        match request:
            case "read":
                return self.counts, self.painted

    async def handle_info(self, message: str) -> None:
        """Paint when the timer says so."""
        match message:
            case "paint":
                await self.paint()


class Store(GenServer):
    """Store number `number` (from 0) with `tills` tills; its first till is `first_till` in the trace.

    It answers a `Visit` when the customer has been served, or with "dark" or "full"; asked for "inside", with how many
    are there. A customer who stops waiting for the answer is served all the same.
    """

    async def init(
        self, number: int, tills: int, first_till: int, room: int | None = None, dark: tuple[Dark, ...] = ()
    ):
        """Open all tills."""
        self.number, self.room, self.dark = number, room, dark
        self.line: deque[tuple[Visit, Ref]] = deque()
        self.idle = list(range(first_till, first_till + tills))
        heapify(self.idle)
        self.serving: dict[int, tuple[Visit, Ref]] = {}
        for moment in edges(dark):
            self.me.send_after(moment - self.me.now, self.me.pid, "lights")

    async def handle_call(self, request: Visit | str, caller: Ref) -> Any:
        """Let a customer in, or say sorry."""
        match request:
            case "inside":
                return len(self.line) + len(self.serving)
            case Visit(customer):
                if dark := faults_at(self.dark, self.me.now):
                    if not dark[0].sorry:
                        return self.refuse(customer, "dark")
                    self.me.send_after(dark[0].sorry, self.me.pid, SaySorry(customer, caller))
                    return NoReply()
                if not self.idle and self.room is not None and len(self.line) >= self.room:
                    return self.refuse(customer, "full")
                self.me.node.note(Joined, customer, self.number + 1)
                self.line.append((request, caller))
                self.start_next()
                return NoReply()

    async def handle_info(self, message: Any) -> None:
        """Hear from a till that it is done, or tell a customer at the dark door."""
        match message:
            case TillDone(till):
                visit, caller = self.serving.pop(till)
                heappush(self.idle, till)
                self.me.node.note(Finished, visit.customer, till)
                reply(self.me, caller, "served")
                self.start_next()
            case SaySorry(customer, caller):
                reply(self.me, caller, self.refuse(customer, "dark"))
            case "lights":
                is_dark = faults_at(self.dark, self.me.now)
                self.me.node.note(ev.LightsOut if is_dark else ev.LightsOn, self.number + 1)

    def refuse(self, customer: int, why: str) -> str:
        """Say sorry."""
        self.me.node.note(ev.Refused, customer, self.number + 1, why)
        return why

    def start_next(self) -> None:
        """Put the first of the line to a free till."""
        while self.line and self.idle:
            visit, caller = self.line.popleft()
            till = heappop(self.idle)
            self.serving[till] = visit, caller
            self.me.node.note(Started, visit.customer, till)
            self.me.send_after(visit.work, self.me.pid, TillDone(till))
