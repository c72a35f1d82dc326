# exercise: supervisor
# belief: a child that has fallen needs a moment
# fails: type_and_reason_decide, the_strategy_says_who_else, a_temporary_bystander_is_not_started_again, one_too_many_ends_it, giving_up_is_called_shutdown, one_exit_is_one_restart, each_try_counts, a_try_goes_on_from_who_could_not_start, between_two_tries_others_have_their_turn, strangers_mean_nothing
# holds: starts_in_order_and_stops_last_first, an_opening_that_fails_is_undone
# word: in yours
# rest: as in the solution
class Heart(ChildTable):
    async def restart(self, id) -> Stop | None:
        """Count, then stop and start whom the strategy names: None, or a Stop when it was one too many."""
        self.count(id, restart_window(self.restarts, self.me.now, self.flags.period))
        if len(self.restarts) > self.flags.intensity:
            return Stop("shutdown")
        await self.me.sleep(1)
        named = to_restart(self.flags.strategy, self.ids(), id)
        await self.stop_all([other for other in named if other != id])
        failed = await self.start_all([other for other in named if other in self.ids()])
        if failed is not None:
            self.try_later(failed[0])
