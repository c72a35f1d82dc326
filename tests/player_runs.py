"""Runs to watch in the tests of the player: stores, trees and messages of every kind, each the same every time."""

from dataclasses import dataclass
from functools import cache

from letitcrash import World
from letitcrash.balancing import Dark, Outliers, least_connections, run_stores
from letitcrash.caching import Gap, on_news, run_shelves
from letitcrash.gen_server import GenServer, call
from letitcrash.queueing import Exponential, Poisson, run_store
from letitcrash.supervisor import Child, Supervisor, start_child
from letitcrash.trace import Trace, as_dict


@dataclass(frozen=True)
class Sell:
    eggs: int


class Shelf(GenServer):
    async def init(self, eggs):
        self.eggs = eggs

    async def handle_call(self, request, caller):
        self.eggs -= 1
        return self.eggs


async def till(me, fragile=True):
    while True:
        sale = await me.receive()
        await me.sleep(0.4)
        if fragile and sale.eggs > 12:
            raise ValueError("dropped eggs")
        await call(me, "shelf", "take")


@cache
def one_line() -> Trace:
    """One line for four tills that open and close; customers lose patience, and some find the store full."""
    return run_store(
        Poisson(130), Exponential(100), 4, customers=150, patience=Exponential(400), room=14, seed=3, trace=True,
        opening=lambda floor: 2 + (floor.waiting > 4) + (floor.waiting > 9),
    ).trace  # fmt: skip


@cache
def line_a_till() -> Trace:
    """A line at each of three tills, longer than the picture has places for."""
    return run_store(Poisson(130), Exponential(90), 3, line="per till", customers=120, seed=5, trace=True).trace


@cache
def tree(strategy: str = "rest_for_one") -> Trace:
    """A store under supervision whose tills drop eggs, until a supervisor gives up and is started again."""
    world = World(seed=1)
    tills = Supervisor([Child(f"till {n}", till, name=f"till {n}") for n in (1, 2)], intensity=2, period=4)
    store = Supervisor(
        [
            Child("shelf", Shelf, args=(60,), name="shelf"),
            Child("tills", tills),
            Child("clerk", till, name="clerk", restart="transient"),
        ],
        strategy=strategy, intensity=3,
    )  # fmt: skip

    async def manager(me):
        await store.start_link(me, name="store")
        await me.receive()

    world.spawn(manager, name="manager")
    chance, second = world.random("customers"), 0.3
    for _ in range(40):
        second += chance.random()
        world.at(second, _sell, world, chance.choice(["till 1", "till 2", "clerk"]), chance.choice([6, 6, 6, 13]))
    world.run(until=25)
    return world.trace


def _sell(world: World, to: str, eggs: int) -> None:
    if world.whereis(to):
        world.send(to, Sell(eggs))


@cache
def template() -> Trace:
    """A supervisor whose children are all of one template; some crash and some finish."""
    world = World(seed=2)

    async def errand(me, seconds, fails):
        await me.sleep(seconds)
        if fails:
            raise ValueError("lost the list")

    boss = Supervisor([Child("errand", errand, restart="transient")], strategy="simple_one_for_one", intensity=4)

    async def manager(me):
        pid = await boss.start_link(me, name="errands")
        for number in range(8):
            await start_child(me, pid, (0.5 + number % 3, number % 4 == 1))
            await me.sleep(0.3)
        await me.receive()

    world.spawn(manager, name="manager")
    world.run(until=20)
    return world.trace


@cache
def gossip() -> Trace:
    """Processes without supervisor: links, monitors, timers, mailboxes read out of order, mail for the dead."""
    world = World(seed=4)

    async def neighbour(me, friends):
        chance = me.random if hasattr(me, "random") else None
        heard = 0
        while heard < 12:
            word = await me.receive(lambda m: m != "later", timeout=1.5)
            heard += 1
            for friend in friends:
                if (heard + len(friend) + (chance is None)) % 3:
                    me.send(friend, f"{word}!"[:12]) if world.whereis(friend) else None
            await me.sleep(0.1 * (heard % 4))
        raise ValueError("nothing more to say")

    names = ["ada", "bo", "cleo", "dan", "eve"]
    pids = {name: world.spawn(neighbour, [n for n in names if n != name][:2], name=name) for name in names}
    for count, name in enumerate(names * 6):
        world.at(0.2 + 0.35 * count, world.send, pids[name], "later" if count % 5 == 3 else f"news {count}")
    world.run(until=30)
    return world.trace


@cache
def two_nodes() -> Trace:
    """A clerk on one node asks a shelf on another, which freezes, thaws, crashes and starts again."""
    world = World(nodes=("north", "south"), seed=1)

    async def shelf(me):
        while True:
            asker, number = await me.receive()
            await me.sleep(0.2)
            me.send(asker, f"egg {number}")

    async def clerk(me):
        me.monitor(("shelf", "south"))
        for number in range(14):
            me.send(("shelf", "south"), (me.pid, number))
            await me.receive(timeout=1)
            await me.sleep(0.3)

    world.spawn(shelf, name="shelf", node="south")
    world.spawn(clerk, name="clerk", node="north")
    south = world.nodes["south"]
    for second, act in ((2, south.freeze), (4, south.thaw), (5, south.crash), (7, south.start)):
        world.at(second, act)
    world.run(until=10)
    return world.trace


@cache
def two_stores() -> Trace:
    """Two stores of three tills behind a man who reads a board; one is dark for a while, and is left out for it."""
    return run_stores(
        Poisson(170), Exponential(100), 2, 3, rule=least_connections, board=120.0, customers=110, seed=2, trace=True,
        faults=[Dark(0, 700, 1300, sorry=5.0)], outliers=Outliers, room=4, retries=1, backoff=60.0,
    ).trace  # fmt: skip


@cache
def shelves() -> Trace:
    """Two shelves and a slow office; prices change, and news stops for a while, once without a word."""
    return run_shelves(
        on_news, shelves=2, prices=14, planted=3, rate=0.8, change=0.1, ttl=40.0, guard="stale", grace=10.0,
        patience=4.0, clerks=1, takes=Exponential(1.5), gaps=[Gap(40.0, 55.0), Gap(80.0, 90.0, silent=True)],
        until=120.0, seed=1, trace=True,
    ).trace  # fmt: skip


RUNS = {
    "one line": one_line, "a line a till": line_a_till, "a tree": tree, "all for one": lambda: tree("one_for_all"),
    "a template": template, "gossip": gossip, "two nodes": two_nodes, "two stores": two_stores,
    "shelves": shelves,
}  # fmt: skip


def rows(trace: Trace) -> list[dict]:
    """The events as the player reads them."""
    return [as_dict(event) for event in trace]
