# exercise: fetch
# idea: ask replies by itself, and always returns NoReply
# rest: as in the solution
class Shelf:
    def ask(self, key, caller):
        entry = self.cache.get(key, self.me.now)
        if entry:
            reply(self.me, caller, entry.value)
        elif key in self.waiting:
            self.waiting[key].append(caller)
        else:
            self.waiting[key] = [caller]
            self.fetch(key)
        return NoReply()
