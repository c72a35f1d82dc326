"""The payments of a morning: what each customer should have paid, and what they did pay."""

from collections.abc import Mapping, Sequence
from typing import Any

from letitcrash.process import Timeout
from letitcrash.show import charts
from letitcrash.show.figure import Figure
from letitcrash.show.palette import BRICK, TEAL
from letitcrash.world import World

Payments = Sequence[tuple[str, Any]]  # article, the price that was taken for it: a number, or Timeout() for none


def wrong(payments: Payments, prices: Mapping[str, float]) -> int:
    """The number of customers who paid the price of something else."""
    return sum(paid not in (prices[article], Timeout()) for article, paid in payments)


def free(payments: Payments) -> int:
    """The number of customers who paid nothing."""
    return sum(paid == Timeout() for _, paid in payments)


def left(world: World, name: str) -> int:
    """The number of messages in the mailbox of the process with this label."""
    return sum(len(info.mailbox) for info in world.processes() if info.pid.label == name)


def picture(payments: Payments, prices: Mapping[str, float], *, more: str = "") -> Figure:
    """A circle for each customer's price, a cross for what they paid, on the ground if nothing."""
    number = range(1, len(payments) + 1)
    taken = [0 if paid == Timeout() else paid for _, paid in payments]
    asked = [prices[article] for article, _ in payments]
    series = (("the price", asked, "circle-open", TEAL), ("paid", taken, "x-thin", BRICK))
    data = [
        {"type": "scatter", "mode": "markers", "name": name, "x": list(number), "y": heights, "cliponaxis": False,
         "marker": {"symbol": symbol, "size": 13, "color": colour, "line": {"width": 3, "color": colour}}}
        for name, heights, symbol, colour in series
    ]  # fmt: skip
    given = f"{free(payments)} pay{'s' * (free(payments) == 1)} nothing"
    reading = (
        f"{wrong(payments, prices)} of {len(payments)} pay for something else, {given}; "
        f"the till is {sum(asked) - sum(taken):.2f} short{more}."
    )
    layout = charts.axes("customer", "price and paid", (0.3, len(payments) + 0.7), (0, 14))
    names = [f"{n} {article}" for n, (article, _) in zip(number, payments, strict=True)]
    layout["xaxis"] |= {"tickvals": list(number), "ticktext": names, "tickangle": -90}
    return Figure(data, layout, reading=reading)
