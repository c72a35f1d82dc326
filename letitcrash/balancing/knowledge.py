"""Knowledge: the counts, the board, the lamps and the outliers that one door goes by."""

from collections.abc import Callable
from typing import Any

from letitcrash.balancing.balancers import Balancer
from letitcrash.balancing.events import Ejected, Readmitted
from letitcrash.balancing.rules import Snapshot


class Knowledge:
    """The knowledge of one door about `stores` stores, and the rule that it goes by.

    `inside` counts the customers that this door has sent to each store and not had back; they are its Snapshot unless
    it has a board. `note(kind, at, *fields)` records an event where somebody wants them.
    """

    def __init__(self, stores: int, balancer: Balancer, outliers: Any = None):
        self.inside, self.balancer, self.outliers = [0] * stores, balancer, outliers
        self.board: tuple[int, ...] | None = None
        self.painted = 0.0
        self.lamps = (True,) * stores
        self.listens = outliers is not None or balancer.heard is not None
        self.note: Callable | None = None
        self._known_open = self.lamps

    def choose(self, now: float) -> tuple[int | None, Snapshot]:
        """Return the store for the customer who is at the door at second `now`, and what the rule has seen.

        Raises ValueError for a rule that names a store that is not there.
        """
        is_open = self.lamps if self.outliers is None else self._open(now)
        if self.board is None:
            seen = Snapshot(tuple(self.inside), is_open, 0.0)
        else:
            seen = Snapshot(self.board, is_open, now - self.painted)
        store = self.balancer.choose(seen, now)
        if store is not None and (type(store) is not int or not 0 <= store < len(self.inside)):
            names = "store 0 alone" if len(self.inside) == 1 else f"0 to {len(self.inside) - 1}"
            raise ValueError(f"the rule names store {store!r}: there are {names}, and None for no store")
        return store, seen

    def heard(self, store: int, ok: bool, took: float, now: float) -> None:
        """Take note of the end of a visit: `ok` if the customer was served, after `took` seconds."""
        if self.balancer.heard is not None:
            self.balancer.heard(store, ok, took, now)
        if self.outliers is not None:
            self.outliers.heard(store, ok, now)
            if self.note is not None:
                self._open(now)

    def paint(self, counts: tuple[int, ...], at: float) -> None:
        """Read the board that was painted at second `at`."""
        self.board, self.painted = counts, at

    def _open(self, now: float) -> tuple[bool, ...]:
        """The stores that may be open by the lamps and by the outliers; a change of the latter is noted."""
        known = tuple(self.outliers.open(now))
        if self.note is not None and known != self._known_open:
            until = getattr(self.outliers, "until", None)
            for store, (before, after) in enumerate(zip(self._known_open, known, strict=True)):
                if before and not after:
                    self.note(Ejected, now, store + 1, until and until[store])
                elif after and not before:
                    self.note(Readmitted, now, store + 1)
        self._known_open = known
        return tuple([lamp and is_in for lamp, is_in in zip(self.lamps, known, strict=True)])
