# exercise: supervisor
# belief: every child that exits counts, whether it comes back or not
# fails: one_too_many_ends_it
# holds: starts_in_order_and_stops_last_first, an_opening_that_fails_is_undone, type_and_reason_decide, the_strategy_says_who_else, a_temporary_bystander_is_not_started_again, giving_up_is_called_shutdown, one_exit_is_one_restart, each_try_counts, a_try_goes_on_from_who_could_not_start, between_two_tries_others_have_their_turn, strangers_mean_nothing
# word: in yours
# rest: as in the solution
class Heart(ChildTable):
    async def child_exited(self, pid, reason) -> Stop | None:
        """A linked process has exited: None, or a Stop."""
        id = self.heard(pid, reason)
        if id is None:
            return None
        if should_restart(self.child(id).restart, reason):
            return await self.restart(id)
        self.count(id, restart_window(self.restarts, self.me.now, self.flags.period))
        return self.gone(id)
