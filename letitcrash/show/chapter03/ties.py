"""The scene with which chapter 3 begins: four processes, two links, a monitor and a label to drag, each state run."""

from letitcrash.process import Down, Pid, Process
from letitcrash.process import events as ev
from letitcrash.show.arrange import Fate, Handle, Line, Outcome, Scene, Spot, arrange
from letitcrash.trace import Trace
from letitcrash.world import World

NAMES = ("manager", "till", "drawer", "clerk")
LABEL = "2,4?"
TITLE = "Who hears it? Drag the smudged label, then the ends of the lines."
SPOTS = tuple(Spot(name, x, y) for name, x, y in zip(NAMES, (18, 82, 82, 18), (24, 24, 78, 78), strict=True))
HANDLES = (
    Handle("smudged label", 3, words=LABEL),
    Handle("first link, one end", 1, "end"),
    Handle("first link, other end", 2, "end"),
    Handle("second link, one end", 0, "end"),
    Handle("second link, other end", 1, "end"),
    Handle("monitor, the one who is told", 0, "end"),
    Handle("monitor, the one who is watched", 2, "end"),
)
LINES = (Line(1, 2, "link"), Line(3, 4, "link"), Line(5, 6, "monitor"))


async def tied(me: Process) -> None:
    """Tie itself to others as it is told, and read each label that comes."""
    while True:
        match await me.receive():
            case ("link", Pid() as other):
                me.link(other)
            case ("monitor", Pid() as other):
                me.monitor(other)
            case Down():
                pass
            case label:
                float(label)


def crash(places: tuple[int, ...]) -> Trace:
    """The trace of four processes tied like this, one of whom reads the label at second 1."""
    reads, *ends = places
    world = World(report=None)
    pids = [world.spawn(tied, name=name) for name in NAMES]
    for line, one, other in zip(LINES, ends[::2], ends[1::2], strict=True):
        world.send(pids[one], (line.look, pids[other]))
    world.at(1, world.send, pids[reads], LABEL)
    world.run()
    return world.trace


def outcome(places: tuple[int, ...], order: tuple[int, ...] = (), option: str = "") -> Outcome:
    """The fate of each process, read from the trace of a run."""
    fates, said = {}, []
    for event in crash(places):
        match event:
            case ev.Exited(pid=pid, reason=ValueError()) if pid.label == NAMES[places[0]]:
                fate, sentence = "crashes", f"The {pid.label} reads the label and crashes."
            case ev.Exited(pid=pid):
                fate, sentence = "exits too", f"The exit signal comes over a link: the {pid.label} exits too."
            case ev.Received(pid=pid, message=Down()):
                fate, sentence = "is told", f"The {pid.label} is told by a message, Down, and works on."
            case _:
                continue
        said.append(sentence)
        fates[pid.label] = Fate("told" if fate == "is told" else "gone", fate, len(said))
    if len(said) == 1:
        said.append("Nobody hears of it.")
    return Outcome(tuple(fates.get(name, Fate("well", "works on")) for name in NAMES), tuple(said))


def to_touch() -> Scene:
    """The scene; at first the label is in the hand of the clerk, to whom nobody is tied."""
    return arrange(SPOTS, HANDLES, outcome, title=TITLE, lines=LINES, height=290)
