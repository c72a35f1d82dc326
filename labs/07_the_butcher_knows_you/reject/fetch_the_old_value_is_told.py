# exercise: fetch
# belief: those who wait get what is on the shelf
# fails: what_came_is_kept
# holds: one_on_the_way, the_others_do_not_wait, all_are_told_of_a_failure, a_failure_is_forgotten
# word: should be or AttributeError
# rest: as in the solution
class Shelf:
    def fetched(self, key, result):
        old = self.cache.get(key, 0.0)
        if not isinstance(result, Failed):
            self.store(key, result)
        for caller in self.waiting.pop(key):
            reply(self.me, caller, old.value if old else result)
