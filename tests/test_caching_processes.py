"""Shelves and their office as processes: the same hour as in the heap loop, and each promise of a shelf by itself."""

from dataclasses import astuple

import pytest
from suite import SEEDS

from letitcrash import World
from letitcrash.caching import (
    Ask,
    Beat,
    Change,
    Changed,
    Connected,
    Entry,
    Failed,
    Gap,
    Office,
    Prewarm,
    Shelf,
    ShelfServer,
    drop_changed,
    events,
    flush_when_connected,
    on_news,
    run_shelves,
    shelves_as_processes,
)
from letitcrash.gen_server import GenServer, NoReply, call, cast, reply
from letitcrash.process import Exit
from letitcrash.queueing import Exponential

TWO_GAPS = [Gap(40.0, 60.0), Gap(91.0, 96.0, silent=True)]
HOURS = {
    "as it is": {"on_news": drop_changed},
    "flushed": {"on_news": flush_when_connected},
    "by numbers": {"on_news": on_news},
    "for ever": {"on_news": on_news, "ttl": float("inf")},
    "without beats": {"on_news": on_news, "beat": 0},
    "short-lived": {"on_news": on_news, "ttl": 8.0, "cold": True},
    "stale for a while": {"on_news": drop_changed, "ttl": 15.0, "grace": 10.0},
    "a slow office": {"on_news": on_news, "ttl": 20.0, "clerks": 1, "takes": Exponential(2.0)},
    "an office that is too slow": {
        "on_news": on_news, "ttl": 20.0, "clerks": 1, "takes": Exponential(2.0), "patience": 3.0, "grace": 5.0,
    },
    "one shelf, one price": {"on_news": on_news, "shelves": 1, "prices": 1, "planted": 0, "ttl": 10.0},
}  # fmt: skip
OURS = {kind for kind in vars(events).values() if isinstance(kind, type) and kind.__module__ == events.__name__}


def told(trace, until):
    """The events of shelves and office, to the microsecond; those of one instant are in an order of their own."""
    found = [event for event in trace if type(event) in OURS and event.at <= until]
    rows = [(round(event.at, 6), type(event).__name__, *astuple(event)[1:]) for event in found]
    return sorted([tuple(round(part, 6) if type(part) is float else part for part in row) for row in rows], key=repr)


@pytest.mark.parametrize("name", HOURS)
def test_processes_and_heap_loop_live_the_same_hour(name):
    for seed in SEEDS:
        hour = {"shelves": 2, "prices": 12, "planted": 3, "rate": 1.5, "change": 0.2, "gaps": TWO_GAPS, **HOURS[name]}
        world = shelves_as_processes(**hour, until=120.0, seed=seed)
        world.run(until=119.0)
        loop_only = {"guard": "stale"} if "grace" in hour else {}
        loop = run_shelves(**hour, **loop_only, until=120.0, seed=seed, trace=True)
        assert told(world.trace, 119.0) == told(loop.trace, 119.0)
        assert sum(type(event) is events.Looked for event in loop.trace) == len(loop) > 100


def test_the_hours_show_every_kind_of_event_that_a_heap_loop_has():
    seen = set()
    for hour in HOURS.values():
        loop_only = {"guard": "stale"} if "grace" in hour else {}
        small = {"shelves": 2, "prices": 12, "planted": 3, "rate": 1.5, "change": 0.2, "gaps": TWO_GAPS}
        seen |= {type(event) for event in run_shelves(**small | hour, **loop_only, until=120.0, trace=True).trace}
    assert OURS - seen == {events.Evicted}


def test_the_trace_alone_tells_the_outcome_of_every_question():
    run = run_shelves(drop_changed, prices=20, rate=2.0, ttl=10.0, guard="stale", grace=5.0, until=100.0, trace=True)
    assert [event.outcome for event in run.trace if type(event) is events.Looked] == run.outcome
    kinds = [type(event).__name__ for event in run.trace]
    assert kinds[0] == "ShelvesOpened" and kinds.count("Prewarmed") == 3 * 20
    assert kinds.count("FetchStarted") == kinds.count("Fetched") == len(run.fetches)
    assert list(run_shelves(drop_changed, until=30.0, trace=True).rows()) == list(run_shelves(until=30.0).rows())
    with pytest.raises(ValueError, match="run without a trace"):
        run_shelves(until=10.0).trace  # noqa: B018


# --- one shelf --------------------------------------------------------------------------------------------------------


def in_a_world(body, seconds=100.0):
    world, found = World(seed=1), []

    async def main(me):
        await body(me, found)

    world.spawn(main)
    world.run(until=seconds)
    return world, found


def asks(me, found, shelf, key, number=1):
    """Let customers ask, each a process; `found` gets each answer and its second."""

    async def customer(me, name):
        found.append((name, await call(me, shelf, Ask(key, name), timeout=None), me.now))

    for name in range(number):
        me.spawn(customer, name + 1)


def count(world, kind):
    return sum(type(event) is kind for event in world.trace)


def test_fifty_ask_and_one_fetches_and_all_are_told_at_once():
    async def body(me, found):
        office = await Office.start_link(me, {"ham": 1.99}, takes=0.5, beat=0)
        shelf = await Shelf.start_link(me, office)
        asks(me, found, shelf, "ham", 50)
        await me.sleep(1.0)
        found.append(await call(me, shelf, Ask("ham")))

    world, found = in_a_world(body)
    assert found == [*((number, 1.99, 0.5) for number in range(1, 51)), 1.99]
    assert count(world, events.FetchStarted) == count(world, events.Fetched) == 1


def test_those_who_ask_for_something_else_do_not_wait():
    async def body(me, found):
        office = await Office.start_link(me, {"ham": 1.99, "eggs": 0.3}, takes=1.0, clerks=1, beat=0)
        shelf = await Shelf.start_link(me, office, stock={"eggs": (0.3, 0.0)})
        asks(me, found, shelf, "ham")
        await me.sleep(0.1)
        asks(me, found, shelf, "eggs")

    assert in_a_world(body)[1] == [(1, 0.3, 0.1), (1, 1.99, 1.0)]


def test_a_failure_is_told_to_all_and_is_not_kept_and_the_next_may_try_again():
    """The first fetch takes too long; the clerk is free again when the second comes."""

    async def body(me, found):
        office = await Office.start_link(me, {"ham": 1.99}, takes=2.0, clerks=1, beat=0)
        shelf = await Shelf.start_link(me, office)
        asks(me, found, shelf, "ham", 3)
        await me.sleep(2.5)
        found.append(len(found))
        slow = await Office.start_link(me, {"ham": 1.99}, takes=1.0, beat=0)
        patient = await Shelf.start_link(me, slow)
        asks(me, found, patient, "ham")
        asks(me, found, shelf, "ham")

    world, found = in_a_world(body)
    assert found[:4] == [*((number, Failed("timeout"), 1.5) for number in (1, 2, 3)), 3]
    assert found[4:] == [(1, 1.99, 3.5), (1, Failed("timeout"), 4.0)]
    assert count(world, events.FetchStarted) == 3 and count(world, events.FetchFailed) == 2


def test_a_fetch_whose_child_dies_has_failed():
    class Rude(GenServer):
        """An office that dies of each question."""

        async def handle_call(self, request, caller):
            if request == "subscribe":
                return 0
            raise Exit("out of ink")

    async def body(me, found):
        office = await Rude.start(me)
        shelf = await Shelf.start_link(me, office)
        asks(me, found, shelf, "ham", 2)
        await me.sleep(1.0)
        asks(me, found, shelf, "ham")

    found = in_a_world(body)[1]
    assert [answer for _, answer, _ in found] == [Failed("out of ink")] * 2 + [Failed("noproc")]


def test_a_fetch_begun_before_the_news_and_ended_after_it_does_not_put_the_old_price_back():
    class Slow(GenServer):
        """An office that reads the price at once and has its answer carried slowly."""

        async def init(self):
            self.price, self.number = 1.99, 0

        async def handle_call(self, request, caller):
            if request == "subscribe":
                self.subscriber = caller.owner
                return 0
            self.me.send_after(1.0, self.me.pid, (caller, (self.price, self.number)))
            return NoReply()

        async def handle_cast(self, price):
            self.price, self.number = price, self.number + 1
            self.me.send(self.subscriber, Changed(self.number, "ham"))

        async def handle_info(self, message):
            reply(self.me, *message)

    async def body(me, found):
        office = await Slow.start_link(me)
        shelf = await Shelf.start_link(me, office)
        asks(me, found, shelf, "ham")
        await me.sleep(0.5)
        cast(me, office, 2.49)
        await me.sleep(0.1)
        asks(me, found, shelf, "ham")

    world, found = in_a_world(body)
    assert found == [(1, 2.49, 2.0), (1, 2.49, 2.0)] and count(world, events.FetchStarted) == 2


def test_a_shelf_drops_by_document_makes_room_and_gives_out_what_is_stale():
    async def body(me, found):
        prices = {"ham": 1, "ham, sliced": 2, "eggs": 3, "milk": 4}
        office = await Office.start_link(me, prices, takes=0.5, beat=0)
        shelf = await Shelf.start_link(
            me, office, 10.0, 3, grace=5.0, origin=lambda key: key.split(",")[0], name="shelf"
        )
        for key in prices:
            found.append(await call(me, shelf, Ask(key)))
        cast(me, office, Change("ham", 7))
        await me.sleep(9.0)
        found.append((await call(me, shelf, Ask("eggs")), me.now))
        await me.sleep(4.0)
        found.append((await call(me, shelf, Ask("milk")), me.now))

    world, found = in_a_world(body)
    assert found == [1, 2, 3, 4, (3, 11.0), (4, 15.0)]
    dropped = [event for event in world.trace if type(event) in (events.Evicted, events.Invalidated)]
    assert [astuple(event)[1:] for event in dropped] == [(1, "ham"), (1, "ham, sliced", 1)]
    looks = [event.outcome for event in world.trace if type(event) is events.Looked]
    assert looks == ["miss"] * 4 + ["hit", "stale"]


def test_what_was_fetched_before_anybody_asked_is_there_when_they_do():
    async def body(me, found):
        office = await Office.start_link(me, {"ham": 1, "eggs": 2}, takes=0.5, beat=0)
        shelf = await Shelf.start_link(me, office)
        cast(me, shelf, Prewarm(("ham", "eggs")))
        await me.sleep(1.0)
        asks(me, found, shelf, "eggs")
        cast(me, shelf, Prewarm(("ham",)))

    world, found = in_a_world(body)
    assert found == [(1, 2, 1.0)]
    assert [event.key for event in world.trace if type(event) is events.Prewarmed] == ["ham", "eggs"]
    assert count(world, events.FetchStarted) == 2


def test_the_office_numbers_its_news_and_goes_on_when_a_shelf_is_gone():
    heard = []

    async def listens(shelf, news):
        heard.append(news)
        if isinstance(news, Connected):
            heard.append(await shelf.since(1))

    async def body(me, found):
        office = await Office.start_link(me, {"ham": 1}, beat=5.0, gaps=[Gap(6.0, 12.0)])
        shelf = await Shelf.start(me, office, on_news=listens)
        for price in (2, 3, 4):
            await me.sleep(4.0 - 1e-6)
            cast(me, office, Change("ham", price))
        await me.sleep(10.0)
        me.exit(shelf, "kill")
        cast(me, office, Change("ham", 5))
        await me.sleep(1.0)
        found.append(me.is_alive(office))

    _, found = in_a_world(body)
    one, two, three = (Changed(number, "ham") for number in (1, 2, 3))
    assert heard == [one, Beat(1), Connected(), [two, three], Beat(3), Beat(3)] and found == [True]


def test_a_shelf_of_ones_own_on_a_cache_of_ones_own_lives_the_same_hour():
    """A reader writes `ask` and `fetched` of the one, and `get`, `put`, `drop` and `flush` of the other."""

    class Plain:
        def __init__(self, ttl):
            self.ttl, self.entries = ttl, {}

        def get(self, key, now):
            entry = self.entries.get(key)
            return entry if entry is not None and now < entry.got + self.ttl else None

        def put(self, key, value, now, origin=None):
            self.entries[key] = Entry(value, now, self.ttl, origin or key)

        def drop(self, origin):
            return len([self.entries.pop(key) for key in list(self.entries) if self.entries[key].origin == origin])

        def flush(self):
            return self.drop("every price")

    class OneByOne(ShelfServer):
        def ask(self, key, caller):
            if (entry := self.cache.get(key, self.me.now)) is not None:
                return entry.value
            if key not in self.waiting:
                self.fetch(key)
            self.waiting.setdefault(key, []).append(caller)
            return NoReply()

        def fetched(self, key, result):
            if type(result) is not Failed:
                self.store(key, result)
            while self.waiting[key]:
                reply(self.me, self.waiting[key].pop(0), result)
            del self.waiting[key]

    hour = {"prices": 12, "planted": 3, "rate": 1.5, "change": 0.2, "gaps": TWO_GAPS, "ttl": 15.0, "until": 120.0}
    own = shelves_as_processes(on_news, **hour, shelf=OneByOne, cache=Plain)
    own.run(until=119.0)
    library = shelves_as_processes(on_news, **hour)
    library.run(until=119.0)
    assert told(own.trace, 119.0) == told(library.trace, 119.0)


def test_a_shelf_that_fetches_for_each_customer_hears_of_each_fetch():
    class Eager(ShelfServer):
        def ask(self, key, caller):
            self.waiting.setdefault(key, []).append(caller)
            self.fetch(key)
            return NoReply()

        def fetched(self, key, result):
            reply(self.me, self.waiting[key].pop(), result)

    async def body(me, found):
        office = await Office.start_link(me, {"ham": 1.99}, takes=0.25, clerks=2, beat=0)
        asks(me, found, await Eager.start_link(me, office), "ham", 5)

    world, found = in_a_world(body)
    assert sorted((value, at) for _, value, at in found) == [(1.99, 0.25)] * 2 + [(1.99, 0.5)] * 2 + [(1.99, 0.75)]
    assert count(world, events.FetchStarted) == 5
    with pytest.raises(TypeError, match=r"Waits\.ask must be a plain `def`"):

        class Waits(ShelfServer):
            async def ask(self, key, caller):
                return 0
