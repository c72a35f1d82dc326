"""The bets of chapter 2. Each takes its result from the notebook, so that no answer is written down twice."""

from collections.abc import Sequence

from letitcrash.show import bet, choice, curve, number
from letitcrash.show.bets import Bet


def one_carton_an_hour(truth: float) -> Bet:
    """The p99 of the others in one loop, with one carton an hour."""
    return bet(
        "Nobody drops anything, and 99 in 100 wait 3 minutes at most. Now **one** customer of 150 drops eggs each "
        "hour, and the store opens again after five minutes. How many minutes do 99 in 100 of the *others* wait?",
        number(0, 30, "minutes"), truth=truth, at={"per_hour": 1},
        why="Everybody inside pays the five minutes to open again, and then the line that has grown meanwhile.",
    )  # fmt: skip


def eggs_out_of_the_middle(truth: str) -> Bet:
    """The rest of milk, eggs, bread, eggs when eggs are taken."""
    return bet(
        "In the mailbox are milk, eggs, bread, eggs, in this order. The process receives **eggs**, once. What is left, "
        "oldest first?",
        choice("milk, bread", "milk, bread, eggs", "bread, eggs, milk"),
        truth=truth, at={"wanted": "eggs", "times": 1},
        why="The oldest message that matches leaves the mailbox; the ones passed over stay where they were.",
    )  # fmt: skip


def tills_left(hours: Sequence[int], truth: Sequence[float]) -> Bet:
    """The number of tills, of seven, that still work, hour by hour."""
    return bet(
        "A process a till, seven tills, one carton an hour. Draw how many clerks are still alive, hour by hour.",
        curve(hours, 0, 7, x_title="hours since opening", y_title="clerks alive"), truth=truth,
        why="Each carton ends the clerk who gets it, and nobody starts another. The fall slows down because cartons "
        "wait in line as well.",
    )  # fmt: skip


def pushed_aside(truth: float) -> Bet:
    """The share of honest customers who are cut off by a time-out of the mean basket."""
    return bet(
        "Baskets take two minutes on average. The clerk gives up on a customer after **two minutes**. How many in a "
        "hundred of the honest customers are cut off?",
        number(0, 100, "in a hundred"), truth=truth, at={"patience": 2}, across="",
        why="Most baskets are smaller than the mean; a few large ones pull it up.",
    )  # fmt: skip


def with_eggs(truth: float) -> Bet:
    """The p99 of the others around a crash, a process a customer."""
    return bet(
        "Before the eggs, 99 in 100 wait 3.1 minutes at most. Now one till of seven is lost for ten minutes, in a "
        "store with a **process a customer**. Of the others who come around that time, how long do 99 in 100 wait?",
        number(0, 20, "minutes"), truth=truth, at={"lost": 5}, across="x",
        why="One till of seven is missing; the other six never learn that anything has happened.",
    )  # fmt: skip
