"""Messages that take their time: a timer each, and a wire with latency, jitter and bandwidth.

The library has no wire yet: roads are part III's, with loss, cuts and dollars, and their interface is made there. The
part on which a wire will stand is measured. Its delays are arithmetic, and a message is one event in SimPy's heap.
"""

import random
from collections.abc import Callable

import simpy

from bench.harness import Claim, Race
from bench.processes.yardsticks import T, world

FLIGHT = 1000
LATENCY, JITTER = 0.04, 0.01  # seconds
BANDWIDTH = 1e6  # bytes a second
GAP, SIZE = 0.005, 4000  # seconds between messages, bytes of one: the wire is busy 80 % of the time


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


class Wire:
    """Messages leave one after the other, each for as long as its bytes take, and arrive after latency and jitter."""

    def __init__(self, chance: Callable[[], float]):
        self.chance, self.free = chance, 0.0

    def carry(self, me, to, message, size: int) -> None:
        """Send `message` of `size` bytes."""
        now = me.now
        self.free = (self.free if self.free > now else now) + size / BANDWIDTH
        me.send_after(self.free - now + LATENCY + JITTER * self.chance(), to, message)


def wired(size: int) -> None:
    """`size` messages from a source over a wire to a sink."""

    async def sink(me):
        for _ in range(size):
            await me.receive()

    async def source(me, wire, to):
        for number in range(size):
            await me.sleep(chance.expovariate(1 / GAP))
            wire.carry(me, to, number, SIZE)

    chance = random.Random(1)
    here = world()
    here.spawn(source, Wire(random.Random(2).random), here.spawn(sink))
    here.run()
    assert not here.processes()  # all have arrived


def wired_by_hand(size: int) -> None:
    """The same in SimPy as its manual shows: the wire a Resource, the sink's mailbox a Store, a process a message."""
    chance, jitter = random.Random(1), random.Random(2)
    env = simpy.Environment()
    wire, mailbox = simpy.Resource(env), simpy.Store(env)

    def carry(number):
        with wire.request() as turn:
            yield turn
            yield env.timeout(SIZE / BANDWIDTH)
        yield env.timeout(LATENCY + JITTER * jitter.random())
        yield mailbox.put(number)

    def source():
        for number in range(size):
            yield env.timeout(chance.expovariate(1 / GAP))
            env.process(carry(number))

    def sink():
        for _ in range(size):
            yield mailbox.get()

    env.process(source())
    arrived = env.process(sink())
    env.run()
    assert not arrived.is_alive


def races() -> list[Race]:
    """Delayed messages, and those over a wire."""
    us = "us per message"
    return [
        Race(
            us,
            {"one": (30_000, delayed), "many": (50_000, lambda size: delayed(size, FLIGHT)), **T},
            [
                Claim("delayed message, 1 in flight, in T", "one", "T", at_most=1.5),
                Claim("delayed message, 1,000 in flight, in T", "many", "T", at_most=3),
            ],
            ("simpy",),
        ),
        Race(
            us,
            {"wire": (20_000, wired), "Resource": (4_000, wired_by_hand), **T},
            [
                Claim("message over a wire, source and sink, in T", "wire", "T", at_most=6),
                Claim("message over a wire, against Resource and Store", "wire", "Resource"),
            ],
            ("simpy",),
        ),
    ]
