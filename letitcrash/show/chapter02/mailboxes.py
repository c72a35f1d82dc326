"""A mailbox as a row of boxes, oldest on the left: the messages that were taken out of it, and those that are left."""

from collections.abc import Sequence

from letitcrash.show.figure import Figure
from letitcrash.show.palette import EGG, INK, YOLK

ROWS = ("came", "taken", "left")


def mailbox(came: Sequence[str], taken: Sequence[str], left: Sequence[str]) -> Figure:
    """Three rows of boxes, each in its order: messages that came, that the receives took, that are left."""
    boxes = [(place, row, word) for row, words in zip(ROWS, (came, taken, left), strict=True)
             for place, word in enumerate(words, start=1)]  # fmt: skip
    reading = (
        f"Taken: {', '.join(taken) or 'nothing'}. Left in the mailbox, oldest first: {', '.join(left) or 'nothing'}."
    )
    data = {
        "type": "scatter", "mode": "markers+text", "x": [place for place, *_ in boxes],
        "y": [row for _, row, _ in boxes], "text": [word for *_, word in boxes],
        "textfont": {"color": INK, "size": 14},
        "marker": {"symbol": "square-open", "size": 46, "color": EGG, "line": {"color": YOLK, "width": 2}},
        "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip
    rows = {"categoryorder": "array", "categoryarray": list(reversed(ROWS)), "range": [-0.6, 2.6], "showgrid": False}
    layout = {
        "xaxis": {"range": [0.4, len(came) + 0.6], "visible": False},
        "yaxis": rows,
        "height": 260, "showlegend": False,
    }  # fmt: skip
    return Figure([data], layout, reading=reading)
