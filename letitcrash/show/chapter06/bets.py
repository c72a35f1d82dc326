"""The bets of chapter 6. Each takes its result from a run, so that no answer is written down twice."""

from collections.abc import Callable, Mapping

from letitcrash.show import bet, curve, number
from letitcrash.show.bets import Bet
from letitcrash.show.chapter06.many import LOADS
from letitcrash.show.chapter06.saturday import COIN, SHORTER


def shorter_line(lost: Mapping[str, int]) -> Bet:
    """The customers turned away when each is sent to the shorter line, North being dark; `lost` has all towns'."""
    return bet(
        f"One store turned away {lost['one store']} customers. With two stores and a coin it was {lost[COIN]}. How "
        "many are turned away when the man at the door sends each customer to the store with **fewer people inside**?",
        number(0, 200, "customers"), truth=lost[SHORTER], at={"town": "two stores, the shorter line", "dark": 45},
        why="A dark store empties, stays empty, and so has the shorter line, for as long as it is dark.",
    )  # fmt: skip


def unequal_baskets(in_turn: Mapping[float, float]) -> Bet:
    """The time in the store in turn, when baskets differ a lot; `in_turn` has it by their c²."""
    return bet(
        f"Ten stores in turn, all baskets equal: {in_turn[0]:.1f} service times from door to door. Now baskets of the "
        "same mean that differ a lot: c² = 4. How many service times **in turn**?",
        number(1, 12, "service times"), truth=in_turn[4], at={"c2": 4}, across="x",
        why="Turns share out customers, not work: a customer who follows a large basket waits for all of it.",
    )  # fmt: skip


def two_of_a_hundred(truth: Callable[[float], float]) -> Bet:
    """The time over the load when each customer looks at two stores, drawn."""
    return bet(
        "With a coin, the time from door to door is 1 / (1 − load): 5 service times at 0.8, 20 at 0.95. Draw it for "
        "customers who look at **two** of a hundred stores, and go to the shorter line.",
        curve(LOADS, 0, 20, x_title="load", y_title="service times"), truth=truth, at={"d": 2},
        why="To stand in a long line, a customer has to draw two long lines, and long lines become rare twice over.",
    )  # fmt: skip


def age_of_the_board(truth: float) -> Bet:
    """The age of the board, in minutes, from which a coin is better."""
    return bet(
        "The lines are on a board that is painted now and then, and all go to the store that was better at the last "
        "painting. From how many minutes between two paintings on is a **coin** better than the board?",
        number(0, 20, "minutes"), truth=truth, at={"per_hour": 240}, across="x",
        why="Until the next painting everybody goes to one store: four customers a minute, twice what it can serve.",
    )  # fmt: skip


def ten_doors(line: Mapping[int, float]) -> Bet:
    """The time in the store when ten doors count for themselves; `line` has it by the number of doors."""
    return bet(
        f"One door that sends everybody to the shortest line: {line[1]:.2f} service times. Now **ten** doors, each of "
        "which counts only the customers that it sent itself. How many service times?",
        number(1, 4, "service times"), truth=line[10], at={"doors": 10},
        why="Each door knows a tenth of the customers. It keeps its own share even, as somebody who takes turns does.",
    )  # fmt: skip
