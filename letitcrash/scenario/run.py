"""Run a scenario on virtual time: build the tree from JSON, play the script, keep the log."""

import inspect
import math
from collections.abc import Callable
from typing import Any

from letitcrash.process import Exit, ExitSignal, Pid, Process
from letitcrash.process import events as ev
from letitcrash.process.start import StartFailed
from letitcrash.scenario.actors import Log, Worker, plain, reason
from letitcrash.supervisor import Child, ChildError, Flags, Supervisor, client
from letitcrash.world import World

STEPS = 20_000  # in one instant; a supervisor that restarts for ever in no time is stopped soon
TREE_STARTS = 0.2  # seconds after a whole one: far from where OTP's clock of whole seconds ticks


def run_scenario(scenario: dict, supervisor: Any = Supervisor) -> list[list]:
    """Play `scenario`; return rows `[second, supervisor, "start" | "exit" | "answer", id, detail]` in order.

    `supervisor` is called as `Supervisor(children, strategy=..., intensity=..., period=..., auto_shutdown=...)`; a
    body `async def supervisor(me, flags, children)` will do as well.
    """
    return play(scenario, supervisor)[0].rows


def play(scenario: dict, supervisor: Any = Supervisor, **budgets: int) -> tuple[Log, World]:
    """Play as `run_scenario` does; return the log and the world, whose trace shows more. `budgets` are the world's."""
    world = World(seed=0, report=None, **{"steps_per_instant": STEPS, **budgets})
    log = Log(world)
    hear_exits(world, log.ended)
    parent = world.spawn(_parent, log, scenario["tree"], supervisor)
    for step in scenario["script"]:
        world.at(step["at"], world.spawn, _stranger, log, parent, step["do"])
    world.run(until=scenario["until"])
    return log, world


def hear_exits(world: World, heard: Callable[[Pid, Any], Any]) -> None:
    """Have `heard(pid, reason)` called whenever a process exits, among whatever else happens in that instant."""
    record = world.trace.note

    def listen(row: Any) -> None:
        record(row)
        if row[0] is ev.Exited:
            heard(row[2], row[3])

    world.node.record = listen


def _build(log: Log, spec: dict, above: str, supervisor: Any) -> Any:
    """Build the child for this JSON: a worker, or a supervisor with all that is below it."""
    if "children" not in spec:
        return Worker(log, above, spec)
    children = [child_of(log, child, spec["id"], supervisor) for child in spec["children"]]
    flags = {key: spec[key] for key in ("strategy", "intensity", "period", "auto_shutdown") if key in spec}
    return Logged(log, above, spec["id"], children, flags, supervisor)


def child_of(log: Log, spec: dict, above: str, supervisor: Any) -> Child:
    """The child specification for this JSON."""
    options = {key: spec[key] for key in ("restart", "significant") if key in spec}
    if "shutdown" in spec:
        options["shutdown"] = math.inf if spec["shutdown"] == "infinity" else spec["shutdown"]
    kind = "supervisor" if "children" in spec else "worker"
    return Child(spec["id"], _build(log, spec, above, supervisor), type=kind, **options)


class Logged:
    """The start of a supervisor, written into the log."""

    child_type = "supervisor"

    def __init__(self, log: Log, above: str, id: str, children: list, flags: dict, supervisor: Any):
        self.log, self.above, self.id = log, above, id
        self.children, self.flags, self.supervisor = children, flags, supervisor

    async def start_link(self, me: Process, **_: Any) -> Pid | None:
        """Start it and all below it."""
        try:
            if inspect.iscoroutinefunction(self.supervisor):
                pid = me.spawn_link(self.supervisor, Flags(**self.flags), list(self.children))
            else:
                pid = await self.supervisor(self.children, **self.flags).start_link(me)
        except StartFailed as error:
            self.log.add(self.above, "start", self.id, ["fail", plain(error.reason)])
            raise
        self.log.started(self.above, self.id, pid)
        return pid


async def _parent(me: Process, log: Log, tree: dict, supervisor: Any) -> None:
    """The process above the tree: it starts the top, and shuts it down on demand."""
    me.trap_exit = True
    await me.sleep(TREE_STARTS)
    try:
        top = await _build(log, tree, "", supervisor).start_link(me)
    except StartFailed:
        return
    while True:
        match await me.receive():
            case "shutdown":
                me.exit(top, "shutdown")
            case ("shutdown", why):
                me.exit(top, why)
            case ExitSignal(pid) if pid is top:
                return


async def _stranger(me: Process, log: Log, parent: Pid, orders: list) -> None:
    """Carry out one step of the script, all in one go, as a process with no ties to the tree."""
    for verb, *rest in orders:
        if verb == "shutdown":
            me.send(parent, (verb, reason(rest[0])) if rest else verb)
        elif verb not in ("exit", "signal"):
            me.spawn(_ask, log, verb, *rest)
        elif rest[0] in log.pids:
            pid, why = log.pids[rest[0]], reason(rest[1])
            if verb == "exit":
                me.send(pid, ("exit", why))
            else:
                me.exit(pid, why)


async def _ask(me: Process, log: Log, verb: str, supervisor: str, *rest: Any) -> None:
    """Ask a supervisor and log the answer."""
    pid = log.pids.get(supervisor)
    if pid is None or not me.is_alive(pid):
        return
    if verb == "start_child":
        rest = [child_of(log, rest[0], supervisor, None) if isinstance(rest[0], dict) else rest]
    if verb == "terminate_dynamic":  # a child of simple_one_for_one, by its pid
        verb, rest = "terminate_child", [log.pids[rest[0]]]
    try:
        answer = await getattr(client, verb)(me, pid, *rest)
    except ChildError as error:
        log.add(supervisor, "answer", verb, _error(error.reason))
    except Exit as error:
        log.add(supervisor, "answer", verb, ["exit", plain(error.cause)])
    else:
        log.add(supervisor, "answer", verb, _answer(verb, answer))


def _error(why: Any) -> list:
    """{error, Why}, without what differs from run to run: pids and child records."""
    if isinstance(why, tuple) and why:
        why = why[0]
    return ["error", plain(why)]


def _answer(verb: str, answer: Any) -> Any:
    if verb == "which_children":
        return [["undefined" if child.id is None else child.id, _state(child.pid)] for child in answer]
    if verb == "count_children":
        return [answer[key] for key in ("specs", "active", "supervisors", "workers")]
    return ["ok", _state(answer)] if verb in ("start_child", "restart_child") else "ok"


def _state(pid: Any) -> str:
    return "undefined" if pid is None else pid if isinstance(pid, str) else "pid"
