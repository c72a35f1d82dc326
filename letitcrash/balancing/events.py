"""Events of several stores and their doors, beside those of one store; the stores can be drawn from them alone.

Stores, tills and customers are numbered from 1; the tills go on from store to store, and line n is that of store n. A
customer's story is Arrived, then one or more visits with CameBack between them. A visit is Directed, then Refused, or
Joined and then WentOut or Started and Finished. The last visit of a customer who is lost ends with Balked or Reneged.
"""

from dataclasses import dataclass

from letitcrash.trace import Event


@dataclass(frozen=True, slots=True)
class StoresOpened(Event):
    """The first event: the tills of each of the `stores`, all of them open, with one line in each store."""

    stores: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Directed(Event):
    """The man at the door sends `customer` to `store` (0: nowhere), having `seen` so many inside each store."""

    customer: int
    store: int
    seen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BoardPainted(Event):
    """The board is painted anew: the true `counts` of those inside each store at this second."""

    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Refused(Event):
    """`customer` is told sorry at `store` (0: none is open); `why`: "dark", "full", "sent away" or "shut"."""

    customer: int
    store: int
    why: str


@dataclass(frozen=True, slots=True)
class WentOut(Event):
    """`customer` has lost patience in `store` and goes out, to come again; the slip with the order stays."""

    customer: int
    store: int


@dataclass(frozen=True, slots=True)
class CameBack(Event):
    """`customer` stands at the door again."""

    customer: int


@dataclass(frozen=True, slots=True)
class SlipStarted(Event):
    """The clerk of `till` begins to work on the slip of `customer`, who has left."""

    customer: int
    till: int


@dataclass(frozen=True, slots=True)
class SlipFinished(Event):
    """The clerk of `till` has done the work for `customer`, who has left."""

    customer: int
    till: int


@dataclass(frozen=True, slots=True)
class Ejected(Event):
    """The man at the door leaves `store` out, which said sorry too often, until second `until` (None: not known)."""

    store: int
    until: float | None


@dataclass(frozen=True, slots=True)
class Readmitted(Event):
    """The man at the door counts `store` among the open ones again."""

    store: int


@dataclass(frozen=True, slots=True)
class LightsOut(Event):
    """`store` is dark: from now on it turns everybody away who comes."""

    store: int


@dataclass(frozen=True, slots=True)
class LightsOn(Event):
    """`store` has light again."""

    store: int
