# exercise: fetch
# belief: after a failure nothing has come, so nothing is over
# fails: a_failure_is_forgotten
# holds: one_on_the_way, what_came_is_kept, the_others_do_not_wait, all_are_told_of_a_failure
# word: fetches or should be
# rest: as in the solution
class Shelf:
    def fetched(self, key, result):
        if isinstance(result, Failed):
            for caller in self.waiting[key]:
                reply(self.me, caller, result)
            return
        self.store(key, result)
        for caller in self.waiting.pop(key):
            reply(self.me, caller, result)
