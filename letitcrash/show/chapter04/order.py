"""Four children of a supervisor and a label to drag: the scene with which chapter 4 begins, each state of it run."""

from letitcrash.process import Process
from letitcrash.process.events import ChildStarted, ChildStopped
from letitcrash.show.arrange import Fate, Handle, Outcome, Scene, Spot, arrange
from letitcrash.supervisor import Child, Supervisor
from letitcrash.trace import Trace
from letitcrash.world import World

NAMES = ("freezer", "cheese", "bread", "till")
LABEL = "2,4?"
SPOTS = tuple(Spot(name, x, 56) for name, x in zip(NAMES, (13, 38, 63, 88), strict=True))
HANDLES = (Handle("smudged label", 1, words=LABEL),)
AGAIN = {  # which children are started again, in words: the strategy
    "only that one": "one_for_one",
    "that one and all to the right": "rest_for_one",
    "all": "one_for_all",
}


async def clerk(me: Process) -> None:
    """Read each label that comes."""
    while True:
        float(await me.receive())


def crash(reads: int, order: tuple[int, ...], strategy: str) -> Trace:
    """The trace of a supervisor with its children in this order, one of whom reads the label at second 1."""
    world = World(report=None)
    children = [Child(NAMES[child], clerk, name=NAMES[child]) for child in order]
    world.start(Supervisor(children, strategy=strategy), name="manager")
    world.at(1, world.send, (NAMES[reads], "0"), LABEL)
    world.run(until=2)
    return world.trace.between(1, 2)


def outcome(places: tuple[int, ...], order: tuple[int, ...], option: str) -> Outcome:
    """The fate of each child, read from the trace of a run."""
    (reads,) = places
    trace = crash(reads, order, AGAIN[option])
    stopped = [event.id for event in trace.of(ChildStopped)]
    started = [event.id for event in trace.of(ChildStarted) if event.again]
    said = [f"The {NAMES[reads]} clerk reads the label and crashes."]
    if stopped:
        said.append(f"The manager stops {_listed(stopped)}.")
    said.append(f"The manager starts {_listed(started)} anew.")
    if left := [NAMES[child] for child in order if NAMES[child] not in started]:
        said.append(f"Nothing happens to {', '.join(left)}.")
    fate = lambda name: Fate("new", "anew", started.index(name) + 1) if name in started else Fate("well", "works on")
    return Outcome(tuple(map(fate, NAMES)), tuple(said))


def _listed(names: list[str]) -> str:
    return ", then ".join(names)


def to_touch() -> Scene:
    """The scene; at first the second child has the label, and it alone is started again."""
    title = (
        "A manager starts four clerks from left to right. Drag the smudged label onto one, or a clerk to another place."
    )
    asks = {"When a clerk crashes, the manager starts again": [*AGAIN]}
    return arrange(SPOTS, HANDLES, outcome, title=title, ordered=True, choose=asks, height=160)
