"""Lives: a process that is born, does little and ends; one that crashes; ten thousand that wait."""

import tracemalloc

from bench.harness import Claim, Race
from bench.processes.yardsticks import T, beside_erlang, erlang, world
from letitcrash.process import Exit, ExitSignal


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


def races() -> list[Race]:
    """Births, crashes, memory."""
    return [
        Race(
            "us per process",
            {
                "ours": (20_000, spawns),
                "crash": (20_000, crashes),
                **T,
                **erlang("spawn", 500_000),
            },
            [
                Claim("spawn, one message, exit, in T", "ours", "T", at_most=5),
                Claim("link, crash, exit signal, in T", "crash", "T", at_most=5),
                *beside_erlang("spawn, one message, exit", 0.25),
            ],
            ("simpy",),
        ),
        Race(
            "bytes",
            {"ours": (10_000, idle), "2 kB": (1, lambda size: 2000.0)},
            [Claim("an idle process, 10,000 of them", "ours", "2 kB", at_most=1)],
        ),
    ]
