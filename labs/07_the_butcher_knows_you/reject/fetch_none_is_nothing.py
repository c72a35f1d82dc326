# exercise: fetch
# belief: None means that nothing came
# fails: what_came_is_kept
# holds: one_on_the_way, the_others_do_not_wait, all_are_told_of_a_failure, a_failure_is_forgotten
# word: fetches or should be
# rest: as in the solution
class Shelf:
    def ask(self, key, caller):
        entry = self.cache.get(key, self.me.now)
        if entry is not None and entry.value is not None:
            return entry.value
        if key not in self.waiting:
            self.waiting[key] = []
            self.fetch(key)
        self.waiting[key].append(caller)
        return NoReply()
