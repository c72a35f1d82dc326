"""Popularity: some prices and some customers come up more often than others, as Zipf's law says."""

from bisect import bisect
from collections.abc import Callable
from itertools import accumulate
from random import Random


def by_rank(number: int, popularity: float, chance: Random) -> Callable[[], int]:
    """Return a function that draws one of `number`, from 0; rank k comes in proportion to k**-popularity.

    With a `popularity` of 0 all come equally often.
    """
    uniform, sums = chance.random, list(accumulate([rank**-popularity for rank in range(1, number + 1)]))
    total = sums[-1]
    return lambda: bisect(sums, uniform() * total)
