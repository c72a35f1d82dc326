# exercise: fetch
# belief: each customer has it fetched
# fails: one_on_the_way, what_came_is_kept, the_others_do_not_wait, all_are_told_of_a_failure, a_failure_is_forgotten
# word: fetches or should be
# rest: as in the solution
class Shelf:
    def ask(self, key, caller):
        entry = self.cache.get(key, self.me.now)
        if entry is not None:
            return entry.value
        self.waiting.setdefault(key, []).append(caller)
        self.fetch(key)
        return NoReply()

    def fetched(self, key, result):
        if not isinstance(result, Failed):
            self.store(key, result)
        for caller in self.waiting.pop(key, []):
            reply(self.me, caller, result)
