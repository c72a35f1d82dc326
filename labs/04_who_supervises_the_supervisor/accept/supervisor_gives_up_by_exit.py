# exercise: supervisor
# idea: one who gives up raises its exit
# rest: as in the solution
class Heart(ChildTable):
    async def restart(self, id) -> Stop | None:
        """Count, then stop and start whom the strategy names: None, or a Stop when it was one too many."""
        self.count(id, restart_window(self.restarts, self.me.now, self.flags.period))
        if len(self.restarts) > self.flags.intensity:
            raise Exit("shutdown")
        named = to_restart(self.flags.strategy, self.ids(), id)
        await self.stop_all([other for other in named if other != id])
        failed = await self.start_all([other for other in named if other in self.ids()])
        if failed is not None:
            self.try_later(failed[0])
