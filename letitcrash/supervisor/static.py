"""The supervisor of children with ids: start in order, stop in reverse, hear an exit, decide, count, restart."""

from typing import Any

from letitcrash.gen_server import Stop
from letitcrash.process import Pid
from letitcrash.process.terms import SHUTDOWN
from letitcrash.supervisor.child_table import ChildTable
from letitcrash.supervisor.rules import gives_up


class StaticSupervisor(ChildTable):
    """one_for_one, one_for_all, rest_for_one, by the rules of its spec. Lab 4 builds this."""

    async def init_children(self) -> Any:
        """Start all; when one fails, stop those before it and fail as well (init_children/2)."""
        failed = await self.start_all(self.ids())
        if failed is not None:
            await self.stop_all(self.ids())
            return Stop((SHUTDOWN, ("failed_to_start_child", *failed)))

    async def start_all(self, ids: list) -> tuple | None:
        """Start these in order (start_children/2): None, or the id and the reason of the first that failed."""
        for id in ids:
            reason = await self.start_one(id)
            if reason is not None:
                return id, reason

    async def stop_all(self, ids: list) -> None:
        """Stop these, last one first (terminate_children/2)."""
        for id in reversed(ids):
            await self.stop_one(id)

    async def child_exited(self, pid: Pid, reason: Any) -> Any:
        """A process that was linked has exited: decide, and act (do_restart/3)."""
        id = self.heard(pid, reason)
        if id is None:
            return None
        if self.rules.should_restart(self.child(id).restart, reason):
            return await self.restart(id)
        return self.gone(id)

    async def restart(self, id: Any) -> Any:
        """Count, then stop and start what the strategy says (restart/2, restart_multiple_children/3)."""
        flags = self.flags
        self.count(id, self.rules.restart_window(self.restarts, self.me.now, flags.period))
        if gives_up(self.restarts, flags.intensity):
            return Stop(SHUTDOWN)
        ids = self.rules.to_restart(flags.strategy, self.ids(), id)
        await self.stop_all([other for other in ids if other != id])
        failed = await self.start_all([other for other in ids if other in self.ids()])
        if failed is not None:
            self.try_later(failed[0])

    async def try_again(self, id: Any) -> Any:
        """A restart whose start failed is one more restart (try_again_restart/1)."""
        return await self.restart(id)

    async def terminate(self, reason: Any) -> None:
        """Stop all children, last one first."""
        await self.stop_all(self.ids())
