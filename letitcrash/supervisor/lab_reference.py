"""The store that lab 5 builds, servers under a supervisor: safe, shelf, clerk, till. None handles an error.

Money and goods are with servers that do little, and so seldom fall; a sale is decided before anything is changed.
Prices in cents, times in seconds.
"""

from collections.abc import Callable, Mapping
from typing import Any

from letitcrash.gen_server import GenServer, call
from letitcrash.supervisor.specs import Child


class Safe(GenServer):
    """The day's money: `("in", cents)` adds to it, `"cents"` asks for it."""

    async def init(self):
        """Begin empty."""
        self.cents = 0

    async def handle_call(self, request: Any, caller: Any) -> Any:
        """Take in, or tell."""
        match request:
            case ("in", cents):
                self.cents += cents
            case "cents":
                return self.cents


class Shelf(GenServer):
    """The goods: `("take", basket)` takes one of each, `"stock"` asks for the numbers that are left."""

    async def init(self, stock: Mapping[str, int]):
        """Begin with `stock`: the number of each."""
        self.stock = dict(stock)

    async def handle_call(self, request: Any, caller: Any) -> Any:
        """Take, or tell."""
        match request:
            case ("take", basket):
                for item in basket:
                    self.stock[item] -= 1
            case "stock":
                return dict(self.stock)


class Clerk(GenServer):
    """The prices: `("price", item)` takes a second. An item without a price is a KeyError, and nobody catches it."""

    async def init(self, prices: Mapping[str, int]):
        """Begin with `prices`: the cents of each."""
        self.prices = dict(prices)

    async def handle_call(self, request: Any, caller: Any) -> Any:
        """Look at the label."""
        match request:
            case ("price", item):
                await self.me.sleep(1)
                return self.prices[item]


class Till(GenServer):
    """The till: `("sell", basket)` returns the sum in cents. It knows the others by name and remembers nothing."""

    async def handle_call(self, request: Any, caller: Any) -> Any:
        """Ask for all prices, then take from the shelf, then put the money away."""
        match request:
            case ("sell", basket):
                cents = sum([await call(self.me, "clerk", ("price", item)) for item in basket])
                await call(self.me, "shelf", ("take", basket))
                await call(self.me, "safe", ("in", cents))
                return cents


def store(Supervisor: Callable, stock: Mapping[str, int], prices: Mapping[str, int]) -> Any:
    """The tree: `Supervisor` is the library's, or your own. One bad sale is two restarts: the clerk, the till."""
    children = [
        Child("safe", Safe, name="safe"),
        Child("shelf", Shelf, args=(stock,), name="shelf"),
        Child("clerk", Clerk, args=(prices,), name="clerk"),
        Child("till", Till, name="till"),
    ]
    return Supervisor(children, strategy="one_for_one", intensity=10, period=5)
