"""Clerks of several kinds, and a supervisor that is watched, for the table of restarts."""

from typing import Any

from letitcrash.process import Exit, ExitSignal, Pid, Process
from letitcrash.process.start import StartFailed
from letitcrash.supervisor import Child, Supervisor, which_children

PATIENCE = 0.1  # seconds until all has settled
GIVES_UP = "gives up"


async def clerk(me: Process) -> None:
    """Work until a message gives the reason to leave."""
    raise Exit(await me.receive())


async def slow(me: Process, takes: float) -> None:
    """Work until the supervisor says so, and take so many seconds to leave."""
    me.trap_exit = True
    signal = await me.receive(ExitSignal)
    await me.sleep(takes)
    raise Exit(signal.reason)


class Stubborn:
    """A start that succeeds once, and never again."""

    def __init__(self) -> None:
        self.tries = 0

    async def start_link(self, me: Process) -> Pid:
        """Start a clerk; from the second time on, fail."""
        self.tries += 1
        if self.tries > 1:
            raise StartFailed("no eggs")
        return me.spawn_link(clerk)


def clerks(**restart: str) -> list[Child]:
    """a, b and c; `b="transient"` gives b that restart type."""
    return [Child(id, clerk, restart=restart.get(id, "permanent")) for id in "abc"]


class Shop:
    """A supervisor that is watched: its children before, and their fate."""

    def __init__(self, me: Process, top: Pid, before: dict[str, Pid | None]):
        self.me, self.top, self.before = me, top, before

    @classmethod
    async def opened(cls, me: Process, children: list[Child], **flags: Any) -> "Shop":
        """Start it below `me`, which lives on when it gives up."""
        me.trap_exit = True
        top = await Supervisor(children, **flags).start_link(me)
        return cls(me, top, await there(me, top))

    async def leaves(self, id: str, cause: str) -> None:
        """Let one of the clerks leave, and wait until all has settled."""
        self.leave(id, cause)
        await self.me.sleep(PATIENCE)

    def leave(self, id: str, cause: str) -> None:
        """Let one of the clerks leave; the supervisor has not heard of it yet."""
        if cause == "kill":
            self.me.exit(self.before[id], "kill")
        else:
            self.me.send(self.before[id], cause)

    async def look(self) -> None:
        """Compare with the present children from here on."""
        self.before = await there(self.me, self.top)

    async def found(self) -> str:
        """The children that are new, down or gone since we looked."""
        await self.me.sleep(PATIENCE)
        if not self.me.is_alive(self.top):
            return GIVES_UP
        now = await there(self.me, self.top)
        same = {id for id in now if now[id] == self.before.get(id)}
        kinds = {
            "new": [id for id in now if now[id] is not None and id not in same],
            "down": [id for id in now if now[id] is None and id not in same],
            "gone": [id for id in self.before if id not in now],
        }
        return "; ".join(f"{', '.join(ids)} {kind}" for kind, ids in kinds.items() if ids) or "nothing new"


async def there(me: Process, top: Pid) -> dict[str, Pid | None]:
    """The clerks and their processes, in the order of their start."""
    return {child.id: child.pid for child in reversed(await which_children(me, top))}
