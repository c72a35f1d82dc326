"""Calls: a question and its answer, with a time-out, and with a full mailbox."""

import simpy

from bench.harness import Claim, Race
from bench.processes.yardsticks import T, beside_erlang, erlang, world
from letitcrash.gen_server import GenServer, call


def any_of(size: int) -> None:
    """An answer or a time-out, the manual's way: an AnyOf alone."""
    env = simpy.Environment()

    def asks():
        for _ in range(size):
            answer = env.event()
            answer.succeed()
            yield answer | env.timeout(5)

    env.process(asks())
    env.run()


class Shelf(GenServer):
    """A server that answers one question."""

    async def init(self):
        """Twelve eggs."""
        self.eggs = 12

    async def handle_call(self, request, caller):
        """Answer with the number of eggs."""
        return self.eggs


def calls(size: int, timeout: float | None = None, queued: int = 0) -> None:
    """`size` calls and answers, with `queued` other messages in the caller's mailbox."""

    async def buys(me):
        for number in range(queued):
            me.send(me.pid, number)
        shelf = await Shelf.start(me)
        for _ in range(size):
            await call(me, shelf, "count", timeout)

    world().ask(buys)


def races() -> list[Race]:
    """Calls."""
    return [
        Race(
            "us per call",
            {
                "ours": (20_000, calls),
                "with time-out": (20_000, lambda size: calls(size, 5.0)),
                "queued": (20_000, lambda size: calls(size, None, 10_000)),
                "AnyOf": (10_000, any_of),
                **T,
                **erlang("call", 1_000_000),
            },
            [
                Claim("call and answer, in T", "ours", "T", at_most=5),
                Claim("call and answer with time-out, in T", "with time-out", "T", at_most=9),
                Claim("call with time-out, against AnyOf alone", "with time-out", "AnyOf"),
                Claim("call with 10,000 messages queued, against none", "queued", "ours", at_most=2),
                *beside_erlang("call and answer", 0.25),
            ],
            ("simpy",),
        ),
    ]
