"""Admission: the line of a store as the rule of a reader sees it, and a look at what the rule gives back."""

from collections.abc import Callable
from typing import NamedTuple

EXACT = 200  # slips: of a line that is not longer, each one is looked for in the answer


class InLine(NamedTuple):
    """A slip in line, as `admit` sees it: the second of coming, the customer, and the number of earlier tries."""

    came: float
    customer: int
    earlier: int
    visit: int


def asked(admit: Callable, line: list[InLine], now: float) -> tuple[list[InLine], list[InLine]]:
    """Ask `admit` for those who stay, in the order of service, and those who are sent away.

    Raises ValueError where a customer of the line is lost, or is in line twice.
    """
    stay, away = admit(list(line), now)
    if len(stay) + len(away) != len(line) or (len(line) <= EXACT and {*stay, *away} != set(line)):
        raise ValueError(
            f"admit was given a line of {len(line)}, {len(stay)} of them stay and {len(away)} are sent away: "
            "each customer of the line must be in one of the two lists, once"
        )
    return list(stay), list(away)
