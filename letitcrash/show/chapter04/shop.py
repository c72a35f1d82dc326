"""Chapter 2's line and tills, which a supervisor can replace because tills call the line by name; chapter 2's crowd."""

from dataclasses import dataclass
from typing import Any

from letitcrash.process import Process
from letitcrash.queueing import Exponential, Poisson, run_store
from letitcrash.show.chapter02 import eggs
from letitcrash.world import hours, minutes

LINE = ("line", "0")  # a name and its node: sending there never fails


@dataclass(frozen=True)
class Customer:
    """Number `number` comes with so many seconds of work, or with eggs that fall; the first is number 1."""

    number: int
    work: Any


@dataclass(frozen=True)
class Free:
    """A till that waits for a customer."""

    till: Any


async def line(me: Process) -> None:
    """Bring a free till and a customer together, for ever."""
    while True:
        free = await me.receive(Free)
        me.send(free.till, await me.receive(Customer))


async def till(me: Process, started: dict[int, float]) -> None:
    """Say that it is free, take a customer, work. `started` is only our record."""
    while True:
        me.send(LINE, Free(me.pid))
        customer = await me.receive(Customer)
        started[customer.number] = me.now
        await me.sleep(customer.work)


def crowd(eggs_per_hour: int, seed: int = 2) -> list[tuple[float, Any]]:
    """The eight hours of chapter 2: 150 customers an hour, baskets of two minutes, and so many cartons that fall.

    Another `seed` is another day; with the same one it has the same customers, however many cartons fall.
    """
    day = run_store(Poisson(150), Exponential(minutes(2)), 7, until=hours(8), seed=seed)
    return eggs.dropped(zip(day.arrived, day.served, strict=True), eggs_per_hour)
