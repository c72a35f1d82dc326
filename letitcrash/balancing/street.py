"""The street: customers as processes, who ask at a door, go into a store, and tell the door how it went."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from letitcrash.balancing import events as ev
from letitcrash.balancing.faults import Dark
from letitcrash.balancing.server import Back, Board, Directions, Door, Store, Visit
from letitcrash.balancing.stores import tills_of
from letitcrash.gen_server import call, cast
from letitcrash.process import Process
from letitcrash.queueing import checks
from letitcrash.queueing.arrivals import Arrivals
from letitcrash.queueing.events import Arrived, Balked
from letitcrash.queueing.inputs import arrivals_of, times_of
from letitcrash.queueing.services import Service
from letitcrash.world import World


def stores_as_processes(
    arrivals: Arrivals | Sequence[float],
    service: Service | Sequence[float] | float,
    stores: int = 2,
    tills: int | Sequence[int] = 1,
    *,
    rule: Any,
    board: float = 0.0,
    doors: int = 1,
    outliers: Callable[[int], Any] | None = None,
    faults: Iterable[Dark] = (),
    retries: int = 0,
    room: int | None = None,
    until: float | None = None,
    customers: int | None = None,
    seed: int = 0,
) -> World:
    """Return a world with the day of `run_stores` in it, as processes that have yet to run: `world.run()`.

    The arguments are those of `run_stores`, and so are the customers, the choices and the events of stores and doors,
    among those of the processes. A board that is painted for ever keeps the world from ending: run it until a second.
    """
    stores = checks.whole("stores", stores, least=1)
    numbers, world = tills_of(tills, stores), World(seed=seed)
    arrived, _ = arrivals_of(arrivals, until, customers, seed)
    work = times_of("service", service, len(arrived), seed)
    dark = [tuple(fault for fault in faults if fault.store == store) for store in range(stores)]

    async def street(me: Process) -> None:
        me.node.note(ev.StoresOpened, numbers)
        inside = []
        for store in range(stores):
            first = 1 + sum(numbers[:store])
            settings = (store, numbers[store], first, room, dark[store])
            inside.append(await Store.start_link(me, *settings, name=f"store {store + 1}"))
        painted = await Board.start_link(me, tuple(inside), board, name="board") if board else None
        men = []
        for door in range(doors):
            settings = (rule, stores, painted, outliers and outliers(stores), door)
            men.append(await Door.start_link(me, *settings, name=f"door {door + 1}"))
        again = me.random("service again")
        for number, (at, takes) in enumerate(zip(arrived, work, strict=True), start=1):
            await me.sleep(at - me.now)
            me.node.note(Arrived, number)
            redraw = (lambda: service.times(again, 1)[0]) if hasattr(service, "times") else (lambda takes=takes: takes)
            me.spawn(customer, number, takes, redraw, men, inside, retries, label=f"customer {number}")

    world.spawn(street, name="street")
    return world


async def customer(
    me: Process, number: int, work: float, redraw: Callable[[], float], doors: list, stores: list, retries: int
) -> None:
    """Ask at a door, go where it says, tell it how it went; come again after a sorry, up to `retries` times."""
    chance = me.random("doors")
    for earlier in range(retries + 1):
        if earlier:
            me.node.note(ev.CameBack, number)
            work = redraw()
        door = doors[int(chance.random() * len(doors))] if len(doors) > 1 else doors[0]
        came = me.now
        store = await call(me, door, Directions(number))
        if store is None:
            me.node.note(ev.Refused, number, 0, "shut")
            continue
        answer = await call(me, stores[store], Visit(number, work), timeout=None)
        cast(me, door, Back(store, answer == "served", me.now - came))
        if answer == "served":
            return
    me.node.note(Balked, number)
