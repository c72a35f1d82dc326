# exercise: fetch
# belief: the one who starts the fetch need not be written down
# fails: one_on_the_way, what_came_is_kept, the_others_do_not_wait, all_are_told_of_a_failure, a_failure_is_forgotten
# word: should be
# rest: as in the solution
class Shelf:
    def ask(self, key, caller):
        entry = self.cache.get(key, self.me.now)
        if entry is not None:
            return entry.value
        if key in self.waiting:
            self.waiting[key].append(caller)
        else:
            self.waiting[key] = []
            self.fetch(key)
        return NoReply()
