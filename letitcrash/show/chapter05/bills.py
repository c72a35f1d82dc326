"""What each customer of a morning should have paid, and what they paid."""

from collections.abc import Mapping, Sequence
from typing import Any

from letitcrash.process import Timeout
from letitcrash.show import charts
from letitcrash.show.figure import Figure
from letitcrash.show.palette import BRICK, TEAL
from letitcrash.world import World

Bills = Sequence[tuple[str, Any]]  # article, the price that was taken for it: a number, or Timeout() for none


def wrong(bills: Bills, prices: Mapping[str, float]) -> int:
    """How many paid the price of something else."""
    return sum(paid not in (prices[article], Timeout()) for article, paid in bills)


def free(bills: Bills) -> int:
    """How many paid nothing."""
    return sum(paid == Timeout() for _, paid in bills)


def left(world: World, name: str) -> int:
    """How many messages wait for the process that is written so."""
    return sum(len(info.mailbox) for info in world.processes() if info.pid.label == name)


def picture(bills: Bills, prices: Mapping[str, float], *, more: str = "") -> Figure:
    """A circle for each customer's price, a cross for what they paid; who pays nothing has a cross on the ground."""
    number = range(1, len(bills) + 1)
    taken = [0 if paid == Timeout() else paid for _, paid in bills]
    asked = [prices[article] for article, _ in bills]
    series = (("the price", asked, "circle-open", TEAL), ("paid", taken, "x-thin", BRICK))
    data = [
        {"type": "scatter", "mode": "markers", "name": name, "x": list(number), "y": heights, "cliponaxis": False,
         "marker": {"symbol": symbol, "size": 13, "color": colour, "line": {"width": 3, "color": colour}}}
        for name, heights, symbol, colour in series
    ]  # fmt: skip
    given = f"{free(bills)} pay{'s' * (free(bills) == 1)} nothing"
    reading = (
        f"{wrong(bills, prices)} of {len(bills)} pay for something else, {given}; "
        f"the till is {sum(asked) - sum(taken):.2f} short{more}."
    )
    layout = charts.axes("customer", "price and paid", (0.3, len(bills) + 0.7), (0, 14))
    names = [f"{n} {article}" for n, (article, _) in zip(number, bills, strict=True)]
    layout["xaxis"] |= {"tickvals": list(number), "ticktext": names, "tickangle": -90}
    return Figure(data, layout, reading=reading)
