"""Five customers who want lamb in the same second, and an office that needs two seconds for a price."""

from letitcrash.caching import Ask, Office, Price, Shelf
from letitcrash.gen_server import GenServer, call, cast
from letitcrash.trace import Trace
from letitcrash.world import World

CUSTOMERS = ("Ann", "Ben", "Cem", "Dora", "Eva")
LOOK_UP = 2.0  # seconds that the office needs for a price


class Open(GenServer):
    """A shelf that says what it has, and leaves the asking to its customers."""

    async def init(self):
        """Begin without a price."""
        self.prices = {}

    async def handle_call(self, request, caller):
        """Answer with the price, or with None."""
        return self.prices.get(request.key)

    async def handle_cast(self, price):
        """Keep a price that a customer has brought."""
        self.prices["lamb"] = price


async def on_one_s_own(me, number):
    """Ask the shelf, then the office, and bring the price back to the shelf."""
    if await call(me, "shelf", Ask("lamb", number), timeout=None) is None:
        price, _ = await call(me, "office", Price("lamb"), timeout=None)
        cast(me, "shelf", price)


async def patient(me, number):
    """Ask the shelf, which has the answer or gets it."""
    await call(me, "shelf", Ask("lamb", number), timeout=None)


def nine_o_clock(shelf, customer, **settings) -> Trace:
    """The first seconds after nine, with this shelf and five customers of this kind."""
    world = World()
    world.start(Office, {"lamb": 12.50}, clerks=1, takes=LOOK_UP, beat=0, name="office")
    world.start(shelf, name="shelf", **settings)
    world.run(until=1)
    for number, name in enumerate(CUSTOMERS, start=1):
        world.spawn(customer, number, label=name)
    world.run(until=13)
    return world.trace.between(1, 13)


def everybody_asks() -> Trace:
    """The seconds after nine with a shelf that leaves the asking to its customers."""
    return nine_o_clock(Open, on_one_s_own)


def one_asks() -> Trace:
    """The seconds after nine with a shelf that asks once for all."""
    return nine_o_clock(Shelf, patient, office="office", patience=None)
