"""The bets of chapter 3. Each takes from the notebook what came out, so that no answer is written down twice."""

from letitcrash.show import bet, choice, number
from letitcrash.show.bets import Bet


def looks(truth: float) -> Bet:
    """How warm it gets when somebody looks every half hour."""
    return bet(
        "The manager looks in **every 30 minutes**, on the hour and on the half hour, and replaces a dead clerk. The "
        "clerk dies at 9:12, the freezer is at −18 °C. How warm does it get?",
        number(-18, 6, "°C"), truth=truth, at={"every": 30},
        why="It is a matter of luck how long after the crash the next look comes: half the interval on average.",
    )  # fmt: skip


def chain(truth: int) -> Bet:
    """How many of six survive a crash in a chain."""
    return bet(
        "Six clerks in a row, each **linked** to the one before. Number 3 crashes. How many of the six are left?",
        number(0, 6, "clerks"), truth=truth, at={"hit": 3, "how": "crashes"}, across="",
        why="Each one who exits is the next one's crash. A chain of links is one life.",
    )  # fmt: skip


def goes_home(truth: int) -> Bet:
    """How many of six survive when one of them is done."""
    return bet(
        "The same six. Number 3 is done for the day and returns. How many are left?",
        number(0, 6, "clerks"), truth=truth, at={"hit": 3, "how": "goes home"}, across="",
        why="The reason is *normal*, the only one that a link carries and nobody obeys.",
    )  # fmt: skip


def trapper(truth: int) -> Bet:
    """How many of six survive when number 3 traps."""
    return bet(
        "Six linked clerks; now number 3 **traps** exits. Number 5 crashes. How many are left?",
        number(0, 6, "clerks"), truth=truth, at={"traps": 3, "hit": 5, "how": "crashes"}, across="",
        why="Numbers 4, 5 and 6 are one life. The signal reaches 3 as a message, and nobody behind 3 hears of it.",
    )  # fmt: skip


def killed(truth: str) -> Bet:
    """What becomes of the neighbour of a killed process, in the words of `webs.fates`."""
    return bet(
        "Number 5 is **killed** from outside, `exit(Pid, kill)`. Number 4 is linked to it and traps. Number 4 …",
        choice("exits: killed", "was told: kill", "was told: killed"), truth=truth,
        at={"traps": 4, "hit": 5, "how": "is killed"},
        why="Or one kill would run through every link there is, trapping or not.",
    )  # fmt: skip
