"""The same store, written defensively: every process catches, checks, answers with an error, and goes on."""

from letitcrash.gen_server import After, CallFailed, Continue, GenServer, call
from letitcrash.show.chapter05.store_data import ARTICLES, BOX, LOOK, LOW, PATIENCE, PRICES, RING, ROUND, WALK, Bye


async def customer(me, door, codes, till):
    """Read the labels, take the things, pay."""
    items = []
    for code in codes:
        if code not in ARTICLES:
            me.send(door, Bye(me.pid, "sent away", ("unreadable", code)))
            return
        items.append(ARTICLES[code])
    try:
        cents = await call(me, "shelf", ("take", items))
    except CallFailed as error:
        me.send(door, Bye(me.pid, "sent away", error.cause))
        return
    if cents == "sold out":
        me.send(door, Bye(me.pid, "sold out"))
        return
    if is_error(cents):
        me.send(door, Bye(me.pid, "sent away", cents))
        return
    try:
        receipt = await call(me, till, ("pay", cents), timeout=PATIENCE)
    except CallFailed as error:
        await put_back(me, items)
        me.send(door, Bye(me.pid, "sent away", error.cause))
        return
    if is_error(receipt):
        await put_back(me, items)
        me.send(door, Bye(me.pid, "sent away", receipt))
        return
    me.send(door, Bye(me.pid, "served"))


async def put_back(me, items):
    """Return the items, as far as possible."""
    for item in items:
        try:
            await call(me, "shelf", ("put", item, 1))
        except CallFailed:
            continue


def is_error(answer):
    """Tell an error from an answer."""
    return isinstance(answer, tuple) and answer[0] == "error"


class Shelf(GenServer):
    """The stock of each article, and the number of free places."""

    async def init(self):
        """Be ready at once, and read the book before any message."""
        self.problems = []
        return Continue("read the book")

    async def handle_continue(self, _):
        """Go on where the book ends."""
        self.stock, self.room = await call(self.me, "office", "read")

    async def handle_call(self, request, caller):
        """Hand out, take in, list the articles that run low; never fall."""
        try:
            match request:
                case ("take", items):
                    for item in items:
                        if item not in self.stock:
                            return "error", item
                    await self.me.sleep(sum(LOOK[item] for item in items))
                    if any(self.stock[item] < items.count(item) for item in items):
                        return "sold out"
                    for item in items:
                        self.stock[item] -= 1
                        self.room += 1
                    await self.write()
                    return sum(PRICES[item] for item in items)
                case ("put", item, count):
                    if not isinstance(count, int) or count <= 0:
                        return "error", count
                    if count > self.room:
                        return "error", "no room"
                    self.room -= count
                    self.stock[item] += count
                    await self.write()
                    return "on the shelf"
                case "low":
                    low = [item for item in self.stock if self.stock[item] < LOW]
                    return low[: self.room // BOX]
                case _:
                    return "error", request
        except Exception as error:
            self.problems.append((self.me.now, error))
            return "error", error

    async def write(self):
        """Write the book; if the office does not answer now, the next writing will do."""
        try:
            await call(self.me, "office", ("write", dict(self.stock), self.room))
        except CallFailed as error:
            self.problems.append((self.me.now, error))


class Clerk(GenServer):
    """Makes rounds, and fetches a box of each article that runs low."""

    async def init(self):
        """Begin the first round when no message has come for so long."""
        self.problems = []
        return After(ROUND)

    async def handle_info(self, message):
        """Make a round."""
        try:
            low = await call(self.me, "shelf", "low")
        except CallFailed as error:
            self.problems.append((self.me.now, error))
            return After(ROUND)
        if is_error(low):
            self.problems.append((self.me.now, low))
            return After(ROUND)
        for item in low:
            await self.me.sleep(WALK)
            try:
                answer = await call(self.me, "shelf", ("put", item, BOX))
            except CallFailed as error:
                self.problems.append((self.me.now, error))
                continue
            if is_error(answer):
                self.problems.append((self.me.now, answer))
        return After(ROUND)


class Till(GenServer):
    """Rings up; the line is its mailbox."""

    async def init(self):
        """Nothing has gone wrong yet."""
        self.problems = []

    async def handle_call(self, request, caller):
        """Take the money to the office."""
        match request:
            case ("pay", cents):
                if not isinstance(cents, int) or cents <= 0:
                    return "error", cents
                await self.me.sleep(RING)
                try:
                    await call(self.me, "office", ("paid", cents))
                except CallFailed as error:
                    self.problems.append((self.me.now, error))
                    return "error", error.cause
                return "receipt"
            case _:
                return "error", request
