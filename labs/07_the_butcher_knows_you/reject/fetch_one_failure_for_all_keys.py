# exercise: fetch
# belief: when a fetch fails, the office is away for all
# fails: all_are_told_of_a_failure
# holds: one_on_the_way, what_came_is_kept, the_others_do_not_wait, a_failure_is_forgotten
# word: should be or fetches or KeyError
# rest: as in the solution
class Shelf:
    def fetched(self, key, result):
        if isinstance(result, Failed):
            for callers in self.waiting.values():
                for caller in callers:
                    reply(self.me, caller, result)
            self.waiting.clear()
            return
        self.store(key, result)
        for caller in self.waiting.pop(key, []):
            reply(self.me, caller, result)
