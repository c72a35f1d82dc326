# exercise: supervisor
# belief: a try starts the child that could not start, and no other
# fails: a_try_goes_on_from_who_could_not_start
# holds: starts_in_order_and_stops_last_first, an_opening_that_fails_is_undone, type_and_reason_decide, the_strategy_says_who_else, a_temporary_bystander_is_not_started_again, one_too_many_ends_it, giving_up_is_called_shutdown, one_exit_is_one_restart, each_try_counts, between_two_tries_others_have_their_turn, strangers_mean_nothing
# word: in yours
# rest: as in the solution
class Heart(ChildTable):
    async def try_again(self, id) -> Stop | None:
        """Try a restart again whose start failed: None, or a Stop."""
        self.count(id, restart_window(self.restarts, self.me.now, self.flags.period))
        if len(self.restarts) > self.flags.intensity:
            return Stop("shutdown")
        if await self.start_one(id) is not None:
            self.try_later(id)
