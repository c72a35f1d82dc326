# exercise: fetch
# idea: everybody is told, and then the value is kept
# rest: as in the solution
class Shelf:
    def ask(self, key, caller):
        try:
            self.waiting[key].append(caller)
        except KeyError:
            entry = self.cache.get(key, self.me.now)
            if entry is not None:
                return entry.value
            self.waiting[key] = [caller]
            self.fetch(key)
        return NoReply()

    def fetched(self, key, result):
        callers = self.waiting.pop(key)
        while callers:
            reply(self.me, callers.pop(0), result)
        if type(result) is not Failed:
            self.store(key, result)
