"""The bets of chapter 4. Each takes from the notebook what came out, so that no answer is written down twice."""

from collections.abc import Mapping

from letitcrash.show import bet, choice, number
from letitcrash.show.bets import Bet
from letitcrash.supervisor.shifts import crashes, fallen
from letitcrash.trace import Trace

NEVER = "never"


def slowly(run: Trace) -> Bet:
    """The crash, two seconds after the one before, at which a supervisor gives up that allows three in five seconds."""
    return bet(
        "**Three** restarts in **five** seconds are allowed. The clerk reads for **two** seconds, and dies of it each "
        "time. The supervisor gives up …",
        choice("at the 4th crash", "at the 6th crash", NEVER),
        truth=NEVER if fallen(run) is None else f"at the {crashes(run)}th crash",
        at={"reads": 2, "intensity": 3, "period": 5},
        why="Of crashes two seconds apart no more than three fall into one window. Intensity is a rate, not a number.",
    )  # fmt: skip


def clock(runs: Mapping[float, Trace]) -> Bet:
    """The pair of crashes that a supervisor does not survive: a run for each, by the seconds between the two."""
    short, long = sorted(runs)
    lives = {apart: fallen(run) is None for apart, run in runs.items()}
    names = {(False, True): f"the {short} s", (True, False): f"the {long} s", (False, False): "both"}
    return bet(
        f"**One** restart in **one** second is allowed. Two crashes are {short} s apart, the first 0.85 s after a "
        f"whole second; at another store two are {long} s apart, the first 0.1 s after one. Which is one too many?",
        choice(f"the {short} s", f"the {long} s", "both", "neither"),
        truth=names.get((lives[short], lives[long]), "neither"), at={"apart": long, "begins": 0.1},
        why="Its clock shows whole seconds only: 0.10 and 1.95 are 0 and 1 on it, 0.85 and 2.03 are 0 and 2.",
    )  # fmt: skip


def quiet(served: int, customers: int) -> Bet:
    """The customers served after the line was killed while all tills were idle, under one_for_one."""
    return bet(
        f"Three tills are idle. The *line* is killed and comes back at once, under **one_for_one**. Then {customers} "
        "customers come, one after the other. How many are served?",
        number(0, customers, "customers"), truth=served, at={"strategy": "one_for_one", "who": "line"}, across="",
        why="The tills have told the old line that they are free, and wait for its answer. The new line knows no till.",
    )  # fmt: skip


def closing(seconds: float) -> Bet:
    """The seconds that it takes to stop four clerks."""
    return bet(
        "Four clerks are told to leave. The door is gone at once, cheese and fish take 0.3 s each, the freezer clerk "
        "**never** leaves; a clerk that is not gone after **0.5 s** is killed. How long until the store is closed?",
        number(0, 3, "s"), truth=seconds, at={"patience": 0.5}, across="",
        why="One after the other, last one first: 0.3 + 0.3 + 0.5 + 0.",
    )  # fmt: skip


def tower(run: Trace) -> Bet:
    """The crashes of one leaf that end a tree of two levels with intensity 3."""
    return bet(
        "A clerk below a supervisor below a supervisor, each of which allows **three** restarts. How many crashes of "
        "this one clerk end the whole tree?",
        number(1, 40, "crashes"), truth=crashes(run), at={"levels": 2, "intensity": 3}, across="",
        why="Each new supervisor begins with an empty carton: four crashes end it, and four such ends are needed.",
    )  # fmt: skip
