"""Gossip: many nodes, each with a ping, an answer and two timers a second, beside a bare heap loop."""

import random
from heapq import heappop, heappush
from time import process_time

from bench.harness import Claim, Race
from bench.processes.yardsticks import world


def gossip(size: int, nodes: int = 1000) -> None:
    """60 s of `nodes` who each second ping one other, are answered, and set two timers; a piece is a message."""

    async def member(me, pids, chance):
        await me.sleep(chance.random())
        me.send_after(1.0, me.pid, "round")
        while True:
            match await me.receive():
                case "round":
                    me.send_after(1.0, me.pid, "round")
                    me.send_after(0.5, me.pid, "late?")
                    me.send(pids[int(chance.random() * nodes)], ("ping", me.pid))
                case ("ping", sender):
                    me.send(sender, "ack")

    here = world()
    pids, chance = [], random.Random(1)
    for _ in range(nodes):
        pids.append(here.spawn(member, pids, chance))
    here.run(until=size / (2 * nodes))


def bare_gossip(size: int, nodes: int = 1000) -> None:
    """The same messages and timers in one heap, without processes."""
    chance = random.Random(1)
    heap, order, end = (
        [(chance.random() + 1.0, number, 0, number, 0) for number in range(nodes)],
        nodes,
        size / (2 * nodes),
    )
    heap.sort()
    while heap and heap[0][0] < end:
        now, _, kind, number, sender = heappop(heap)
        order += 1
        if kind == 0:
            heappush(heap, (now + 1.0, order, 0, number, 0))
            heappush(heap, (now + 0.5, order + 1, 3, number, 0))
            heappush(heap, (now, order + 2, 1, int(chance.random() * nodes), number))
            order += 2
        elif kind == 1:
            heappush(heap, (now, order, 2, sender, number))


def gossip_10_000(size: int) -> float:
    """CPU seconds of the gossip of 10,000 nodes for 60 s: six times those of its first 10 s."""
    began = process_time()
    gossip(size, 10_000)
    return 6.0 * (process_time() - began)


def races() -> list[Race]:
    """A thousand nodes, and ten thousand."""
    return [
        Race(
            "us per message",
            {"ours": (120_000, gossip), "bare": (120_000, bare_gossip)},
            [Claim("gossip of 1,000 nodes, against a bare heap", "ours", "bare", at_most=3)],
            ("simpy",),
        ),
        Race(
            "seconds",
            {"ours": (200_000, gossip_10_000), "15 s": (1, lambda size: 15.0)},
            [Claim("gossip of 10,000 nodes, 60 s, in 15 s", "ours", "15 s", at_most=1)],
        ),
    ]
