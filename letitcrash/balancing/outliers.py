"""Outliers: the stores that said sorry too often, each left out for a while and then tried again."""

from letitcrash.queueing import checks


class Outliers:
    """Passive health checks as Envoy's outlier detection has them: nobody asks a store, its answers are counted.

    After `consecutive` sorries in a row a store is left out for `ejection` seconds times the number of its ejections
    so far. One that has just come back needs a single sorry to be left out again. At most a share `most` of the
    `stores` is out at any moment. (`consecutive` and the growing ejection are Envoy's; Envoy also lowers the
    number of ejections again with time, and its `max_ejection_percent` is 10.)
    """

    def __init__(self, stores: int, consecutive: int = 5, ejection: float = 30.0, most: float = 0.5):
        self.stores = checks.whole("stores", stores, least=1)
        self.consecutive = checks.whole("consecutive", consecutive, least=1)
        self.ejection = checks.number("ejection", ejection, more=True)
        self.most = checks.number("most", most)
        if self.most > 1.0:
            raise ValueError(f"most is {most:g}: it must be a share of the stores, 1 at most (0.5 is 50 %)")
        self.sorries = [0] * stores  # in a row
        self.ejections = [0] * stores
        self.until = [0.0] * stores  # a store is out before this second
        self.on_trial = [False] * stores  # has been out, and has served nobody since
        self._now = 0.0

    def heard(self, store: int, ok: bool, now: float) -> None:
        """Count an answer of `store` at second `now`: `ok` if it served, False if it said sorry or nothing.

        The answer of a store that is out to a customer sent there before changes nothing.
        """
        self._tick(now)
        if not 0 <= store < self.stores:
            raise ValueError(f"store is {store}: it must be one of 0 to {self.stores - 1}")
        if now < self.until[store]:
            return
        if ok:
            self.sorries[store], self.on_trial[store] = 0, False
            return
        self.sorries[store] += 1
        if self.sorries[store] >= self.consecutive or self.on_trial[store]:
            others = sum(now < until for until in self.until)
            if others + 1 <= self.most * self.stores:
                self._eject(store, now)

    def open(self, now: float) -> tuple[bool, ...]:
        """Return for each store whether customers may be sent there at second `now`."""
        self._tick(now)
        return tuple([now >= until for until in self.until])

    def _eject(self, store: int, now: float) -> None:
        self.ejections[store] += 1
        self.until[store] = now + self.ejection * self.ejections[store]
        self.sorries[store], self.on_trial[store] = 0, True

    def _tick(self, now: float) -> None:
        self._now = checks.clock(now, self._now)
