# exercise: supervisor
# idea: two loops and no helpers of its own
class Heart(ChildTable):
    async def init_children(self):
        failed = await self.start_all(self.ids())
        if failed:
            await self.stop_all(self.ids())
            return Stop(("shutdown", ("failed_to_start_child", failed[0], failed[1])))

    async def start_all(self, ids):
        for id in ids:
            if id in self.ids() and (why := await self.start_one(id)) is not None:
                return (id, why)
        return None

    async def stop_all(self, ids):
        left = list(ids)
        while left:
            await self.stop_one(left.pop())

    async def child_exited(self, pid, reason):
        id = self.heard(pid, reason)
        if id is not None:
            again = self.rules.should_restart(self.child(id).restart, reason)
            return await self.restart(id) if again else self.gone(id)

    async def restart(self, id):
        window = self.rules.restart_window(self.restarts, self.me.now, self.flags.period)
        self.count(id, window)
        if self.flags.intensity < len(window):
            return Stop("shutdown")
        ids = self.rules.to_restart(self.flags.strategy, self.ids(), id)
        for other in ids[::-1]:
            if other != id:
                await self.stop_one(other)
        failed = await self.start_all(ids)
        if failed:
            self.try_later(failed[0])

    try_again = restart

    async def terminate(self, reason):
        await self.stop_all(self.ids())


class Supervisor(SupervisorSpec):
    server_class = Heart
    rules = Rules(restart_window, should_restart, to_restart)
