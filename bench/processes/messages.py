"""Messages in one instant: round a ring, there and back, from many to one; with a trace and without."""

import simpy

from bench.harness import Claim, Race
from bench.processes.actors import pykka_ping_pong, thespian_ping_pong
from bench.processes.yardsticks import T, beside_erlang, erlang, world

RING, FAN = 1000, 100


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


def races() -> list[Race]:
    """Ring, ping-pong, fan-in."""
    us = "us per message"
    return [
        Race(
            us,
            {
                "ours": (60_000, ring),
                **T,
                "Store": (8_000, store_ring),
                **erlang("ring", 4_000_000),
            },
            [
                Claim("ring of 1,000, in T", "ours", "T", at_most=1.0),
                Claim("ring of 1,000, against a Store each", "ours", "Store", at_least=4),
                *beside_erlang("ring of 1,000"),
            ],
            ("simpy",),
        ),
        Race(
            us,
            {
                "ours": (60_000, ping_pong),
                **T,
                "pykka": (4_000, pykka_ping_pong),
                "thespian": (6_000, thespian_ping_pong),
                "ring buffer": (60_000, lambda size: ping_pong(size, 1000)),
                "list": (60_000, lambda size: ping_pong(size, None)),
                **erlang("ping_pong", 4_000_000),
            },
            [
                Claim("ping-pong, in T", "ours", "T", at_most=1.0),
                Claim("ping-pong, against pykka's tell", "ours", "pykka", at_least=30),
                Claim("ping-pong, against thespian", "ours", "thespian", at_least=10),
                Claim("trace in a ring buffer, against none", "ring buffer", "ours", at_most=1.6),
                Claim("trace in a list, against none", "list", "ours", at_most=2.0),
                *beside_erlang("ping-pong", 0.4),
            ],
            ("simpy", "pykka", "thespian"),
        ),
        Race(
            us,
            {"fan": (100_000, fan_in), **T},
            [Claim("fan-in, 100 to 1, in T", "fan", "T", at_most=0.4)],
            ("simpy",),
        ),
    ]
