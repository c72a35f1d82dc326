"""The office as a process: prices, clerks who look them up, and news with numbers for all who subscribe."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from letitcrash.caching import events as ev
from letitcrash.caching.news import Beat, Changed, Connected, Gap, checked_gaps
from letitcrash.gen_server import GenServer, NoReply, reply
from letitcrash.process import Down, Ref
from letitcrash.queueing import checks
from letitcrash.queueing.inputs import next_time
from letitcrash.queueing.services import Service


@dataclass(frozen=True, slots=True)
class Price:
    """A question to the office: the price of `key`. The answer is (value, the number of the newest news)."""

    key: str


@dataclass(frozen=True, slots=True)
class Since:
    """A question to the office: all news after `number`, in order, as a list of `Changed`."""

    number: int


@dataclass(frozen=True, slots=True)
class Change:
    """Word to the office: the price of `key` is `value` from now on."""

    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class _Done:
    key: str
    caller: Ref


@dataclass(frozen=True, slots=True)
class _Line:
    """The line for news goes down, or comes back after `gap`."""

    is_up: bool
    gap: Gap


class Office(GenServer):
    """The office knows `prices` by key. One of its `clerks` answers a `Price`, for which he `takes` some time.

    It numbers its news from 1 and sends it to all who have asked to "subscribe", which is answered with the newest
    number; every `beat` seconds (0: never) it sends that number again. No news comes through in `gaps`. The
    office keeps all of it, to be asked for by `Since`, which takes no clerk and no time.
    """

    async def init(
        self,
        prices: Mapping[str, Any],
        *,
        clerks: int = 4,
        takes: Service | float = 0.2,
        beat: float = 5.0,
        gaps: Iterable[Gap] = (),
    ):
        """Open, with no news yet."""
        self.prices, self.log, self.subscribers = dict(prices), [], {}
        self.clerks = checks.whole("clerks", clerks, least=1)
        self.takes = next_time("takes", takes, self.me.random("clerks"))
        self.line: deque[tuple[Price, Ref]] = deque()
        self.busy, self.beats, self.line_is_up = 0, 0, True
        self.beat = checks.number("beat", beat)
        for gap in checked_gaps(gaps):
            self.me.send_after(gap.since - self.me.now, self.me.pid, _Line(False, gap))
            self.me.send_after(gap.until - self.me.now, self.me.pid, _Line(True, gap))
        if self.beat:
            self.opened = self.me.now
            self.me.send_after(self.beat, self.me.pid, "beat")

    async def handle_call(self, request: Any, caller: Ref) -> Any:
        """Take a question."""
        match request:
            case "subscribe":
                self.subscribers[self.me.monitor(caller.owner)] = caller.owner
                return len(self.log)
            case Since(number):
                return self.log[number:]
            case Price():
                self.line.append((request, caller))
                self.serve_next()
                return NoReply()

    async def handle_cast(self, message: Change) -> None:
        """Change a price, and say so."""
        match message:
            case Change(key, value):
                self.prices[key] = value
                self.log.append(Changed(len(self.log) + 1, key))
                self.me.node.note(ev.PriceChanged, key, len(self.log))
                self.tell(self.log[-1])

    async def handle_info(self, message: Any) -> None:
        """Hear from a clerk, the clock, the line, or of a subscriber that is gone."""
        match message:
            case _Done(key, caller):
                self.busy -= 1
                reply(self.me, caller, (self.prices.get(key), len(self.log)))
                self.serve_next()
            case "beat":
                self.beats += 1
                self.me.send_after(
                    max(0.0, self.opened + (self.beats + 1) * self.beat - self.me.now), self.me.pid, "beat"
                )
                self.tell(Beat(len(self.log)))
            case _Line(is_up, gap):
                self.line_is_up = is_up
                if not is_up:
                    self.me.node.note(ev.NewsStopped)
                    return
                self.me.node.note(ev.NewsResumed, gap.silent)
                if not gap.silent:
                    self.tell(Connected())
            case Down(ref=ref):
                del self.subscribers[ref]

    def serve_next(self) -> None:
        """Put the first of the line to a free clerk."""
        while self.line and self.busy < self.clerks:
            self.busy += 1
            request, caller = self.line.popleft()
            self.me.send_after(self.takes(), self.me.pid, _Done(request.key, caller))

    def tell(self, news: Any) -> None:
        """Send news to all subscribers, if the line is there."""
        if self.line_is_up:
            for pid in self.subscribers.values():
                self.me.send(pid, news)
