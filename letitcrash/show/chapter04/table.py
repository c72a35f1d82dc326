"""Restart type by cause by strategy: the children that come back. Each row is a supervisor that is run.

`notebooks/erlang/restarts.erl` runs the same rows on OTP and prints the same words. The clerks are a, b and c, started
in this order; a and c are permanent. `me` has started the supervisor.
"""

from itertools import product

from letitcrash.process import Process
from letitcrash.show.chapter04.clerks import Shop, clerks
from letitcrash.show.predict import CameOut, Row, came_out

TYPES = ("permanent", "transient", "temporary")
CAUSES = ("normal", "shutdown", "crash", "kill")
STRATEGIES = ("one_for_one", "rest_for_one", "one_for_all")

BACK = ("b new", "b down", "b gone")
ALONG = ("b new", "b, c new", "a, b, c new", "a, c new")


async def one_leaves(me: Process, restart: str, strategy: str, cause: str) -> str:
    """The state of the children after b, of this restart type, has left for this cause."""
    shop = await Shop.opened(me, clerks(b=restart), strategy=strategy)
    await shop.leaves("b", cause)
    return await shop.found()


SAID = {"normal": "is done and returns", "shutdown": "exits with *shutdown*", "crash": "crashes", "kill": "is killed"}
WHY = {
    ("permanent", True): "*Permanent* children come back whatever the reason, a normal return included.",
    ("permanent", False): "*Permanent* children come back whatever the reason.",
    (
        "transient",
        True,
    ): "*Transient* children come back after a failure; this was none. Its place on the list is kept.",
    ("transient", False): "*Transient* children come back after a failure, and being killed is one.",
    ("temporary", True): "*Temporary* children never come back, and their specification is thrown away.",
    ("temporary", False): "*Temporary* children never come back, and their specification is thrown away.",
}
OTHERS = {
    "one_for_one": "Only the child that left.",
    "rest_for_one": "Children started *after* b may depend on it, so they are stopped and started too.",
    "one_for_all": "All of them: the last is stopped first, then all are started in order.",
}


def _case(restart: str, strategy: str, cause: str) -> Row:
    alone = strategy == "one_for_one"
    asks = f"b is **{restart}**. It {SAID[cause]}." if alone else f"**{strategy}**: b {SAID[cause]}. Which are new?"
    because = WHY[restart, cause in ("normal", "shutdown")] if alone else OTHERS[strategy]
    name = f"{restart}_{cause}_{strategy}"
    return Row(name, asks, BACK if alone else ALONG, because, one_leaves, (restart, strategy, cause))


WHOLE = [_case(restart, strategy, cause) for restart, cause, strategy in product(TYPES, CAUSES, STRATEGIES)]
"""All thirty-six."""
TABLE = [_case(restart, "one_for_one", cause) for cause, restart in product(CAUSES, TYPES)]
TABLE += [_case("permanent", strategy, "crash") for strategy in STRATEGIES[1:]]
"""The fourteen that stand for them, which lab 4 asks: whether b comes back, then which others come along."""


def by_strategy() -> CameOut:
    """The whole of type by cause by strategy, run: a line for a type and a cause, a column for a strategy."""
    answers = came_out(WHOLE).answers
    columns = [f"{strategy:14}" for strategy in STRATEGIES]
    lines = {"": "".join(columns).rstrip()}
    for restart, cause in product(TYPES, CAUSES):
        found = [f"{answers[f'{restart}_{cause}_{strategy}']:14}" for strategy in STRATEGIES]
        lines[f"{restart}, {cause}"] = "".join(found).rstrip()
    return CameOut(lines)
