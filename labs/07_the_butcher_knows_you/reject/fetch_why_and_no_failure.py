# exercise: fetch
# belief: the customer gets the reason
# fails: all_are_told_of_a_failure, a_failure_is_forgotten
# holds: one_on_the_way, what_came_is_kept, the_others_do_not_wait
# word: should be
# rest: as in the solution
class Shelf:
    def fetched(self, key, result):
        if isinstance(result, Failed):
            result = result.why
        else:
            self.store(key, result)
        for caller in self.waiting.pop(key):
            reply(self.me, caller, result)
