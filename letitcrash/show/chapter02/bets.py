"""The bets of chapter 2. Each takes from the notebook what came out, so that no answer is written down twice."""

from collections.abc import Sequence

from letitcrash.show import bet, choice, curve, number
from letitcrash.show.bets import Bet


def one_carton_an_hour(truth: float) -> Bet:
    """The p99 of the others in one loop, with one carton an hour."""
    return bet(
        "Nobody drops anything, and 99 in 100 wait 3 minutes at most. Now **one** customer of 150 drops eggs each "
        "hour, and the store opens again after five minutes. How many minutes do 99 in 100 of the *others* wait?",
        number(0, 30, "minutes"), truth=truth, at={"per_hour": 1},
        why="Five minutes to open again, for everybody inside, and then the line that has grown meanwhile.",
    )  # fmt: skip


def eggs_out_of_the_middle(truth: str) -> Bet:
    """What is left of milk, eggs, bread, eggs when eggs are taken."""
    return bet(
        "In the mailbox are milk, eggs, bread, eggs, in this order. The process receives **eggs**, once. What is left, "
        "oldest first?",
        choice("milk, bread", "milk, bread, eggs", "bread, eggs, milk"),
        truth=truth, at={"wanted": "eggs", "times": 1},
        why="The oldest that matches leaves; what was passed over stays where it was.",
    )  # fmt: skip


def tills_left(hours: Sequence[int], truth: Sequence[float]) -> Bet:
    """How many of seven tills still work, hour by hour."""
    return bet(
        "A process a till, seven tills, one carton an hour. Draw how many clerks are still alive, hour by hour.",
        curve(hours, 0, 7, x_title="hours since opening", y_title="clerks alive"), truth=truth,
        why="Each carton ends the clerk who gets it, and nobody starts another. It slows down because cartons stand in "
        "line as well.",
    )  # fmt: skip


def pushed_aside(truth: float) -> Bet:
    """The share of honest customers who are cut off by a time-out of the mean basket."""
    return bet(
        "Baskets take two minutes on average. The clerk gives up on a customer after **two minutes**. How many in a "
        "hundred of the honest are cut off?",
        number(0, 100, "in a hundred"), truth=truth, at={"patience": 2}, across="",
        why="Most baskets are smaller than the mean, and the large ones are the ones with something in them.",
    )  # fmt: skip


def with_eggs(truth: float) -> Bet:
    """The p99 of the others around a crash, a process a customer."""
    return bet(
        "Before the eggs, 99 in 100 wait 3.1 minutes at most. Now one till of seven is lost for ten minutes, in a "
        "store with a **process a customer**. Of the others who come around that time, how long do 99 in 100 wait?",
        number(0, 20, "minutes"), truth=truth, at={"lost": 5}, across="x",
        why="One till of seven is missing; the other six do not know that anything has happened.",
    )  # fmt: skip
