"""The bets of chapter 1. Each takes from the notebook what came out, so that no answer is written down twice."""

from collections.abc import Callable

from letitcrash.show import bet, choice, curve, number
from letitcrash.show.bets import Bet

LOADS = (0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


def sixth_till(truth: float) -> Bet:
    """Minutes in line at 17:10 with six tills instead of five."""
    return bet(
        "With five tills, whoever walks in at 17:10 waits 20 minutes. How many minutes with **six**?",
        number(0, 30, "minutes"), truth=truth, at={"tills": 6},
        why="The same people came with the same baskets. A fifth more tills took three quarters of the wait away.",
    )  # fmt: skip


def knee(truth: Callable[[float], float]) -> Bet:
    """The time in the store over the load, drawn."""
    return bet(
        "Draw it: the time from door to door, in service times, as the load goes from 0.1 to 0.95.",
        curve(LOADS, 0, 25, x_title="load", y_title="service times"), truth=truth,
        why="One over the idle share: 1 / (1 − load). Halve what is idle, and the time doubles.",
    )  # fmt: skip


def equal_baskets() -> Bet:
    """What is left of five service times when all baskets are equal."""
    right = "3 service times"
    return bet(
        "Load 0.8, baskets exponential: a customer is inside for 5 service times. Now **every** basket takes exactly "
        "two minutes, the mean that it had. How long is a customer inside?",
        choice("5 service times: the mean has not changed", right, "1 service time: nobody waits"),
        truth=right, at={"c2": 0},
        why="Of the four service times in line, two came from baskets that differ, two from customers in clumps.",
    )  # fmt: skip


def one_line(truth: float) -> Bet:
    """Service times in the store with one line for ten tills."""
    return bet(
        "Ten tills at load 0.9. Who picks any of ten lines is inside for 10 service times. With **one line** for all?",
        number(1, 12, "service times"), truth=truth, at={"load": 0.9}, across="x",
        why="While one till has a line another is idle, unless the line is shared.",
    )  # fmt: skip


def twenty_lines(truth: float) -> Bet:
    """Erlangs that twenty telephone lines carry in one bundle."""
    return bet(
        "Two offices with **ten** telephone lines each carry 4.46 erlangs apiece, 8.92 together, when one call in a "
        "hundred may be lost. All **twenty** lines in one bundle: how many erlangs?",
        number(5, 20, "erlangs"), truth=truth, at={"lines": 20},
        why="A third more calls over the same copper. It is the one line of the ten tills, called trunking gain.",
    )  # fmt: skip
