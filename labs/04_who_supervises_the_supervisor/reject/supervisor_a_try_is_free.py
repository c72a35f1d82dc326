# exercise: supervisor
# belief: a try that failed is not a restart
# fails: each_try_counts
# holds: starts_in_order_and_stops_last_first, an_opening_that_fails_is_undone, type_and_reason_decide, the_strategy_says_who_else, a_temporary_bystander_is_not_started_again, one_too_many_ends_it, giving_up_is_called_shutdown, one_exit_is_one_restart, a_try_goes_on_from_who_could_not_start, between_two_tries_others_have_their_turn, strangers_mean_nothing
# word: in yours
class Heart(ChildTable):
    """The decisions of a supervisor: start in order, stop in reverse, hear, decide, count, act, give up."""

    async def init_children(self) -> Stop | None:
        """Start all; None, or a Stop when one cannot start."""
        failed = await self.start_all(self.ids())
        if failed is not None:
            await self.stop_all(self.ids())
            return Stop(("shutdown", ("failed_to_start_child", *failed)))

    async def start_all(self, ids):
        """Start these in order: None, or the id of the first that could not start, and why."""
        for id in ids:
            why = await self.start_one(id)
            if why is not None:
                return id, why

    async def stop_all(self, ids):
        """Stop these, the last one first."""
        for id in reversed(ids):
            await self.stop_one(id)

    async def child_exited(self, pid, reason) -> Stop | None:
        """A linked process has exited: None, or a Stop."""
        id = self.heard(pid, reason)
        if id is None:
            return None
        if should_restart(self.child(id).restart, reason):
            return await self.restart(id)
        return self.gone(id)

    async def restart(self, id) -> Stop | None:
        """Count, then stop and start whom the strategy names: None, or a Stop when it was one too many."""
        self.count(id, restart_window(self.restarts, self.me.now, self.flags.period))
        if len(self.restarts) > self.flags.intensity:
            return Stop("shutdown")
        return await self.act(id)

    async def act(self, id):
        named = to_restart(self.flags.strategy, self.ids(), id)
        await self.stop_all([other for other in named if other != id])
        failed = await self.start_all([other for other in named if other in self.ids()])
        if failed is not None:
            self.try_later(failed[0])

    async def try_again(self, id) -> Stop | None:
        """Try a restart again whose start failed: None, or a Stop."""
        return await self.act(id)

    async def terminate(self, reason):
        """The supervisor is about to exit."""
        await self.stop_all(self.ids())


class Supervisor(SupervisorSpec):
    """Written and started like the library's own; what lives is our heart, by our rules."""

    server_class = Heart
    rules = Rules(restart_window, should_restart, to_restart)
