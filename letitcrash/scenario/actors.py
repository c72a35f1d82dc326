"""The actors of a scenario: workers that start, work, crash and stop as they are told, and the log of what they do."""

import math
from typing import Any

from letitcrash.process import Exit, ExitSignal, Pid, Process
from letitcrash.process.start import StartFailed, init_ack, start_link

FOREVER = "forever"


class Log:
    """A log: rows `[second, supervisor, what, id, detail]`, and the newest process of each id."""

    def __init__(self, world: Any):
        self.world = world
        self.rows: list[list] = []
        self.pids: dict[str, Pid] = {}  # the newest process of each id
        self.places: dict[Pid, tuple[str, str]] = {}  # every process: its supervisor and its id
        self.tries: dict[str, int] = {}

    def add(self, supervisor: str, what: str, id: str, detail: Any) -> None:
        """Add a row for this second."""
        self.rows.append([round(self.world.now, 6), supervisor, what, id, plain(detail)])

    def started(self, supervisor: str, id: str, pid: Pid) -> None:
        """`id` runs as `pid` from now on."""
        self.pids[id] = pid
        self.places[pid] = (supervisor, id)
        self.add(supervisor, "start", id, "ok")

    def ended(self, pid: Pid, reason: Any) -> None:
        """Log the exit of a process, if it is one of the actors."""
        if pid in self.places:
            supervisor, id = self.places[pid]
            self.add(supervisor, "exit", id, reason)


def plain(value: Any) -> Any:
    """Return a reason or an answer as JSON has it."""
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value if value is None or isinstance(value, (str, int)) else type(value).__name__


def reason(told: Any) -> Any:
    """Return an exit reason from JSON, where a list stands for a tuple."""
    return tuple(map(reason, told)) if isinstance(told, list) else told


class Worker:
    """A child's start: it fails, ignores or succeeds as the scenario's list `starts` says, try by try."""

    def __init__(self, log: Log, supervisor: str, spec: dict):
        self.log, self.supervisor, self.spec = log, supervisor, spec

    async def start_link(self, me: Process, id: str | None = None, **_: Any) -> Pid | None:
        """Called by the supervisor. A child of simple_one_for_one gets its `id` as an argument."""
        id, spec, log = id or self.spec["id"], self.spec, self.log
        number = log.tries[id] = log.tries.get(id, 0) + 1
        starts = spec.get("starts", [])
        outcome = starts[number - 1] if number <= len(starts) else "ok"
        if spec.get("start_takes"):
            await me.sleep(spec["start_takes"])
        if outcome == "fail" or isinstance(outcome, list):  # ["fail", reason]
            log.add(self.supervisor, "start", id, "fail")
            raise StartFailed("no_eggs" if outcome == "fail" else reason(outcome[1]))
        if outcome == "ignore":
            log.add(self.supervisor, "start", id, "ignore")
            return None
        pid, _ = await start_link(me, work, spec, label=id)
        log.started(self.supervisor, id, pid)
        return pid


async def work(me: Process, spec: dict) -> None:
    """Wait for the order to exit; when trapping, take `stop_takes` seconds to leave at the supervisor's signal."""
    me.trap_exit = spec.get("traps", False)
    if spec.get("unlinks"):
        me.unlink(me.parent)
    init_ack(me)
    while True:
        match await me.receive():
            case ("exit", why):
                raise Exit(why)
            case ExitSignal(pid, why) if pid is me.parent:
                takes = spec.get("stop_takes", 0)
                if takes:
                    await me.sleep(math.inf if takes == FOREVER else takes)
                raise Exit(why)
