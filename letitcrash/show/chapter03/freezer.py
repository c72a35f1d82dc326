"""Pictures of the morning on which the freezer clerk died. Times are seconds since nine o'clock."""

from collections.abc import Mapping, Sequence

from letitcrash.show import charts
from letitcrash.show.figure import Figure

SOFT = -6.0  # degrees at which ice cream can be drunk
OPENS = 9


def clock(seconds: float) -> str:
    """The time on the wall.

    >>> clock(720)
    '9:12'
    """
    minutes = int(seconds // 60)
    return f"{OPENS + minutes // 60}:{minutes % 60:02d}"


def softens(roll: Sequence[tuple[float, float]]) -> float | None:
    """The second at which the paper roll first shows soft ice cream, or None."""
    return next((at for at, degrees in roll if degrees >= SOFT), None)


def warmest(roll: Sequence[tuple[float, float]]) -> float:
    """The highest temperature on the roll."""
    return max(degrees for _, degrees in roll)


def temperature(rolls: Mapping[str, Sequence[tuple[float, float]]], *, until: float = 7200.0) -> Figure:
    """The freezer's paper rolls, one line each, over two hours of the morning."""
    first = next(iter(rolls.values()))
    curves = {name: [degrees for _, degrees in roll] for name, roll in rolls.items()}
    curves["soft ice cream"] = [SOFT] * len(first)
    said = []
    for name, roll in rolls.items():
        at = softens(roll)
        end = f"the ice cream is soft at {clock(at)}" if at else f"{warmest(roll):.1f} °C at the warmest"
        said.append(f"{name}: {end}")
    figure = charts.lines(
        [at / 3600 + OPENS for at, _ in first], curves, x_title="time of day", y_title="°C in the freezer",
        reading="; ".join(said) + ".", x_range=(OPENS, OPENS + until / 3600), y_range=(-20, 6),
    )  # fmt: skip
    places = [OPENS + quarter / 2 for quarter in range(int(until / 1800) + 1)]
    figure.layout["xaxis"] |= {"tickvals": places, "ticktext": [clock((place - OPENS) * 3600) for place in places]}
    return figure
