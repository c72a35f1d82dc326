"""Answers: the result of a run of shelves and their office, question by question and fetch by fetch."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

from letitcrash.trace import Trace

HIT, STALE, MISS, FAILED = "hit", "stale", "miss", "failed"


@dataclass(frozen=True, repr=False, eq=False)
class Answers:
    """The fate of each question. Columns have one entry per question, in order, times in seconds.

    `asked`: when; `shelf`: of which shelf, from 0; `price`: for which price, from 0; `outcome`: "hit", "stale" (an old
    entry, given out while a new one was fetched), "miss" (the customer waited for a fetch) or "failed" (in vain);
    `waited`: how long; `age`: how long the price given had been wrong, 0 if it was right.

    `fetches` are the moments at which a shelf sent for a price, `catch_ups` those at which one asked for missed news.
    `inside` are (moment, questions for prices at the office from then on, those with the clerks included).
    """

    asked: list[float]
    shelf: list[int]
    price: list[int]
    outcome: list[str]
    waited: list[float]
    age: list[float]
    fetches: list[float]
    catch_ups: list[float]
    inside: list[tuple[float, int]]
    ended: float
    _trace: Trace | None = None

    def __len__(self) -> int:
        return len(self.asked)

    def __repr__(self) -> str:
        return (
            f"Answers({len(self)} questions, worst age {self.worst_age:.0f} s, {self.per_minute:.0f} fetches a minute)"
        )

    @property
    def trace(self) -> Trace:
        """The events of the run, kept if it was run with trace=True."""
        if self._trace is None:
            raise ValueError("this was run without a trace: run_shelves(..., trace=True) keeps one")
        return self._trace

    def share(self, outcome: str) -> float:
        """The share of questions with this outcome: "hit", "stale", "miss" or "failed"."""
        if outcome not in (HIT, STALE, MISS, FAILED):
            raise ValueError(f'outcome is {outcome!r}: it must be "hit", "stale", "miss" or "failed"')
        if not self.outcome:
            raise ValueError("nobody asked, so there is nothing to measure")
        return self.outcome.count(outcome) / len(self.outcome)

    @property
    def wrong_share(self) -> float:
        """The share of questions that were answered with an old price."""
        if not self.age:
            raise ValueError("nobody asked, so there is nothing to measure")
        return sum(map(bool, self.age)) / len(self.age)

    @property
    def worst_age(self) -> float:
        """The longest time, in seconds, that a price had been wrong when it was given out."""
        return max(self.age, default=0.0)

    @property
    def per_minute(self) -> float:
        """The questions to the office in a minute, for prices and for missed news."""
        return (len(self.fetches) + len(self.catch_ups)) / self.ended * 60.0

    @property
    def longest_line(self) -> int:
        """The most questions for prices that were at the office at once, those with the clerks included."""
        return max((number for _, number in self.inside), default=0)

    @property
    def longest_wait(self) -> float:
        """The longest wait of a customer for an answer, in seconds."""
        return max(self.waited, default=0.0)

    def waits_over(self, seconds: float) -> int:
        """Return how many customers waited longer than `seconds` for an answer."""
        return sum([wait > seconds for wait in self.waited])

    @cached_property
    def wrong(self) -> list[tuple[float, float]]:
        """The moment and the age of each wrong answer."""
        return list(compress(zip(self.asked, self.age, strict=True), self.age))

    def rows(self) -> Iterator[tuple]:
        """Question by question: moment, shelf, price, outcome, wait, age."""
        return zip(self.asked, self.shelf, self.price, self.outcome, self.waited, self.age, strict=True)
