# exercise: fetch
# belief: a failure is an answer like any other
# fails: a_failure_is_forgotten
# holds: one_on_the_way, what_came_is_kept, the_others_do_not_wait, all_are_told_of_a_failure
# word: fetches or should be
# rest: as in the solution
class Shelf:
    def fetched(self, key, result):
        self.store(key, result)
        for caller in self.waiting.pop(key):
            reply(self.me, caller, result)
