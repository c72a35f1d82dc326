"""World: the virtual clock, its chance and its memory."""

import hashlib
import random

import simpy

from letitcrash.trace import Event, Trace


def minutes(count: float) -> float:
    """Minutes in seconds, the unit of virtual time."""
    return 60.0 * count


def hours(count: float) -> float:
    """Hours in seconds, the unit of virtual time."""
    return 3600.0 * count


def stream(seed: int, name: str) -> random.Random:
    """The stream of chance called `name` under `seed`: the same on every Python, under every hash seed."""
    key = hashlib.sha256(f"{seed}/{name}".encode()).digest()
    return random.Random(int.from_bytes(key[:8], "big"))


class World:
    """One run: `env` is SimPy's clock in seconds, `trace` what happened, `random(name)` its chance."""

    def __init__(self, seed: int = 0, keep: int | None = None):
        self.seed = seed
        self.env = simpy.Environment()
        self.trace = Trace(keep=keep)
        self._streams: dict[str, random.Random] = {}

    @property
    def now(self) -> float:
        """Virtual seconds since the run began."""
        return self.env.now

    def random(self, name: str) -> random.Random:
        """The stream of chance called `name`; one more stream never disturbs the others."""
        if name not in self._streams:
            self._streams[name] = stream(self.seed, name)
        return self._streams[name]

    def record(self, event: Event) -> None:
        """Add `event` to the trace."""
        self.trace.record(event)

    def run(self, until: float | None = None) -> None:
        """Run to virtual second `until`, or to the end of all that is planned."""
        self.env.run(until=until)
