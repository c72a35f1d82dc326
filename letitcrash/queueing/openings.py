"""Opening rules: functions from the manager's view of the floor to a number of open tills."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from letitcrash.queueing import checks


class Floor(NamedTuple):
    """The manager's view on looking up: seconds since opening, tills there are, open and busy, people waiting."""

    now: float
    tills: int
    open: int
    busy: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Timetable:
    """So many tills from each moment on: `Timetable({0: 2, hours(4): 5})`; 0 must be among the moments."""

    tills: Mapping[float, int]

    def __post_init__(self):
        if 0 not in self.tills:
            raise ValueError("the timetable does not say how many tills are open at 0, when the doors open")
        for moment, tills in self.tills.items():
            checks.number("a moment of the timetable", moment)
            checks.whole(f"tills from {moment:g} s", tills, least=1)

    def __call__(self, floor: Floor) -> int:
        """The number of tills open at `floor.now`."""
        moments = sorted(self.tills)
        return self.tills[moments[bisect_right(moments, floor.now) - 1]]


@dataclass(frozen=True, slots=True)
class Watching:
    """Open one more till when more than `open_above` wait per open till; close one when at most `close_below` wait."""

    open_above: float = 3.0
    close_below: int = 0
    least: int = 1

    def __post_init__(self):
        checks.number("open_above", self.open_above)
        checks.whole("least", self.least, least=1)
        if not 0 <= self.close_below <= self.open_above:
            raise ValueError(f"close_below is {self.close_below:g}: it must lie between 0 and open_above")

    def __call__(self, floor: Floor) -> int:
        """One till more, one less, or as many as are open."""
        if floor.waiting > self.open_above * floor.open:
            return floor.open + 1
        if floor.waiting <= self.close_below and floor.busy < floor.open:
            return max(self.least, floor.open - 1)
        return max(self.least, floor.open)
