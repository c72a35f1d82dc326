"""The store as servers, written for the happy case: a process that cannot go on stops, and a supervisor restarts it."""

from letitcrash.gen_server import After, Continue, GenServer, call
from letitcrash.show.chapter05.store_data import ARTICLES, BOX, LOOK, LOW, PATIENCE, PRICES, RING, ROUND, WALK, Bye


async def customer(me, door, codes, till):
    """Read the labels, take the things, pay."""
    items = [ARTICLES[code] for code in codes]
    cents = await call(me, "shelf", ("take", items))
    if cents == "sold out":
        me.send(door, Bye(me.pid, "sold out"))
        return
    await call(me, till, ("pay", cents), timeout=PATIENCE)
    me.send(door, Bye(me.pid, "served"))


class Shelf(GenServer):
    """The stock of each article, and the number of free places."""

    async def init(self):
        """Be ready at once, and read the book before any message."""
        return Continue("read the book")

    async def handle_continue(self, _):
        """Go on where the book ends."""
        self.stock, self.room = await call(self.me, "office", "read")

    async def handle_call(self, request, caller):
        """Hand out, take in, list the articles that run low."""
        match request:
            case ("take", items):
                await self.me.sleep(sum(LOOK[item] for item in items))
                if any(self.stock[item] < items.count(item) for item in items):
                    return "sold out"
                for item in items:
                    self.stock[item] -= 1
                    self.room += 1
                await self.write()
                return sum(PRICES[item] for item in items)
            case ("put", item, count):
                self.room -= count
                self.stock[item] += count
                await self.write()
                return "on the shelf"
            case "low":
                low = [item for item in self.stock if self.stock[item] < LOW]
                return low[: self.room // BOX]

    async def write(self):
        """Write the book: a change that is not in it has not happened."""
        await call(self.me, "office", ("write", dict(self.stock), self.room))


class Clerk(GenServer):
    """Makes rounds, and fetches a box of each article that runs low."""

    async def init(self):
        """Begin the first round when no message has come for so long."""
        return After(ROUND)

    async def handle_info(self, message):
        """Make a round."""
        for item in await call(self.me, "shelf", "low"):
            await self.me.sleep(WALK)
            await call(self.me, "shelf", ("put", item, BOX))
        return After(ROUND)


class Till(GenServer):
    """Rings up; the line is its mailbox."""

    async def handle_call(self, request, caller):
        """Take the money to the office."""
        match request:
            case ("pay", cents):
                await self.me.sleep(RING)
                await call(self.me, "office", ("paid", cents))
                return "receipt"
