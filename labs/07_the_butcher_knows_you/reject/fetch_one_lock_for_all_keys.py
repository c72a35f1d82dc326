# exercise: fetch
# belief: one fetch on its way is enough for a shelf
# fails: the_others_do_not_wait, all_are_told_of_a_failure
# holds: one_on_the_way, what_came_is_kept, a_failure_is_forgotten
# word: should be or fetches
# rest: as in the solution
class Shelf:
    def ask(self, key, caller):
        entry = self.cache.get(key, self.me.now)
        if entry is not None:
            return entry.value
        if not self.waiting:
            self.fetch(key)
        self.waiting.setdefault(key, []).append(caller)
        return NoReply()

    def fetched(self, key, result):
        if not isinstance(result, Failed):
            self.store(key, result)
        for caller in self.waiting.pop(key):
            reply(self.me, caller, result)
        for other in list(self.waiting)[:1]:
            self.fetch(other)
