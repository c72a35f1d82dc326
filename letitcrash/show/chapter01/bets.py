"""The bets of chapter 1. Each takes its result from the notebook, so that no answer is written down twice."""

from collections.abc import Callable

from letitcrash.show import bet, choice, curve, number
from letitcrash.show.bets import Bet

LOADS = (0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


def sixth_till(truth: float) -> Bet:
    """Minutes in line at 17:10 with six tills instead of five."""
    return bet(
        "With five tills all day, a customer who walks in at 17:10 waits 20 minutes. How many minutes with **six**?",
        number(0, 30, "minutes"), truth=truth, at={"tills": 6},
        why="The same people come with the same baskets. A fifth more tills takes three quarters of the wait away.",
    )  # fmt: skip


def knee(truth: Callable[[float], float]) -> Bet:
    """The time in the store over the load, drawn."""
    return bet(
        "Draw it: the time from door to door, in service times, as the load goes from 0.1 to 0.95.",
        curve(LOADS, 0, 25, x_title="load", y_title="service times"), truth=truth,
        why="The time is one over the idle share: 1 / (1 − load). Halve what is idle, and the time doubles.",
    )  # fmt: skip


def equal_baskets() -> Bet:
    """The service times that are left of five when all baskets are equal."""
    right = "3 service times"
    return bet(
        "At load 0.8, with exponential baskets, a customer is inside for 5 service times. Now **every** basket takes "
        "exactly two minutes, the old mean. How long is a customer inside?",
        choice("5 service times: the mean has not changed", right, "1 service time: nobody waits"),
        truth=right, at={"c2": 0},
        why="Of the four service times in line, two come from baskets that differ, two from customers in clumps.",
    )  # fmt: skip


def one_line(truth: float) -> Bet:
    """Service times in the store with one line for ten tills."""
    return bet(
        "Ten tills at load 0.9. A customer who picks any of the ten lines is inside for 10 service times. How many "
        "with **one line** for all?",
        number(1, 12, "service times"), truth=truth, at={"load": 0.9}, across="x",
        why="Where each till has its own line, one is idle while people wait at another. One line rules that out.",
    )  # fmt: skip


def twenty_lines(truth: float) -> Bet:
    """Erlangs that twenty telephone lines carry in one bundle."""
    return bet(
        "Two offices with **ten** telephone lines each carry 4.46 erlangs apiece, 8.92 together, when one call in a "
        "hundred may be lost. How many erlangs do all **twenty** lines carry in one bundle?",
        number(5, 20, "erlangs"), truth=truth, at={"lines": 20},
        why="A third more calls over the same copper: this is the gain of one line over ten, called trunking gain.",
    )  # fmt: skip
