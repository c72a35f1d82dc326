"""The parts that both stores of chapter 5 share: the office, the door, the tree, the street and its accidents.

The two versions, `happy` and `defensive`, are modules with a `customer`, a `Shelf`, a `Clerk` and a `Till` each.
"""

from types import ModuleType
from typing import Any

from letitcrash.gen_server import GenServer, call
from letitcrash.process import Down
from letitcrash.show.chapter05 import defensive, happy
from letitcrash.show.chapter05.day import Day
from letitcrash.show.chapter05.store_data import ARTICLES, BOX, Bye
from letitcrash.supervisor import Child, Supervisor
from letitcrash.world import World, hours, stream

VERSIONS = {"defensive": defensive, "happy case": happy}
FAULTS = ("none", "smudged labels", "wine", "kills of the shelf", "quail eggs")
NONE, SMUDGED, WINE, KILLS, QUAIL = FAULTS
ODD = {SMUDGED: ["40?1"], WINE: ["4009"]}  # a label that such a customer has besides the others

MORNING = {"eggs": 60, "bread": 60, "milk": 60, "cheese": 0, "wine": 60}  # on the shelf at opening
ROOM = 60  # places that are free beside it
TILLS = 3
GAP = 45.0  # seconds between two customers, on average
OPEN = hours(4)
AFTER = hours(1)  # until the last customer has left


class Office(GenServer):
    """The book and the money, which must survive. Nothing here can fail."""

    async def init(self):
        """Begin with the stock of every morning."""
        self.stock, self.room, self.cents = dict(MORNING), ROOM, 0

    async def handle_call(self, request, caller):
        """Read the book, write the book, take the money."""
        match request:
            case "read":
                return dict(self.stock), self.room
            case ("write", stock, room):
                self.stock, self.room = stock, room
                return "written"
            case ("paid", cents):
                self.cents += cents
                return "written"


def tree(version: ModuleType, shelf: type | None = None, intensity: int = 3, period: int = 60) -> Supervisor:
    """The tree: the office, on which the rest depends, and the floor, where each child is restarted alone.

    `shelf` is a shelf of another kind than the version's.
    """
    tills = [Child(f"till {n}", version.Till, name=f"till {n}") for n in range(1, TILLS + 1)]
    stock = [Child("shelf", shelf or version.Shelf, name="shelf"), Child("clerk", version.Clerk, name="clerk")]
    floor = Supervisor([*stock, *tills], intensity=intensity, period=period)
    return Supervisor([Child("office", Office, name="office"), Child("floor", floor)], strategy="rest_for_one")


async def door(me, customer, fates):
    """Let customers in, and note how each leaves, with a message or by a crash."""
    while True:
        match await me.receive():
            case ("come", number, codes, till):
                pid = me.spawn(customer, me.pid, codes, till, label=f"customer {number}")
                me.monitor(pid)
            case Bye(pid, fate, why):
                fates[pid] = fate, why
            case Down(pid, reason=reason) if pid not in fates:
                fates[pid] = "sent away", reason


async def supplier(me):
    """Bring something that nobody has ordered, and that the store has never heard of."""
    await call(me, "shelf", ("put", "quail eggs", BOX))


def people(seed: int) -> list[tuple[float, list[str]]]:
    """The customers: the second at which each comes, and the codes on one to four labels, never wine."""
    chance, at, some = stream(seed, "people"), 0.0, []
    while (at := at + chance.expovariate(1 / GAP)) < OPEN:
        some.append((at, chance.choices(sorted(ARTICLES)[:4], k=chance.randint(1, 4))))
    return some


def a_day(version: str, fault: str = NONE, per_hour: int = 0, seed: int = 5, **how: Any) -> Day:
    """Four hours of the store in this `version`, with so many accidents an hour; the same seed brings the same people.

    `how` goes to `tree`: another kind of `shelf`, the floor's `intensity` and `period`.
    """
    module, world, fates = VERSIONS[version], World(seed=seed), {}
    top = world.start(tree(module, **how))
    world.spawn(door, module.customer, fates, name="door")
    accidents = [(k + 0.5) * 3600 / per_hour for k in range(round(per_hour * OPEN / 3600))]
    for number, (came, codes) in enumerate(people(seed), start=1):
        if accidents and came >= accidents[0]:
            accidents.pop(0)
            codes = [*codes, *ODD.get(fault, ())]
            if fault == KILLS:
                world.at(came + 0.4, kill, world, "shelf")
            elif fault == QUAIL:
                world.at(came + 0.4, world.spawn, supplier)
        world.at(came, world.send, "door", ("come", number, codes, f"till {number % TILLS + 1}"))
    world.run(until=OPEN + AFTER)
    return Day(world.trace, fates, world.is_alive(top))


def kill(world: World, name: str) -> None:
    """Kill the process of this name, if there is one."""
    if pid := world.whereis(name):
        world.exit(pid, "kill")
