# exercise: supervisor
# belief: a list of the class is the list of each supervisor
# fails: agrees_with_the_library
# holds: starts_in_order_and_stops_last_first, an_opening_that_fails_is_undone, type_and_reason_decide, the_strategy_says_who_else, a_temporary_bystander_is_not_started_again, one_too_many_ends_it, giving_up_is_called_shutdown, one_exit_is_one_restart, each_try_counts, a_try_goes_on_from_who_could_not_start, between_two_tries_others_have_their_turn, strangers_mean_nothing
# word: on OTP
# rest: as in the solution
class Heart(ChildTable):
    async def init_children(self):
        Heart.window = []
        failed = await self.start_all(self.ids())
        if failed is not None:
            await self.stop_all(self.ids())
            return Stop(("shutdown", ("failed_to_start_child", *failed)))

    async def restart(self, id):
        Heart.window[:] = restart_window(Heart.window, self.me.now, self.flags.period)
        self.count(id, Heart.window)
        if len(self.restarts) > self.flags.intensity:
            return Stop("shutdown")
        named = to_restart(self.flags.strategy, self.ids(), id)
        await self.stop_all([other for other in named if other != id])
        failed = await self.start_all([other for other in named if other in self.ids()])
        if failed is not None:
            self.try_later(failed[0])
