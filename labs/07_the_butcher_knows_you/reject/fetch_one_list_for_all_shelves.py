# exercise: fetch
# belief: all shelves have one list
# fails: agrees_with_the_library
# holds: one_on_the_way, what_came_is_kept, the_others_do_not_wait, all_are_told_of_a_failure, a_failure_is_forgotten
# word: should be or fetches
WAITING = {}


class Shelf(ShelfServer):
    def ask(self, key, caller):
        entry = self.cache.get(key, self.me.now)
        if entry is not None:
            return entry.value
        if key not in WAITING:
            WAITING[key] = []
            self.fetch(key)
        WAITING[key].append(caller)
        return NoReply()

    def fetched(self, key, result):
        if not isinstance(result, Failed):
            self.store(key, result)
        for caller in WAITING.pop(key, []):
            reply(self.me, caller, result)
