"""The world of run_shelves as processes: an office, its shelves, and a process for every customer."""

from collections.abc import Callable, Iterable
from math import inf
from typing import Any

from letitcrash.caching import events as ev
from letitcrash.caching.cache import Cache
from letitcrash.caching.news import HICCUPS, Gap, checked_gaps, drop_changed
from letitcrash.caching.office import Change, Office
from letitcrash.caching.server import Ask, Shelf, ShelfServer
from letitcrash.caching.shelves import CLERK, changes_of, first_ends, names_of, questions_of
from letitcrash.gen_server import call, cast
from letitcrash.process import Pid, Process
from letitcrash.queueing import checks
from letitcrash.queueing.services import Service
from letitcrash.world import World, hours


def shelves_as_processes(
    on_news: Callable[[Any, Any], Any] = drop_changed,
    *,
    shelves: int = 3,
    prices: int = 400,
    rate: float = 20.0,
    change: float = 0.1,
    popularity: float = 1.0,
    ttl: float = 900.0,
    grace: float = 0.0,
    patience: float = inf,
    clerks: int = 4,
    takes: Service | float = CLERK,
    beat: float = 5.0,
    gaps: Iterable[Gap] = HICCUPS,
    planted: int | None = 19,
    cold: bool = False,
    until: float = hours(1),
    seed: int = 0,
    shelf: type[ShelfServer] = Shelf,
    cache: Callable[..., Any] = Cache,
) -> World:
    """Return a world with the run of `run_shelves` in it, as processes that have yet to run: `world.run(until)`.

    The arguments are those of `run_shelves`, as are the questions, the changes and the events of shelves and office,
    among those of the processes; `grace` above 0 is its guard "stale", and none is its "wait". Each shelf is a `shelf`
    and keeps its prices in a `cache`, which may be a reader's own. The office beats for ever, so run it until a second.
    """
    shelves, prices = checks.whole("shelves", shelves, least=1), checks.whole("prices", prices, least=1)
    gaps, names, world = checked_gaps(gaps), names_of(prices), World(seed=seed)
    planted = None if planted is None or planted >= prices else planted
    asked = list(zip(*questions_of(shelves, prices, rate, popularity, until, seed), strict=True))
    changes = changes_of(prices, change, popularity, until, gaps, planted, seed)
    ends = first_ends(shelves, prices, ttl, seed)

    async def street(me: Process) -> None:
        me.node.note(ev.ShelvesOpened, shelves, None if ttl == inf else ttl)
        settings = {"clerks": clerks, "takes": takes, "beat": beat, "gaps": gaps}
        office = await Office.start_link(me, dict.fromkeys(names, 0), name="office", **settings)
        opened = []
        for number in range(shelves):
            got = [0.0 if ttl == inf else end - ttl for end in ends[number]]
            stock = {} if cold else {name: (0, at) for name, at in zip(names, got, strict=True)}
            settings = {"number": number, "grace": grace, "on_news": on_news, "stock": stock, "cache": cache}
            waits = None if patience == inf else patience
            opened.append(
                await shelf.start_link(me, office, ttl, patience=waits, name=f"shelf {number + 1}", **settings)
            )
        me.spawn_link(clerk, office, changes, names, name="clerk")
        for number, (at, which, price) in enumerate(asked, start=1):
            await me.sleep(at - me.now)
            me.spawn(customer, opened[which], names[price], number, label=f"customer {number}")

    world.spawn(street, name="street")
    return world


async def clerk(me: Process, office: Pid, changes: list[tuple[float, int]], names: list[str]) -> None:
    """Change the prices when it is time."""
    values = dict.fromkeys(names, 0)
    for at, price in changes:
        await me.sleep(at - me.now)
        values[names[price]] += 1
        cast(me, office, Change(names[price], values[names[price]]))


async def customer(me: Process, shelf: Pid, key: str, number: int) -> None:
    """Ask a shelf for a price."""
    await call(me, shelf, Ask(key, number), timeout=None)
