# exercise: fetch
# belief: a fetch makes a good price better
# fails: one_on_the_way, what_came_is_kept, the_others_do_not_wait, a_failure_is_forgotten
# holds: all_are_told_of_a_failure
# word: fetches or should be
# rest: as in the solution
class Shelf:
    def ask(self, key, caller):
        if key not in self.waiting:
            self.waiting[key] = []
            self.fetch(key)
        self.waiting[key].append(caller)
        return NoReply()
