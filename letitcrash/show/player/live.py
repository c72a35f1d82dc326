"""A world that still runs: the events that it has recorded since the last look."""

import sys
from collections.abc import Callable
from itertools import islice
from typing import Any

from letitcrash.show.player.pack import pack
from letitcrash.show.player.source import Source

MOST_STEPS = 20_000  # of the clock, for one answer to the page: a world may go on for long and record nothing


class Tail:
    """The end of a world's trace. With `until` the world runs on, to that second, when more is asked for."""

    def __init__(self, world: Any, until: float | None):
        if until is not None and not until >= world.now:
            raise ValueError(f"until={until!r} is over: it is second {world.now:g} in the world")
        self.world, self.until, self.sent, self.problem = world, until, 0, ""
        self.numbers_whole = getattr(world.trace, "keep", None) is None

    @property
    def now(self) -> float:
        """The world's virtual second."""
        return self.world.now

    @property
    def over(self) -> bool:
        """True when playing can bring nothing more: no `until`, or it is reached, or nothing is planned."""
        return self.until is None or bool(self.problem) or self.world.clock.peek() >= self.until

    def start(self, drive: bool) -> None:
        """Stand at the end of the trace; `drive` first runs the world to `until`, for a page that cannot."""
        if drive and self.until is not None and self.until > self.now:
            self.world.run(until=self.until)
        self.sent = len(self.world.trace)

    def more(self, least: int) -> dict[str, Any]:
        """Run on until `least` more events are recorded; give them as {"run", "over"}."""
        try:
            for _ in range(MOST_STEPS):
                if self.over or len(self.world.trace) - self.sent >= least:
                    break
                self.world.clock.step()
        except Exception as error:
            self.problem = f"The world stopped with {type(error).__name__}: {error}"
        return self.news()

    def news(self) -> dict[str, Any]:
        """The events recorded since the last look."""
        source = Source(islice(self.world.trace, self.sent, None))
        run = pack(source, len(self.world.trace) - self.sent, limit=sys.maxsize)
        self.sent = len(self.world.trace)
        notes = [*source.notes, self.problem] if self.problem else source.notes
        return {"run": {**run, "until": self.now, "notes": notes}, "over": self.over}

    def follow(self, tell: Callable[[dict[str, Any]], None]) -> None:
        """Call `tell` with the news after each cell that made the world go on."""
        try:
            from IPython import get_ipython
        except ImportError:
            return
        kernel = get_ipython()
        if kernel is not None:
            kernel.events.register("post_execute", lambda: self._tell_news(tell))

    def _tell_news(self, tell: Callable[[dict[str, Any]], None]) -> None:
        if len(self.world.trace) > self.sent:
            tell(self.news())
