"""The Monday on which Ben paid for Dora's champagne: a shelf and a till that ask by hand, and a morning of theirs.

A till's record is a list of (article, the price taken for it), with Timeout() where it took none.
"""

from collections.abc import Callable, Sequence
from typing import Any

from letitcrash.gen_server import GenServer, call
from letitcrash.process import Process
from letitcrash.supervisor import Child, Supervisor
from letitcrash.trace import Trace
from letitcrash.world import World, minutes

PRICES = {"eggs": 3.0, "bread": 2.5, "milk": 1.1, "cheese": 4.2, "champagne": 12.5}
CUSTOMERS = ("eggs", "bread", "cheese", "milk", "eggs", "cheese", "bread", "milk", "eggs", "bread", "cheese", "milk")
CHAMPAGNE_AT = (2, 5, 8, 10)  # places among the customers, from 0


async def shelf(me: Process) -> None:
    """Answers with the price of an article: champagne takes seven seconds, the rest two."""
    while True:
        till, article = await me.receive()
        price = PRICES[article]
        await me.sleep(7 if article == "champagne" else 2)
        me.send(till, price)


async def till(me: Process, paid: list, articles: Sequence[str], patience: float | None) -> None:
    """Asks the shelf for each price, and gives the article away when none comes within `patience`."""
    for article in articles:
        me.send("shelf", (me.pid, article))
        paid.append((article, await me.receive(timeout=patience)))
        await me.sleep(20)
    await me.receive("closing time")


def morning(shelf: Any, till: Callable, articles: Sequence[str], *how: Any) -> tuple[World, list]:
    """Ten minutes of this shelf and this till, supervised: the world, and the till's record."""
    world, paid = World(), []
    work = Child("till", till, (paid, articles, *how), "transient")
    world.start(Supervisor([Child("shelf", shelf, name="shelf"), work]))
    world.run(until=minutes(10))
    return world, paid


def with_champagne(bottles: int) -> list[str]:
    """The twelve articles of the morning, `bottles` of them champagne."""
    places = CHAMPAGNE_AT[:bottles]
    return ["champagne" if place in places else article for place, article in enumerate(CUSTOMERS)]


class Slow(GenServer):
    """A server that answers after so many seconds."""

    async def init(self, seconds: float) -> None:
        """Remember the seconds."""
        self.seconds = seconds

    async def handle_call(self, request: Any, caller: Any) -> str:
        """Answer late."""
        await self.me.sleep(self.seconds)
        return "12.50"


def one_call(seconds: float) -> Trace:
    """The trace of one call to a server that answers after `seconds`, from the question on."""

    async def till(me: Process) -> None:
        await me.sleep(1)
        await call(me, "shelf", "champagne")

    world = World()
    world.start(Slow, seconds, name="shelf")
    world.spawn(till, name="till")
    world.run(until=20)
    return world.trace.between(1, 20)
