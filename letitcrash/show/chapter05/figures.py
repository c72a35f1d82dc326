"""Pictures of both stores' days: the fates of the customers, the book beside the shelf, the code from afar."""

from collections.abc import Iterator, Mapping

from letitcrash.gen_server import Answer, Call
from letitcrash.process import events as ev
from letitcrash.queueing.events import Arrived, Balked, Finished, Joined, Reneged, Started, StoreOpened
from letitcrash.show import charts
from letitcrash.show.chapter05.day import FATES, Day
from letitcrash.show.chapter05.store import MORNING, ROOM, TILLS
from letitcrash.show.error_lines import Count
from letitcrash.show.figure import Figure
from letitcrash.show.palette import BRICK, TEAL
from letitcrash.text import number_of
from letitcrash.trace import Event, Trace


def fates(days: Mapping[str, Day], *, top: float = 340) -> Figure:
    """A bar for each fate and each store: the number of customers with that fate."""
    values = {f"{fate}: {name}": day.counts[fate] for fate in FATES for name, day in days.items()}
    said = []
    for name, day in days.items():
        counted = ", ".join(f"{day.counts[fate]} {fate}" for fate in FATES)
        closed = "" if day.stands else ", and the tree fell"
        said.append(f"{name}: {counted}, {number_of(day.restarts, 'restart')}{closed}")
    return charts.bars(values, title="customers", reading="; ".join(said) + ".", value_range=(0, top))


def book(day: Day, *, top: float = 260) -> Figure:
    """The free places on the shelf over the day: in the book, and in truth."""
    moves = list(day.moves())
    t, written, real = [0.0], [ROOM], [ROOM]
    at, free = 0, ROOM
    for second, _, room in day.book:
        while at < len(moves) and moves[at][0] <= second:
            free -= moves[at][2]
            at += 1
        t.append(second / 3600)
        written.append(room)
        real.append(free)
    apart = written[-1] - real[-1]
    lie = "as many as there are" if not apart else f"{abs(apart)} {'more' if apart > 0 else 'fewer'} than there are"
    phantoms = day.phantoms(MORNING)
    sold = f" {phantoms} things were sold that were not there." if phantoms else ""
    reading = f"{day.counts['served']} served. At closing time the book has {written[-1]} free places, {lie}.{sold}"
    curves = {"as the book has it": written[::2], "as it is": real[::2]}
    return charts.lines(t[::2], curves, x_title="hours since opening", y_title="free places on the shelf",
                        reading=reading, x_range=(0, 4), y_range=(0, top))  # fmt: skip


def code(counts: Mapping[str, Count]) -> Figure:
    """The code of several modules side by side, seen from afar: a stroke a line, dotted where it is for errors."""
    kinds = (("work", TEAL, "solid", False), ("for errors", BRICK, "dot", True))
    data = []
    for name, colour, dash, for_errors in kinds:
        x, y = [], []
        for column, count in enumerate(counts.values()):
            for row, (line, text) in enumerate(count.text.items()):
                if (line in count.for_errors) == for_errors:
                    indent = len(text) - len(text.lstrip())
                    x += [column * 110 + indent, column * 110 + len(text.rstrip()), None]
                    y += [row, row, None]
        data.append({"type": "scatter", "mode": "lines", "name": name, "x": x, "y": y, "hoverinfo": "skip",
                     "line": {"color": colour, "width": 3, "dash": dash}})  # fmt: skip
    said = (f"{name}: {count.total} lines of code, {count.errors} of them for errors" for name, count in counts.items())
    most = max(count.total for count in counts.values())
    middles = [column * 110 + 50 for column in range(len(counts))]
    layout = {
        "height": 480,
        "xaxis": {"range": [0, 110 * len(counts)], "tickvals": middles, "ticktext": list(counts),
                  "showgrid": False, "zeroline": False},
        "yaxis": {"range": [most, -1], "title": {"text": "lines"}, "showgrid": False, "zeroline": False},
    }  # fmt: skip
    return Figure(data, layout, reading="; ".join(said) + ".")


def seen(trace: Trace) -> Iterator[Event]:
    """The trace with the events of its customers: they come, join a till's line, are served, leave.

    Read from the messages: a call to a till joins its line, the till that takes it begins, its answer ends it. A
    customer who leaves without a call to a till, since things are sold out, say, has joined no line.
    """
    yield StoreOpened(0.0, TILLS, "per till")
    tills: dict = {}
    inside: dict = {}  # customer's pid: its number
    paying: dict = {}  # customer's pid: the till
    for event in trace:
        yield event
        match event:
            case ev.Spawned(at, pid, name) if name and name.startswith("till "):
                tills[pid] = int(name.split()[1])
            case ev.Spawned(at, pid) if pid.label.startswith("customer "):
                inside[pid] = int(pid.label.split()[1])
                yield Arrived(at, inside[pid])
            case ev.Sent(at, sender, receiver, Call()) if receiver in tills and sender in inside:
                paying[sender] = tills[receiver]
                yield Joined(at, inside[sender], tills[receiver])
            case ev.Received(at, pid, Call(caller=ref)) if pid in tills and ref.owner in inside:
                yield Started(at, inside[ref.owner], tills[pid])
            case ev.Sent(at, sender, receiver, Answer()) if sender in tills and receiver in inside:
                yield Finished(at, inside.pop(receiver), tills[sender])
            case ev.Exited(at, pid) if pid in inside:
                number = inside.pop(pid)
                yield Reneged(at, number, paying[pid]) if pid in paying else Balked(at, number)
