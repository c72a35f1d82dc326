"""The Thursday on which a smudged label stayed in the freezer clerk's hand."""

from contextlib import suppress
from itertools import takewhile

from letitcrash.process import Process, TimeStandsStill
from letitcrash.process import events as ev
from letitcrash.trace import Event, Trace
from letitcrash.world import World

LABEL = "2,4?"


async def clerk(me: Process, label: str) -> None:
    """Reads the price on the label in hand."""
    float(label)


async def manager(me: Process, label: str) -> None:
    """Hires a clerk, waits for the message that the clerk is gone, and hires the next."""
    while True:
        _, ref = me.spawn_monitor(clerk, label)
        await me.receive(ref)


def store() -> World:
    """A store with this manager. To run it raises TimeStandsStill, since hiring takes no time."""
    world = World(steps_per_instant=10_000)
    world.spawn(manager, LABEL, name="manager")
    return world


def hired(world: World) -> int:
    """The number of clerks that the manager has hired."""
    return len(world.trace.of(ev.Spawned)) - 1


def first(clerks: int) -> Trace:
    """The trace of such a store until its manager hires one clerk more than `clerks`."""
    world, hired_now = store(), -1  # the manager is spawned too

    def before(event: Event) -> bool:
        nonlocal hired_now
        hired_now += isinstance(event, ev.Spawned)
        return hired_now <= clerks

    with suppress(TimeStandsStill):
        world.run()
    return Trace(takewhile(before, world.trace))
