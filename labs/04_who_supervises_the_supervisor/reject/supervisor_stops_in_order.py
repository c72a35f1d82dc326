# exercise: supervisor
# belief: the child that started first is stopped first
# fails: starts_in_order_and_stops_last_first
# holds: an_opening_that_fails_is_undone, type_and_reason_decide, the_strategy_says_who_else, a_temporary_bystander_is_not_started_again, one_too_many_ends_it, giving_up_is_called_shutdown, one_exit_is_one_restart, each_try_counts, a_try_goes_on_from_who_could_not_start, between_two_tries_others_have_their_turn, strangers_mean_nothing
# word: in yours
# rest: as in the solution
class Heart(ChildTable):
    async def stop_all(self, ids):
        """Stop these, the last one first."""
        for id in ids:
            await self.stop_one(id)
