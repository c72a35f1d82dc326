"""A stage for one supervisor: a parent that traps exits above it, workers that do as they are told below it."""

import math

from letitcrash import World
from letitcrash.gen_server import GenServer, Stop
from letitcrash.process import Exit, ExitSignal
from letitcrash.process.start import StartFailed
from letitcrash.supervisor import Child, ChildError, Supervisor, client

MOMENT = 0.001  # seconds: long enough for all that takes no time


async def worker(me, traps=False, leaves_after=0.0, leaves_with=None):
    """Exits when told ("exit", reason); when trapping, leaves `leaves_after` seconds after its supervisor's signal."""
    me.trap_exit = traps
    while True:
        match await me.receive():
            case ("exit", reason):
                raise Exit(reason)
            case ExitSignal(pid, reason) if pid is me.parent:
                await me.sleep(leaves_after)
                raise Exit(leaves_with or reason)


class Starts:
    """A start that goes as the list says: "ok", "fail", "ignore", a number of seconds before the next word."""

    def __init__(self, *plan, body=worker, info=None):
        self.plan, self.body, self.info, self.pids = list(plan), body, info, []

    async def start_link(self, me, *args):
        outcome = self.plan.pop(0) if len(self.plan) > 1 else self.plan[0]
        if isinstance(outcome, (int, float)):
            await me.sleep(outcome)
            outcome = self.plan.pop(0) if len(self.plan) > 1 else self.plan[0]
        if outcome == "fail":
            raise StartFailed("no_eggs")
        if outcome == "ignore":
            return None
        if outcome != "ok":
            return outcome
        self.pids.append(me.spawn_link(self.body, *args))
        return self.pids[-1] if self.info is None else (self.pids[-1], self.info)


class Echo(GenServer):
    """A server whose init stops when it is told so."""

    async def init(self, stop=None):
        return None if stop is None else Stop(stop)


class Stage:
    """A world with one supervisor, `top`, started by a parent that traps exits."""

    def __init__(self, children=(), **flags):
        self.world = World()
        self.exits, self.error, self.top = [], None, None
        supervisor = children if hasattr(children, "start_link") else Supervisor(children, **flags)
        self.parent = self.world.spawn(self._parent, supervisor)
        self.settle()

    async def _parent(self, me, supervisor):
        me.trap_exit = True
        try:
            self.top = await supervisor.start_link(me)
        except StartFailed as error:
            self.error = error.reason
        while True:
            match await me.receive():
                case ExitSignal(pid, reason):
                    self.exits.append((pid, reason))
                case "shutdown":
                    me.exit(self.top, "shutdown")

    def settle(self, seconds=MOMENT):
        """Let the clock run for `seconds`."""
        self.world.run(until=self.world.now + seconds)

    def crash(self, who, reason="boom"):
        """Make the worker, an id or a pid, exit by itself."""
        self.world.send(self.pid(who) if isinstance(who, str) else who, ("exit", reason))
        self.settle()

    def shutdown(self, seconds=MOMENT):
        """Let the parent shut the supervisor down."""
        self.world.send(self.parent, "shutdown")
        self.settle(seconds)

    def ask(self, verb, *args):
        """Ask the supervisor; an error is returned as ("error", reason)."""
        try:
            return self.world.ask(getattr(client, verb), self.top, *args)
        except ChildError as error:
            return "error", error.reason

    def children(self):
        """Ids and pids, the last one first."""
        return {child.id: child.pid for child in self.ask("which_children")}

    def pids(self):
        """The pids of live children, in the order of which_children."""
        return [child.pid for child in self.ask("which_children")]

    def pid(self, id):
        """The pid of a child."""
        return self.children()[id]

    def counts(self):
        """[specs, active, supervisors, workers], as OTP's suite writes it."""
        return list(self.ask("count_children").values())

    def is_up(self):
        """Tell whether the supervisor is alive."""
        return self.world.is_alive(self.top)

    def reason(self):
        """The reason the supervisor exited with."""
        return next(reason for pid, reason in self.exits if pid is self.top)

    def reasons(self):
        """Every process that has exited, by label, with its reason; the newest of a label counts."""
        from letitcrash.process import events as ev

        return {event.pid.label: event.reason for event in self.world.trace.of(ev.Exited)}


def child(id, restart="permanent", start=worker, **options):
    """A child with usual options."""
    return Child(id, start, restart=restart, **options)


FOREVER = math.inf
