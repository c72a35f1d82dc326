# exercise: supervisor
# belief: a supervisor restarts every process that exits
# fails: type_and_reason_decide, one_too_many_ends_it, giving_up_is_called_shutdown
# holds: starts_in_order_and_stops_last_first, an_opening_that_fails_is_undone, the_strategy_says_who_else, a_temporary_bystander_is_not_started_again, one_exit_is_one_restart, each_try_counts, a_try_goes_on_from_who_could_not_start, between_two_tries_others_have_their_turn, strangers_mean_nothing
# word: on OTP
# rest: as in the solution
class Heart(ChildTable):
    async def child_exited(self, pid, reason) -> Stop | None:
        """A linked process has exited: None, or a Stop."""
        id = self.heard(pid, reason)
        if id is None:
            return None
        return await self.restart(id)
