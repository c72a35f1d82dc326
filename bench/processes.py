"""Processes and messages: what a message, a call, a process costs, beside SimPy, pykka, thespian and Erlang.

T is one `yield env.timeout(1)` of one SimPy process: the smallest thing SimPy does. Erlang runs on one scheduler and
gives its own CPU time; the size of a VM's start does not count.
"""

import random
import shutil
import subprocess
import threading
import tracemalloc
from heapq import heappop, heappush
from pathlib import Path
from time import process_time

import pykka
import simpy
from thespian.actors import Actor, ActorSystem

from bench.harness import Claim, Race
from letitcrash import World
from letitcrash.gen_server import GenServer, call
from letitcrash.process import Exit, ExitSignal

ESCRIPT = Path(__file__).with_name("processes.escript")
RING, FAN, FLIGHT = 1000, 100, 1000
FOR_EVER = 10**12  # steps an instant: these workloads stay in one instant on purpose


def world(keep: int | None = 0) -> World:
    """A world without a trace."""
    return World(keep=keep, steps_per_instant=FOR_EVER)


# SimPy


def simpy_timeouts(size: int) -> None:
    """T."""
    env = simpy.Environment()

    def clock():
        for _ in range(size):
            yield env.timeout(1)

    env.process(clock())
    env.run()


def store_ring(size: int) -> None:
    """The ring with a simpy.Store as each mailbox."""
    env = simpy.Environment()
    stores = [simpy.Store(env) for _ in range(RING)]

    def member(mine, following):
        while True:
            left = yield mine.get()
            if left:
                yield following.put(left - 1)

    for number, store in enumerate(stores):
        env.process(member(store, stores[(number + 1) % RING]))
    stores[0].put(size)
    env.run()


def any_of(size: int) -> None:
    """An answer or a time-out, the manual's way: an AnyOf alone."""
    env = simpy.Environment()

    def asks():
        for _ in range(size):
            answer = env.event()
            answer.succeed()
            yield answer | env.timeout(5)

    env.process(asks())
    env.run()


# Ours


async def passes(me, following=None):
    """A member of the ring."""
    following = following or await me.receive()
    while True:
        left = await me.receive()
        if left:
            me.send(following, left - 1)


def ring(size: int, keep: int | None = 0) -> None:
    """`size` messages round a ring of 1,000."""
    here = world(keep)
    first = here.spawn(passes)
    last = first
    for _ in range(RING - 1):
        last = here.spawn(passes, last)
    here.send(first, last)
    here.send(first, size)
    here.run()


async def echo(me):
    """Sends back what it gets."""
    while True:
        sender, message = await me.receive()
        me.send(sender, message)


async def pings(me, other, count):
    """Sends and waits, `count` times."""
    for number in range(count):
        me.send(other, (me.pid, number))
        await me.receive()


def ping_pong(size: int, keep: int | None = 0) -> None:
    """`size` messages between two."""
    here = world(keep)
    here.spawn(pings, here.spawn(echo), size // 2)
    here.run()


def fan_in(size: int) -> None:
    """`size` messages from 100 to one."""

    async def sink(me):
        while True:
            await me.receive()

    async def source(me, to):
        for number in range(size // FAN):
            me.send(to, number)

    here = world()
    to = here.spawn(sink)
    for _ in range(FAN):
        here.spawn(source, to)
    here.run()


def delayed(size: int, in_flight: int = 1) -> None:
    """`size` messages that take a second each, `in_flight` at a time."""

    async def ticks(me, count):
        for number in range(count):
            me.send_after(1.0, me.pid, number)
            await me.receive()

    here = world()
    for _ in range(in_flight):
        here.spawn(ticks, size // in_flight)
    here.run()


class Shelf(GenServer):
    """A server that answers one question."""

    async def init(self):
        """Twelve eggs."""
        self.eggs = 12

    async def handle_call(self, request, caller):
        """How many."""
        return self.eggs


def calls(size: int, timeout: float | None = None, queued: int = 0) -> None:
    """`size` calls and answers, with `queued` other messages in the caller's mailbox."""

    async def buys(me):
        for number in range(queued):
            me.send(me.pid, number)
        shelf = await Shelf.start(me)
        for _ in range(size):
            await call(me, shelf, "count", timeout)

    world().ask(buys)


def spawns(size: int) -> None:
    """`size` processes that live for one message."""

    async def brief(me, to):
        await me.receive()
        me.send(to, "done")

    async def parent(me):
        for _ in range(size):
            me.send(me.spawn(brief, me.pid), "go")
            await me.receive()

    world().ask(parent)


def crashes(size: int) -> None:
    """`size` linked processes that crash, and their exit signals."""

    async def brief(me):
        raise Exit("boom")

    async def parent(me):
        me.trap_exit = True
        for _ in range(size):
            me.spawn_link(brief)
            await me.receive(ExitSignal)

    world().ask(parent)


def idle(size: int) -> float:
    """Bytes of a process that waits."""

    async def waits(me):
        await me.receive()

    tracemalloc.start()
    here = world()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(size):
        here.spawn(waits)
    here.run()
    used = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return used / size


# Others


class PykkaPing(pykka.ThreadingActor):
    """Sends back what it gets, one less, until nothing is left."""

    def __init__(self, done):
        super().__init__()
        self.done = done

    def on_receive(self, message):
        """Back."""
        other, left = message
        if left:
            other.tell((self.actor_ref, left - 1))
        else:
            self.done.set()


def pykka_ping_pong(size: int) -> None:
    """`size` messages told between two actors."""
    done = threading.Event()
    one, two = PykkaPing.start(done), PykkaPing.start(done)
    one.tell((two, size))
    done.wait()
    one.stop()
    two.stop()


class ThespianEcho(Actor):
    """Sends back what it gets."""

    def receiveMessage(self, message, sender):
        """Back."""
        if not isinstance(message, int):
            return
        self.send(sender, message)


class ThespianPing(Actor):
    """Sends and waits."""

    def receiveMessage(self, message, sender):
        """The next one, or the end."""
        if isinstance(message, tuple):
            self.left, self.asker = message[0], sender
            self.other = message[1]
            self.send(self.other, self.left)
        elif isinstance(message, int):
            self.left -= 1
            self.send(self.other, self.left) if self.left > 0 else self.send(self.asker, "done")


def thespian_ping_pong(size: int) -> None:
    """`size` messages between two actors, in one process."""
    system = ActorSystem("simpleSystemBase", transientUnique=True)
    try:
        other = system.createActor(ThespianEcho)
        system.ask(system.createActor(ThespianPing), (size // 2, other), 60)
    finally:
        system.shutdown()


def erlang(work: str):
    """A workload on Erlang: microseconds of its CPU a piece."""

    def measure(size: int) -> float:
        done = subprocess.run(["escript", ESCRIPT, work, str(size)], capture_output=True, text=True, check=True)
        return float(done.stdout)

    return measure


# Gossip


def gossip(size: int, nodes: int = 1000) -> None:
    """60 s of `nodes` who each second ping one other, are answered, and set two timers; a piece is a message."""

    async def member(me, number, pids, chance):
        await me.sleep(chance.random())
        me.send_after(1.0, me.pid, "round")
        while True:
            match await me.receive():
                case "round":
                    me.send_after(1.0, me.pid, "round")
                    me.send_after(0.5, me.pid, "late?")
                    me.send(pids[int(chance.random() * nodes)], ("ping", me.pid))
                case ("ping", sender):
                    me.send(sender, "ack")

    here = world()
    pids, chance = [], random.Random(1)
    for number in range(nodes):
        pids.append(here.spawn(member, number, pids, chance))
    here.run(until=size / (2 * nodes))


def bare_gossip(size: int, nodes: int = 1000) -> None:
    """The same messages and timers in one heap, without processes."""
    chance = random.Random(1)
    heap, order, end = (
        [(chance.random() + 1.0, number, 0, number, 0) for number in range(nodes)],
        nodes,
        size / (2 * nodes),
    )
    heap.sort()
    while heap and heap[0][0] < end:
        now, _, kind, number, sender = heappop(heap)
        order += 1
        if kind == 0:
            heappush(heap, (now + 1.0, order, 0, number, 0))
            heappush(heap, (now + 0.5, order + 1, 3, number, 0))
            heappush(heap, (now, order + 2, 1, int(chance.random() * nodes), number))
            order += 2
        elif kind == 1:
            heappush(heap, (now, order, 2, sender, number))


def races() -> list[Race]:
    """The rows of "Processes and messages"."""
    clock = {"T": (40_000, simpy_timeouts)}
    here = shutil.which("escript") is not None

    def beside_erlang(work: str, size: int) -> dict:
        return {"Erlang": (size, erlang(work))} if here else {}

    def claims_erlang(name: str, share: float | None = None) -> list[Claim]:
        row = Claim(f"{name}, against Erlang's CPU", "ours", "Erlang", at_most=share and 1 / share)
        return [row] if here else []

    us = "us per message"
    return [
        Race(
            us,
            {
                "ours": (60_000, ring),
                **clock,
                "Store": (8_000, store_ring),
                **beside_erlang("ring", 4_000_000),
            },
            [
                Claim("ring of 1,000, in T", "ours", "T", at_most=1.0),
                Claim("ring of 1,000, against a Store each", "ours", "Store", at_least=4),
                *claims_erlang("ring of 1,000"),
            ],
            ("simpy",),
        ),
        Race(
            us,
            {
                "ours": (60_000, ping_pong),
                **clock,
                "pykka": (4_000, pykka_ping_pong),
                "thespian": (6_000, thespian_ping_pong),
                "ring buffer": (60_000, lambda size: ping_pong(size, 1000)),
                "list": (60_000, lambda size: ping_pong(size, None)),
                **beside_erlang("ping_pong", 4_000_000),
            },
            [
                Claim("ping-pong, in T", "ours", "T", at_most=1.0),
                Claim("ping-pong, against pykka's tell", "ours", "pykka", at_least=30),
                Claim("ping-pong, against thespian", "ours", "thespian", at_least=10),
                Claim("trace in a ring buffer, against none", "ring buffer", "ours", at_most=1.6),
                Claim("trace in a list, against none", "list", "ours", at_most=2.0),
                *claims_erlang("ping-pong", 0.4),
            ],
            ("simpy", "pykka", "thespian"),
        ),
        Race(
            us,
            {
                "fan": (100_000, fan_in),
                "one": (30_000, delayed),
                "many": (50_000, lambda size: delayed(size, FLIGHT)),
                **clock,
            },
            [
                Claim("fan-in, 100 to 1, in T", "fan", "T", at_most=0.4),
                Claim("delayed message, 1 in flight, in T", "one", "T", at_most=1.5),
                Claim("delayed message, 1,000 in flight, in T", "many", "T", at_most=3),
            ],
            ("simpy",),
        ),
        Race(
            "us per call",
            {
                "ours": (20_000, calls),
                "with time-out": (20_000, lambda size: calls(size, 5.0)),
                "queued": (20_000, lambda size: calls(size, None, 10_000)),
                "AnyOf": (10_000, any_of),
                **clock,
                **beside_erlang("call", 1_000_000),
            },
            [
                Claim("call and answer, in T", "ours", "T", at_most=5),
                Claim("call and answer with time-out, in T", "with time-out", "T", at_most=9),
                Claim("call with time-out, against AnyOf alone", "with time-out", "AnyOf"),
                Claim("call with 10,000 messages queued, against none", "queued", "ours", at_most=2),
                *claims_erlang("call and answer", 0.25),
            ],
            ("simpy",),
        ),
        Race(
            "us per process",
            {
                "ours": (20_000, spawns),
                "crash": (20_000, crashes),
                **clock,
                **beside_erlang("spawn", 500_000),
            },
            [
                Claim("spawn, one message, exit, in T", "ours", "T", at_most=5),
                Claim("link, crash, exit signal, in T", "crash", "T", at_most=5),
                *claims_erlang("spawn, one message, exit", 0.25),
            ],
            ("simpy",),
        ),
        Race(
            "bytes",
            {"ours": (10_000, idle), "2 kB": (1, lambda size: 2000.0)},
            [Claim("an idle process, 10,000 of them", "ours", "2 kB", at_most=1)],
        ),
        Race(
            us,
            {"ours": (120_000, gossip), "bare": (120_000, bare_gossip)},
            [Claim("gossip of 1,000 nodes, against a bare heap", "ours", "bare", at_most=3)],
            ("simpy",),
        ),
        Race(
            "seconds",
            {"ours": (200_000, gossip_10_000), "15 s": (1, lambda size: 15.0)},
            [Claim("gossip of 10,000 nodes, 60 s, in 15 s", "ours", "15 s", at_most=1)],
        ),
    ]


def gossip_10_000(size: int) -> float:
    """CPU seconds of the gossip of 10,000 nodes for 60 s: six times those of its first 10 s."""
    began = process_time()
    gossip(size, 10_000)
    return 6.0 * (process_time() - began)
