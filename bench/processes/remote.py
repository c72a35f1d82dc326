"""Messages between two nodes of one building: signal, transport, a call of the clock, and the act at home."""

from bench.harness import Claim, Race
from bench.processes.messages import echo, pings
from bench.processes.yardsticks import FOR_EVER, T
from letitcrash import World


def between_nodes(size: int, keep: int | None = 0) -> None:
    """`size` messages there and back between two nodes."""
    here = World(keep=keep, steps_per_instant=FOR_EVER, nodes=("north", "south"))
    here.spawn(pings, here.spawn(echo, node="south"), size // 2)
    here.run(until=size)


def races() -> list[Race]:
    """Node to node."""
    return [
        Race(
            "us per message",
            {"ours": (20_000, between_nodes), **T},
            [Claim("message node to node, in T", "ours", "T", at_most=3)],
            ("simpy",),
        )
    ]
