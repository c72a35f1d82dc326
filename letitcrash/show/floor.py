"""open_store: a store to watch and touch. Its crowd is a recorded day; the visitor opens and closes the tills."""

import dataclasses
from typing import Any

from letitcrash.queueing import Day
from letitcrash.show import shell, widget_output

TENTHS = 1  # digits of a second that are kept: less than a frame of the picture shows
AFTER = 3600.0  # seconds after the last arrival at which the picture ends, if somebody is still inside then


@dataclasses.dataclass(frozen=True)
class StoreFloor:
    """The floor of a store: `day` gives the crowd and its baskets; `tills` of `most` are open at first."""

    title: str
    day: Day
    tills: int
    most: int
    opens: int
    begins: float
    lost: float = 0.0

    def spec(self) -> dict[str, Any]:
        """The crowd and the tills, as the script reads them; times in seconds since the doors opened."""
        tenths = lambda values: [round(value, TENTHS) for value in values]
        return {
            "arrived": tenths(self.day.arrived), "served": tenths(self.day.served), "tills": self.tills,
            "most": self.most, "begins": self.begins, "ends": min(self.day.ended, self.day.arrived[-1] + AFTER),
            "opens": self.opens, "lost": self.lost,
        }  # fmt: skip

    def reading(self) -> str:
        """The sentence that stands for the picture where nothing moves."""
        line = sum(at <= self.begins < at + wait for at, wait in zip(self.day.arrived, self.day.waited, strict=True))
        return f"{self._clock(self.begins)}. {self.tills} tills are open and {line} people stand in line."

    def _clock(self, seconds: float) -> str:
        minutes = int(self.opens * 60 + seconds // 60)
        return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        spec = self.spec()
        parts = [
            shell.title(self.title),
            shell.floor(
                self.most,
                self.tills,
                self.reading(),
                last=int(spec["ends"] // 60),
                at=int(self.begins // 60),
                drops=bool(self.lost),
            ),
        ]
        return widget_output.output("floor", self.title, parts, spec, self.reading())


def open_store(
    day: Day,
    *,
    title: str,
    tills: int | None = None,
    most: int = 9,
    opens: int = 0,
    begins: float = 0.0,
    lost: float = 0.0,
) -> StoreFloor:
    """A store that moves: the customers of `day` come as they came, and the visitor opens and closes its tills.

    `tills` of `most` are open at first (those of the day). The picture begins `begins` seconds after the doors opened,
    `opens` o'clock. With `lost` the store is one program, and the visitor can drop eggs: everybody goes out, and the
    store opens again after so many seconds. Waits are worked out in the page, by the recursion of
    `letitcrash.queueing.waiting_times`.
    Raises ValueError when nobody came or there are more open tills than there are tills.
    """
    tills = day.tills if tills is None else tills
    if not len(day):
        raise ValueError("nobody came in on this day, so there is no line to watch: let customers come")
    if not 1 <= tills <= most:
        raise ValueError(f"tills is {tills}: it must lie between 1 and {most}, the tills that there are")
    return StoreFloor(title, day, tills, most, opens, begins, lost)
