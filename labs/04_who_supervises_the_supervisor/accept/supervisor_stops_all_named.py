# exercise: supervisor
# idea: a child that has exited is stopped as well: nobody is there
# rest: as in the solution
class Heart(ChildTable):
    async def restart(self, id) -> Stop | None:
        """Count, then stop and start whom the strategy names: None, or a Stop when it was one too many."""
        self.count(id, restart_window(self.restarts, self.me.now, self.flags.period))
        if len(self.restarts) > self.flags.intensity:
            return Stop("shutdown")
        named = to_restart(self.flags.strategy, self.ids(), id)
        await self.stop_all(named)
        failed = await self.start_all([other for other in named if other in self.ids()])
        if failed is not None:
            self.try_later(failed[0])
