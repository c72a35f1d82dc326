"""The bets of chapter 3. Each takes from the notebook what came out, so that no answer is written down twice."""

from letitcrash.show import bet, choice, number
from letitcrash.show.bets import Bet


def looks(truth: float) -> Bet:
    """The highest temperature when the manager looks every half hour."""
    return bet(
        "The manager looks in **every 30 minutes**, on the hour and on the half hour, and replaces a dead clerk. The "
        "clerk dies at 9:12, the freezer is at −18 °C. How warm does it get?",
        number(-18, 6, "°C"), truth=truth, at={"every": 30},
        why="The next look comes by luck soon or late after the crash: after half the interval on average.",
    )  # fmt: skip


def chain(truth: int) -> Bet:
    """The number of six clerks who survive a crash in a chain."""
    return bet(
        "Six clerks in a row, each **linked** to the one before. Number 3 crashes. How many of the six are left?",
        number(0, 6, "clerks"), truth=truth, at={"hit": 3, "how": "crashes"}, across="",
        why="Each clerk that exits takes the next one along. Processes in a chain of links live and die together.",
    )  # fmt: skip


def goes_home(truth: int) -> Bet:
    """The number of six clerks who survive when one of them is done."""
    return bet(
        "The same six. Number 3 is done for the day and returns. How many are left?",
        number(0, 6, "clerks"), truth=truth, at={"hit": 3, "how": "goes home"}, across="",
        why="The reason is *normal*, the only one that ends nobody when it comes over a link.",
    )  # fmt: skip


def trapper(truth: int) -> Bet:
    """The number of six clerks who survive when number 3 traps."""
    return bet(
        "Six linked clerks; now number 3 **traps** exits. Number 5 crashes. How many are left?",
        number(0, 6, "clerks"), truth=truth, at={"traps": 3, "hit": 5, "how": "crashes"}, across="",
        why="Numbers 4, 5 and 6 fall together. The signal reaches 3 as a message, and nobody behind 3 hears of it.",
    )  # fmt: skip


def killed(truth: str) -> Bet:
    """The fate of a killed process's neighbour, in the words of `webs.fates`."""
    return bet(
        "Number 5 is **killed** from outside, `exit(Pid, kill)`. Number 4 is linked to it and traps. Number 4 …",
        choice("exits: killed", "was told: kill", "was told: killed"), truth=truth,
        at={"traps": 4, "hit": 5, "how": "is killed"},
        why="Otherwise one kill would run through all the links there are, trapping or not.",
    )  # fmt: skip
