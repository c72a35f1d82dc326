# exercise: fetch
# belief: the one who sent for it hears of the failure
# fails: all_are_told_of_a_failure, a_failure_is_forgotten
# holds: one_on_the_way, what_came_is_kept, the_others_do_not_wait
# word: should be
# rest: as in the solution
class Shelf:
    def fetched(self, key, result):
        callers = self.waiting.pop(key)
        if isinstance(result, Failed):
            reply(self.me, callers[0], result)
            return
        self.store(key, result)
        for caller in callers:
            reply(self.me, caller, result)
