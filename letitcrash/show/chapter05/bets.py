"""The bets of chapter 5. Each takes from the notebook what came out, so that no answer is written down twice."""

from collections.abc import Mapping, Sequence

from letitcrash.show import bet, choice, curve, number
from letitcrash.show.bets import Bet


def late(truth: int) -> Bet:
    """The customers who get champagne for nothing when four of twelve ask for some."""
    return bet(
        "Now **four** bottles of champagne: the third customer, the sixth, the ninth and the eleventh. As before the "
        "till gives up after 5 seconds, and the answer comes after 7. How many of the four pay nothing?",
        number(0, 4, "customers"), truth=truth, at={"patience": 5, "bottles": 4}, across="",
        why="From the first late answer on there is always one in the mailbox, and the till never waits again.",
    )  # fmt: skip


def calling(loads: Sequence[float], truth: Sequence[float]) -> Bet:
    """The seconds that a call takes, over the load."""
    return bet(
        "Six tills **call** the store room and wait for what they asked for; it takes two seconds to fetch a thing. "
        "Draw how long a call takes, from light load to one and a half times what the store room can do.",
        curve(loads, 0, 40, x_title="load", y_title="seconds a call takes"), truth=truth,
        why="Six tills have six questions open at most, so five before yours. A till that waits does not ask.",
    )  # fmt: skip


def again(truth: int, patient: int) -> Bet:
    """The answers that reach a till that waits when calls time out and are made again."""
    return bet(
        "The store room is busy half of the time. When the tills wait for as long as it takes, they get what they "
        f"want {patient} times in the hour. Now each gives up after **5 seconds and asks again**. How many times?",
        number(0, 1000, "times"), truth=truth, at={"load": 0.5}, across="x",
        why="The question that was given up stays in the mailbox, and is worked on for nobody, ahead of the new one.",
    )  # fmt: skip


def for_errors(truth: int, total: int) -> Bet:
    """The lines of the defensive store that a good day does not need."""
    return bet(
        f"The defensive store has {total} lines of code. How many of them are there for errors?",
        number(0, total, "lines"), truth=truth,
        why="A `try` and its `except` are two lines; the reaction is two more; and a caller that gets the error as an "
        "answer has to check for it.",
    )  # fmt: skip


def quail(served: Mapping[str, int]) -> Bet:
    """The store that serves more customers when unexpected boxes come; `served` by the store's name."""
    careful, happy = served["defensive"], served["happy case"]
    truth = "both the same" if careful == happy else "the happy case" if careful < happy else "the defensive one"
    return bet(
        "Four times an hour somebody brings a box of **quail eggs**, of which neither author had thought. The happy "
        "case's shelf crashes each time; the defensive one catches the error. Which store serves more customers?",
        choice("the defensive one", "both the same", "the happy case"), truth=truth,
        at={"fault": "quail eggs", "per_hour": 4},
        why="The defensive shelf lives on with half a box in its head: it counts places as taken that are empty.",
    )  # fmt: skip
