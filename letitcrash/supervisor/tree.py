"""A supervision tree as data: the process at each place now, and how many restarts count."""

from dataclasses import dataclass
from typing import Any

from letitcrash.process import Node, Pid
from letitcrash.supervisor.child_table import ChildTable
from letitcrash.supervisor.rules import restart_window
from letitcrash.supervisor.server import SupervisorServer
from letitcrash.supervisor.specs import Child, Flags


@dataclass(frozen=True)
class Branch:
    """One place of the tree. `pid` None: no process runs. Supervisors have `flags` and a `window` (whole seconds)."""

    id: Any
    pid: Pid | None
    restarting: bool = False
    child: Child | None = None
    flags: Flags | None = None
    window: tuple[int, ...] = ()
    children: tuple["Branch", ...] = ()

    def lines(self, indent: str = "") -> list[str]:
        """Return the tree as text, a line a place."""
        state = "restarting" if self.restarting else "down" if self.pid is None else repr(self.pid)
        flags = self.flags
        rule = f" {flags.strategy}, {len(self.window)} of {flags.intensity} in {flags.period} s" if flags else ""
        below = [line for child in self.children for line in child.lines(indent + "  ")]
        return [f"{indent}{self.id} {state}{rule}", *below]


def tree(node: Node, top: Pid) -> Branch:
    """Return the tree below supervisor `top`, as it is now. (In a run, `world.node` is the node.)"""
    return _branch(node, None, top, None, False)


def _branch(node: Node, id: Any, pid: Pid | None, child: Child | None, restarting: bool) -> Branch:
    process = pid and node.process_of(pid)
    server = (process.dictionary or {}).get("supervisor") if process else None
    label = id if id is not None else pid and pid.label
    if not isinstance(server, SupervisorServer) or not hasattr(server, "flags"):
        return Branch(label, pid if process else None, restarting, child)
    window = restart_window(server.restarts, node.clock.now, server.flags.period)[1:]
    if isinstance(server, ChildTable):
        places = server.places.items()
        children = [_branch(node, key, place.pid, place.child, place.restarting) for key, place in places]
    else:
        children = [_branch(node, key, key, one, False) for key, one in server.children.items()]
        children += [_branch(node, key, None, one, True) for key, one in server.restarting.items()]
    return Branch(label, pid, restarting, child, server.flags, window, tuple(children))
