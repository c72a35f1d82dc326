# exercise: fetch
# idea: pairs of key and caller in one list of the shelf's own
# rest: as in the solution
class Shelf:
    def ask(self, key, caller):
        entry = self.cache.get(key, self.me.now)
        if entry is not None:
            return entry.value
        mine = self.waiting.get(key)
        if mine is None:
            mine = []
            self.waiting[key] = mine
            self.fetch(key)
        mine += [caller]
        return NoReply()

    def fetched(self, key, result):
        callers, self.waiting = self.waiting[key], {k: v for k, v in self.waiting.items() if k != key}
        if not isinstance(result, Failed):
            self.store(key, result)
        for caller in callers:
            reply(self.me, caller, result)
