"""run_calls: calls to a number that is new, at an exchange that remembers that there is no such customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import fsum

from letitcrash.caching.cache import Cache
from letitcrash.queueing import checks
from letitcrash.queueing.arrivals import SECONDS_PER_HOUR, Poisson
from letitcrash.world import hours, minutes, stream

NEW, NOBODY = "new", "nobody"  # the two numbers that are called: one gets a customer, one never does
WARM, COLD, WRONG = "warm", "cold", "wrong"


@dataclass(frozen=True, repr=False, eq=False)
class Calls:
    """The calls to the new number from its registration on, in order; times in seconds.

    `began`: the first dialling; `took`: how long until the call was connected; `how`: "warm" (the exchange knew the
    number), "cold" (it asked the office) or "wrong" (it knew that there is no such customer, and the caller dialled
    again and again). `questions` are those to the office about both numbers, from opening to closing, over `ended`.
    """

    began: list[float]
    took: list[float]
    how: list[str]
    questions: int
    ended: float

    def __len__(self) -> int:
        return len(self.began)

    def __repr__(self) -> str:
        return f"Calls({len(self)} calls, the longest took {max(self.took, default=0.0):.1f} s to connect)"

    @property
    def per_minute(self) -> float:
        """The questions to the office in a minute."""
        return self.questions / self.ended * 60.0

    def mean_time(self, how: Sequence[str] = (WARM, COLD, WRONG)) -> float:
        """The mean time until a call was connected, of the calls that went in one of these ways."""
        took = [seconds for seconds, way in zip(self.took, self.how, strict=True) if way in how]
        if not took:
            raise ValueError(f"no call was {' or '.join(how)}, so there is nothing to measure")
        return fsum(took) / len(took)


def run_calls(
    negative: float = 900.0,
    *,
    ttl: float = 900.0,
    registers: float = minutes(30),
    every: float = 30.0,
    again: float = 10.0,
    takes: float = 0.2,
    until: float = hours(1),
    seed: int = 0,
) -> Calls:
    """Call two numbers, each at random once in `every` seconds; a customer gets the first one at second `registers`.

    The exchange remembers for `ttl` seconds whose number it is, and for `negative` seconds that it is nobody's; when
    it opens it remembers of both numbers that they are nobody's, since some time. To ask the office takes `takes`
    seconds. A caller who is told that there is no such customer, though there is, dials again after `again` seconds.
    The other number stays nobody's: the questions about it are what a short memory costs the office.
    """
    known = {True: Cache(checks.number("ttl", ttl)), False: Cache(checks.number("negative", negative))}
    registers, takes = checks.number("registers", registers), checks.number("takes", takes)
    again, until = checks.number("again", again, more=True), checks.number("until", until, more=True)
    rate = SECONDS_PER_HOUR / checks.number("every", every, more=True)
    dials = [(at, NEW, at) for at in Poisson(rate).times(stream(seed, "calls"), until)]
    dials += [(at, NOBODY, at) for at in Poisson(rate).times(stream(seed, "wrong calls"), until)]
    dials.sort()  # and so a heap
    calls, questions, ages = [], 0, stream(seed, "ages")
    for number in (NEW, NOBODY):
        known[False].put(number, False, -negative * ages.random())
    while dials:
        at, number, began = heappop(dials)
        is_somebodys = number == NEW and at >= registers
        remembered = next((found for found, cache in known.items() if cache.get(number, at)), None)
        if remembered is None:
            questions += 1
            known[is_somebodys].put(number, is_somebodys, at)
        if not is_somebodys:
            continue
        if remembered is False:
            heappush(dials, (at + again, number, began))
        else:
            how = WRONG if at > began else COLD if remembered is None else WARM
            calls.append((began, at - began + (takes if remembered is None else 0.0), how))
    calls.sort()
    columns = [list(column) for column in zip(*calls, strict=True)] or [[], [], []]
    return Calls(*columns, questions, until)
