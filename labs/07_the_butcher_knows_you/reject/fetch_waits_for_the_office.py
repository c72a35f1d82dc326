# exercise: fetch
# belief: ask fetches the price itself
# fails: one_on_the_way, what_came_is_kept, the_others_do_not_wait, all_are_told_of_a_failure, a_failure_is_forgotten
# word: must be a plain
# rest: as in the solution
class Shelf:
    async def ask(self, key, caller):
        entry = self.cache.get(key, self.me.now)
        if entry is not None:
            return entry.value
        value, _ = await call(self.me, self.office, key)
        self.store(key, value)
        return value
