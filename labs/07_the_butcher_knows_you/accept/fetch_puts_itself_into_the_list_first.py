# exercise: fetch
# idea: the list first, then the fetch if the list is new
# rest: as in the solution
class Shelf:
    def ask(self, key, caller):
        if (entry := self.cache.get(key, self.me.now)) is not None:
            return entry.value
        callers = self.waiting.setdefault(key, [])
        callers.append(caller)
        if len(callers) == 1:
            self.fetch(key)
        return NoReply()
