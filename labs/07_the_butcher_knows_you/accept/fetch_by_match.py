# exercise: fetch
# idea: fetched as a match, and the list deleted last
# rest: as in the solution
class Shelf:
    def fetched(self, key, result):
        match result:
            case Failed():
                pass
            case value:
                self.store(key, value)
        for caller in reversed(self.waiting[key]):
            reply(self.me, caller, result)
        del self.waiting[key]
