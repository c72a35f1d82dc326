"""Slack's web tier on 4 January 2021, in steps of ten seconds: users who wait, servers that wait, and a controller.

Published: 99 % of the messages sent at 6:57, nothing from 7:00 on, servers taken away because their processors looked
idle, 1,200 servers asked for, about an hour and a half of outage. Given to the model: the network's losses and the time
of its repair, the sizes, the time of a request. The rest comes out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from letitcrash.show import charts
from letitcrash.show.figure import Figure

STEP = 1 / 6  # minutes
BEGINS, ENDS = 390, 570  # 6:30 and 9:30, in minutes of the day
NETWORK = (405, 420, 495)  # minutes: from when it gets worse, until when, and its repair
WORK, WAIT, WORST = 0.1, 0.1, 1.0  # seconds of a request: on a processor, and for a back end, at best and at worst
LOSS = 0.0124  # share of the messages that the network loses at worst
USERS, MORE, PEAK = 50_000, 0.2, 0.06  # at 6:30, more at 7:00, and the first five minutes of each half hour
PAUSE, AGAIN, PATIENCE = 2.0, 0.3, 1.25  # seconds from an answer, or from giving up, to the next try; and of waiting
SERVERS, CORES, THREADS = 2000, 2, 12  # of the tier at 6:30; of one server
STARTS = 4.0  # minutes until a new server serves


class Tier(NamedTuple):
    """The controller's view, once a minute: servers in service and coming, shares of processors and threads busy."""

    servers: int
    coming: int
    processors: float
    threads: float


def by_processors(tier: Tier) -> int:
    """Return servers to add (below 0: to take away): all that are missing when threads are full, fewer when idle."""
    if tier.threads > 0.98:
        return ceil(tier.servers * tier.threads / 0.6) - tier.servers - tier.coming
    return -tier.servers // 50 if tier.processors < 0.58 else 0


def by_threads(tier: Tier) -> int:
    """Return servers to add or take away, by the threads alone: a server that waits for others is not idle."""
    if tier.threads > 0.98:
        return ceil(tier.servers * tier.threads / 0.6) - tier.servers - tier.coming
    return -tier.servers // 50 if tier.threads < 0.1 else 0


def by_nobody(tier: Tier) -> int:
    """Return no change."""
    return 0


@dataclass(frozen=True)
class Morning:
    """The morning, an entry every ten seconds: minute of the day, servers in service, share of the messages sent.

    `asked` and `removed` are the servers that the controller asked for and took away so far.
    """

    minutes: list[float]
    servers: list[int]
    sent: list[float]
    asked: list[int]
    removed: list[int]

    @property
    def down(self) -> list[float]:
        """The minutes of the day at which less than half of the messages were sent."""
        return [at for at, share in zip(self.minutes, self.sent, strict=True) if share < 0.5]

    def at(self, hour: int, minute: int) -> int:
        """The entry of a time of day."""
        return round((60 * hour + minute - BEGINS) / STEP)


def morning(rule: Callable[[Tier], int], slots: int = 20) -> Morning:
    """Run the morning; the provisioner can start so many new servers at a time."""
    servers, coming, queue, asked, removed, pause = SERVERS, [], 0, 0, 0, PAUSE
    day = Morning([], [], [], [], [])
    for step in range(round((ENDS - BEGINS) / STEP)):
        minute = BEGINS + step * STEP
        servers += sum(ready <= minute for ready in coming)
        coming = [ready for ready in coming if ready > minute]
        while queue and len(coming) < slots:
            coming.append(minute + STARTS)
            queue -= 1
        bad = _bad(minute)
        need = WORK + WAIT + bad * (WORST - WAIT)
        users = USERS * (1 + MORE * min(1.0, (minute - BEGINS) / 30)) * (1 + PEAK * (minute % 30 < 5))
        in_use, room = users * need / (pause + need), servers * THREADS
        served = min(in_use, room) / need  # a second
        in_time = users / served - pause <= PATIENCE
        pause = PAUSE if in_time else AGAIN
        if step % round(1 / STEP) == 0:
            tier = Tier(servers, queue + len(coming), served * WORK / (servers * CORES), min(1.0, in_use / room))
            change = rule(tier)
            queue, asked = queue + max(0, change), asked + max(0, change)
            servers, removed = servers + min(0, change), removed - min(0, change)
        entry = (minute, servers, in_time * (1 - LOSS * bad), asked, removed)
        for column, value in zip((day.minutes, day.servers, day.sent, day.asked, day.removed), entry, strict=True):
            column.append(value)
    return day


def _bad(minute: float) -> float:
    """The state of the network: 0 is well, 1 the worst of that morning."""
    begins, worst, repaired = NETWORK
    return min(1.0, max(0.0, (minute - begins) / (worst - begins))) if minute < repaired else 0.0


RULES: Mapping[str, tuple[Callable[[Tier], int], int]] = {
    "as it was: idle processors": (by_processors, 20),
    "as it was, servers start three times as fast": (by_processors, 60),
    "busy threads": (by_threads, 20),
    "nobody changes anything": (by_nobody, 20),
}


def clock(minute: float) -> str:
    """A minute of the day as a clock shows it.

    >>> clock(420)
    '7:00'
    """
    return f"{int(minute // 60)}:{int(minute % 60):02d}"


def replay(rule: Callable[[Tier], int], slots: int = 20) -> Figure:
    """The share of the messages sent and the servers in service, as shares of what there was at 6:30."""
    day = morning(rule, slots)
    down = f"down from {clock(day.down[0])} for {len(day.down) * STEP:.0f} minutes" if day.down else "never down"
    reading = (
        f"At 6:57, {day.sent[day.at(6, 57)]:.1%} of the messages are sent; {down}. Servers taken away by 7:00: "
        f"{day.removed[day.at(7, 0)]:,}; asked for by 7:15: {day.asked[day.at(7, 15)]:,}."
    )
    hours = [minute / 60 for minute in day.minutes[::3]]
    curves = {"messages sent": [100 * share for share in day.sent[::3]],
              "servers in service": [100 * servers / SERVERS for servers in day.servers[::3]]}  # fmt: skip
    figure = charts.lines(hours, curves, x_title="time of day", y_title="per cent", reading=reading,
                          x_range=(6.5, 9.5), y_range=(0, 160))  # fmt: skip
    ticks = [6.5, 7, 7.5, 8, 8.5, 9, 9.5]
    axis = figure.layout["xaxis"] | {"tickvals": ticks, "ticktext": [clock(60 * tick) for tick in ticks]}
    return Figure(figure.data, figure.layout | {"xaxis": axis}, reading=reading)


def replay_of(controller: str) -> Figure:
    """The replay with one of the controllers in `RULES`."""
    return replay(*RULES[controller])
