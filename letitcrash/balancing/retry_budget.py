"""RetryBudget: so many second tries, and no more, as customers come."""

from collections import deque

from letitcrash.queueing import checks


class RetryBudget:
    """A leaky bucket of retries: within any `ttl` seconds, a share `percent` of the first tries and a reserve.

    The reserve is `per_second` retries a second, for those who ask rarely. Finagle, RetryBudget.scala:
    `minRetriesPerSec`, `percentCanRetry` and `ttl`, with these defaults; Finagle counts in ten windows of the `ttl`,
    here every try leaves by itself when its `ttl` is over.
    """

    def __init__(self, percent: float = 0.2, per_second: float = 10.0, ttl: float = 10.0):
        self.percent = checks.number("percent", percent)
        self.per_second = checks.number("per_second", per_second)
        self.ttl = checks.number("ttl", ttl, more=True)
        self._deposits: deque[float] = deque()
        self._withdrawals: deque[float] = deque()
        self._now = 0.0

    def deposit(self, now: float) -> None:
        """Count a first try at second `now`. Raises ValueError for a clock that runs back."""
        self._forget(now)
        self._deposits.append(now)

    def try_withdraw(self, now: float) -> bool:
        """Take one retry at second `now` and return True, or return False where none is left."""
        self._forget(now)
        allowed = self.per_second * self.ttl + self.percent * len(self._deposits)
        if len(self._withdrawals) + 1 > allowed + 1e-9:  # .2 of 5 is 1, also in binary
            return False
        self._withdrawals.append(now)
        return True

    def _forget(self, now: float) -> None:
        self._now = checks.clock(now, self._now)
        for tries in (self._deposits, self._withdrawals):
            while tries and tries[0] <= now - self.ttl:
                tries.popleft()
