"""Links, monitors and each process's end, drawn from the trace of a run and from nothing else."""

import math
from typing import Any

from letitcrash.process import Down
from letitcrash.process import events as ev
from letitcrash.show.figure import Figure
from letitcrash.show.palette import BRICK, EGG, GREY, INK, LEAF, TEAL
from letitcrash.trace import Trace

LOOKS = {"works on": ("circle", LEAF), "was told": ("square", TEAL), "exits": ("x", BRICK)}


def fates(trace: Trace) -> dict[str, str]:
    """The fate of each process, by its label: "works on", "was told: reason" or "exits: reason"."""
    found: dict[str, str] = {}
    for event in trace:
        match event:
            case ev.Spawned(pid=pid):
                found[pid.label] = "works on"
            case ev.Signalled(receiver=pid, reason=reason, outcome="message"):
                found[pid.label] = f"was told: {short(reason)}"
            case ev.Sent(receiver=pid, message=Down(reason=reason)):
                found[pid.label] = f"was told: {short(reason)}"
            case ev.Exited(pid=pid, reason=reason):
                found[pid.label] = f"exits: {short(reason)}"
    return found


def short(reason: Any) -> str:
    """A reason, short enough to stand under a name."""
    return type(reason).__name__ if isinstance(reason, BaseException) else str(reason)


def left(trace: Trace) -> int:
    """The number of processes alive at the end."""
    return sum(not fate.startswith("exits") for fate in fates(trace).values())


def web(trace: Trace, *, ring: bool = False) -> Figure:
    """Each process with its fate; a solid line for a link, a dotted one for a monitor."""
    ends = fates(trace)
    spots = dict(zip(ends, _places(len(ends), ring), strict=True))
    trapping = {event.pid.label for event in trace.of(ev.Trapping) if event.on}
    data = [
        _line(spots, [(event.pid, event.other) for event in trace.of(ev.Linked)], "link", INK, "solid"),
        _line(spots, [(event.pid, event.other) for event in trace.of(ev.Monitored)], "monitor", GREY, "dot"),
    ]
    for fate, (symbol, colour) in LOOKS.items():
        here = [name for name, end in ends.items() if end.startswith(fate)]
        words = [_words(name, ends[name], name in trapping) for name in here]
        above = ["top center" if spots[name][1] > 0 else "bottom center" for name in here]
        marker = {"symbol": symbol, "size": 20, "color": colour, "line": {"color": EGG, "width": 0}}
        data.append({"type": "scatter", "mode": "markers+text", "name": fate, "text": words, "marker": marker,
                     "x": [spots[name][0] for name in here], "y": [spots[name][1] for name in here],
                     "textposition": above, "cliponaxis": False, "hoverinfo": "text"})  # fmt: skip
    hidden = {"visible": False, "fixedrange": True}
    reading = f"{left(trace)} of {len(ends)} {'is' if left(trace) == 1 else 'are'} left. " + "; ".join(
        f"{name} {end}" for name, end in ends.items()
    )
    wide = [-0.5, len(ends) - 0.5] if not ring else [-1.6, 1.6]
    layout = {"xaxis": {**hidden, "range": wide}, "yaxis": {**hidden, "range": [-1.9, 1.9] if ring else [-1.2, 0.8]},
              "height": 360 if ring else 240, "showlegend": True, "legend": {"orientation": "h", "y": 1.1}}  # fmt: skip
    return Figure(data, layout, reading=reading + ".")


def _places(count: int, ring: bool) -> list[tuple[float, float]]:
    if not ring:
        return [(number, 0) for number in range(count)]
    angles = [math.pi / 2 - 2 * math.pi * number / count for number in range(count)]
    return [(round(math.cos(angle), 3), round(math.sin(angle), 3)) for angle in angles]


def _words(name: str, fate: str, traps: bool) -> str:
    after = fate.partition(": ")[2]
    return "<br>".join(word for word in (name + (" (traps)" if traps else ""), after) if word)


def _line(spots: dict, pairs: list, name: str, colour: str, dash: str) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for one, other in pairs:
        for pid in (one, other):
            x.append(spots[pid.label][0])
            y.append(spots[pid.label][1])
        x.append(None)
        y.append(None)
    return {"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "hoverinfo": "skip",
            "line": {"color": colour, "dash": dash, "width": 2}}  # fmt: skip
