"""Facebook's outage of 23 September 2010, small: one key in a cache, 200 clients that read it, and a database.

Published: every client saw an invalid value and asked the databases for a better one; hundreds of thousands of queries
a second; each error was read as an invalid value and deleted the key, so the queries went on when the value was right
again; down for about 2.5 hours; ended by stopping all traffic, and letting people back slowly. Given to the model: the
sizes, the time of the wrong value. The rest comes out.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from letitcrash.show import charts
from letitcrash.show.figure import Figure

CLIENTS = 200  # each reads the key once a second
DATABASE, ROOM = 10.0, 5  # queries that the database answers in a second, and that it holds; it drops the rest
TIMEOUT = 1.0  # seconds after which a client gives up a query that was dropped, which is an error
WRONG = (60.0, 120.0)  # seconds between which the database has an invalid value
ENDS = 900.0
OFF = 300.0  # the second at which the site is turned off, where it is


@dataclass(frozen=True)
class Design:
    """A client's reaction, and what is done about the site: the first three are the client's."""

    deletes: bool = True  # an error deletes the key
    one_query: bool = False  # while one client asks, the others do not
    database: float = DATABASE
    off_for: float = 0.0  # seconds without any traffic, from `OFF` on
    back_over: float = 0.0  # seconds over which the clients come back after that


DESIGNS: Mapping[str, Design] = {
    "as it was": Design(),
    "twice the database": Design(database=2 * DATABASE),
    "the site off for a minute": Design(off_for=60.0),
    "off, and back over five minutes": Design(off_for=60.0, back_over=300.0),
    "an error deletes nothing": Design(deletes=False),
    "one query at a time": Design(one_query=True),
}


@dataclass(frozen=True)
class Outage:
    """The run, an entry a second: queries that reached the database, and the share of reads that got a good value."""

    queries: list[int]
    good: list[float]

    def after(self, second: float) -> float:
        """The share of reads that got a good value in the last minute before `second`."""
        part = self.good[int(second) - 60 : int(second)]
        return sum(part) / len(part)


@cache
def outage(name: str) -> Outage:
    """Run one of `DESIGNS`; chance draws when in a second each client reads."""
    return run(DESIGNS[name])


def run(design: Design, seed: int = 1) -> Outage:
    """Run the quarter of an hour."""
    chance, work = Random(f"{seed}/clients"), Random(f"{seed}/database")
    takes = lambda: work.expovariate(design.database)
    back = [OFF + design.off_for + design.back_over * number / CLIENTS for number in range(CLIENTS)]
    chance.shuffle(back)
    key, waiting, errors, done, came = "valid", deque(), deque(), 0.0, Outage([], [])
    for second in range(int(ENDS)):
        asked = good = reads = 0
        reading = sorted((second + chance.random(), client) for client in range(CLIENTS))
        for now, client in reading:
            happened: list[tuple[float, str]] = []
            while waiting and done <= now:
                waiting.popleft()
                happened.append((done, "invalid" if WRONG[0] <= done < WRONG[1] else "valid"))
                done += takes()
            while errors and errors[0] <= now:
                happened.append((errors.popleft(), "error"))
            for _, what in sorted(happened):
                key = what if what != "error" else "none" if design.deletes else key
            if key == "valid" and WRONG[0] <= now < WRONG[1]:
                key = "invalid"  # the wrong value is a push to all, not a question's answer
            if design.off_for and OFF <= now < back[client]:
                continue
            reads += 1
            if key == "valid":
                good += 1
            elif not (design.one_query and (waiting or errors)):
                asked += 1
                if len(waiting) < ROOM:
                    done = done if waiting else now + takes()
                    waiting.append(now)
                else:
                    errors.append(now + TIMEOUT)
        came.queries.append(asked)
        came.good.append(good / reads if reads else 0.0)
    return came


def replay(design: Design, name: str = "this design", *, top: float = 250) -> Figure:
    """Queries a second that reach the database, over the quarter of an hour, and reads that get a good value."""
    return _picture(run(design), name, top)


def replay_of(design: str) -> Figure:
    """The replay of one of `DESIGNS`."""
    return _picture(outage(design), design, 250)


def _picture(came: Outage, name: str, top: float) -> Figure:
    t = list(range(0, int(ENDS), 5))
    queries = [sum(came.queries[at : at + 5]) / 5 for at in t]
    good = [100 * sum(came.good[at : at + 5]) / 5 for at in t]
    reading = (
        f"{name[:1].upper()}{name[1:]}: {came.after(120):.0%} of the reads get a good value while it is wrong, "
        f"{came.after(300):.0%} three minutes after it is right again, {came.after(ENDS):.0%} at the end."
    )
    curves = {"queries a second at the database": queries, "reads that get a good value, in a hundred": good}
    return charts.lines([at / 60 for at in t], curves, x_title="minutes", y_title="", reading=reading,
                        x_range=(0, ENDS / 60), y_range=(0, top))  # fmt: skip
