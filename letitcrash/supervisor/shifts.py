"""The shifts of a tree's processes, the end of each, and the restart window; from the trace alone."""

import dataclasses
from typing import Any

from letitcrash.process import Pid, is_clean
from letitcrash.process import events as ev
from letitcrash.trace import Trace

Path = tuple[str, ...]  # names from the top of the tree down


@dataclasses.dataclass
class Shift:
    """One process at one place of the tree. `how` is its end: a word of `HOW`, or "" while it works."""

    path: Path
    boss: bool
    begin: float
    end: float
    how: str = ""


HOW = ("crashes", "is killed", "gives up", "is stopped", "goes home")


def shifts(trace: Trace, until: float) -> list[Shift]:
    """The shifts of supervisors and their children up to second `until`, in the order of the tree."""
    paths, ranks = places(trace)
    found: dict[Pid, Shift] = {}
    told: dict[Pid, str] = {}
    for event in trace:
        match event:
            case ev.SupervisorStarted(pid=pid):
                found[pid] = Shift(paths[pid], True, event.at, until)
            case ev.ChildStarted(pid=Pid() as pid) if pid not in found:
                found[pid] = Shift(paths[pid], False, event.at, until)
            case ev.GaveUp(supervisor=pid):
                told[pid] = "gives up"
            case ev.ChildStopping(pid=pid):
                told[pid] = "is stopped"
            case ev.Exited(pid=pid, reason=reason) if pid in found:
                found[pid].end = event.at
                found[pid].how = _ending(reason, told.get(pid))
    return sorted(found.values(), key=lambda shift: (ranks[shift.path], shift.begin))


def _ending(reason: Any, told: str | None) -> str:
    if reason == "killed":
        return "is killed"
    return told or ("goes home" if is_clean(reason) else "crashes")


def places(trace: Trace) -> tuple[dict[Pid, Path], dict[Path, tuple[int, ...]]]:
    """The place of each process in the tree, and the rank of each place: a supervisor, then its children as given.

    Children of simple_one_for_one have no ids of their own: each process is a place, numbered in order of start.
    """
    above: dict[Pid, tuple[Pid, str]] = {}
    ranks: dict[tuple[Pid, str], int] = {}
    loose: dict[Pid, int] = {}
    bosses = []
    for event in trace:
        match event:
            case ev.SupervisorStarted(pid=pid, strategy=strategy, children=children):
                bosses.append(pid)
                if strategy == "simple_one_for_one":
                    loose[pid] = 0
                else:
                    ranks |= {(pid, str(id)): rank for rank, id in enumerate(children)}
            case ev.ChildStarted(supervisor=boss, id=id, pid=Pid() as pid):
                name = str(id)
                if boss in loose:
                    loose[boss] += 1
                    name = f"{id} {loose[boss]}"
                above[pid] = boss, name
                ranks.setdefault((boss, name), len(ranks))
    paths: dict[Pid, Path] = {}
    order: dict[Path, tuple[int, ...]] = {}
    for pid in [*bosses, *above]:
        path, rank, at = (), (), pid
        while at in above:
            boss, name = above[at]
            path, rank, at = (name, *path), (ranks[boss, name], *rank), boss
        paths[pid] = (at.label, *path)
        order.setdefault(paths[pid], rank)
    return paths, order


def window(trace: Trace, path: Path, until: float) -> tuple[list[float], list[int], int]:
    """The restarts that count at the supervisor of that place: seconds, counts from each on, and the number allowed.

    A restart counts from its moment until whole seconds have moved on by more than the period.
    """
    paths, _ = places(trace)
    seconds, counts, allowed = [0.0], [0], 0
    eggs: list[int] = []
    period = 0

    def pass_to(second: float) -> None:
        for leaves in sorted({egg + period + 1 for egg in eggs}):
            if leaves <= second:
                eggs[:] = [egg for egg in eggs if egg + period + 1 > leaves]
                step(leaves)

    def step(at: float, instead: bool = False) -> None:
        if instead and seconds[-1] == at:  # one leaves and one comes: the count never was in between
            seconds.pop()
            counts.pop()
        seconds.append(at)
        counts.append(len(eggs))

    for event in trace:
        match event:
            case ev.SupervisorStarted(pid=pid) if paths[pid] == path:
                pass_to(event.at)
                eggs, period, allowed = [], event.period, event.intensity
                step(event.at)
            case ev.Restarted(supervisor=pid) | ev.GaveUp(supervisor=pid) if paths[pid] == path:
                pass_to(event.at)
                eggs = list(event.window)
                step(event.at, instead=True)
            case ev.Exited(pid=pid) if paths.get(pid) == path:
                pass_to(event.at)
                eggs = []
                step(event.at)
    pass_to(until)
    step(until)
    return seconds, counts, allowed


def crashes(trace: Trace) -> int:
    """The number of children that have left by themselves for a reason that is no ordinary end."""
    return sum(not is_clean(event.reason) for event in trace.of(ev.ChildExited))


def fallen(trace: Trace) -> float | None:
    """The second at which the top supervisor gave up, or None."""
    paths, _ = places(trace)
    return next((event.at for event in trace.of(ev.GaveUp) if len(paths[event.supervisor]) == 1), None)
