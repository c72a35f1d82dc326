"""Events of a store. From these alone the store can be drawn at any moment.

Customers and tills are numbered from 1. Each customer's story is Arrived, then Balked, or Joined and then either
Reneged or Started and Finished. Events come in the order in which they happened, also within one instant.
"""

from dataclasses import dataclass

from letitcrash.trace import Event


@dataclass(frozen=True, slots=True)
class StoreOpened(Event):
    """The first event: the store has so many `tills`, open or not; `line` is "shared" or "per till"."""

    tills: int
    line: str


@dataclass(frozen=True, slots=True)
class TillOpened(Event):
    """A clerk sits down at `till`: from now on it takes customers."""

    till: int


@dataclass(frozen=True, slots=True)
class TillClosed(Event):
    """The lamp over `till` goes out: it serves whom it has (its own line too, where it has one) and nobody new."""

    till: int


@dataclass(frozen=True, slots=True)
class Arrived(Event):
    """`customer` comes through the door."""

    customer: int


@dataclass(frozen=True, slots=True)
class Balked(Event):
    """`customer` leaves and has joined no line: it is full, or what they came for is not there."""

    customer: int


@dataclass(frozen=True, slots=True)
class Joined(Event):
    """`customer` joins the end of `line`: the number of its till, or 0 for the line that all tills share."""

    customer: int
    line: int


@dataclass(frozen=True, slots=True)
class Started(Event):
    """`customer`, the first of the line, moves up to `till`; at the same instant as Joined if the till was free."""

    customer: int
    till: int


@dataclass(frozen=True, slots=True)
class Finished(Event):
    """`customer` has paid at `till` and goes home."""

    customer: int
    till: int


@dataclass(frozen=True, slots=True)
class Reneged(Event):
    """`customer` loses patience in `line` and leaves without being served."""

    customer: int
    line: int
