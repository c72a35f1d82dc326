# exercise: cache
# idea: a number for each use; the one with the least number goes
class Cache:
    def __init__(self, ttl=900.0, room=None):
        self.ttl, self.room = ttl, room
        self.entries, self.used, self.uses = {}, {}, 0

    def use(self, key):
        self.uses += 1
        self.used[key] = self.uses

    def get(self, key, now):
        entry = self.entries.get(key)
        if entry is None or entry.got + self.ttl <= now:
            return None
        self.use(key)
        return entry

    def put(self, key, value, now, origin=None):
        self.entries[key] = Entry(value, now, self.ttl, key if origin is None else origin)
        self.use(key)
        if self.room and len(self.entries) > self.room:
            del self.entries[min(self.entries, key=self.used.get)]

    def drop(self, origin):
        number = 0
        for key in list(self.entries):
            if self.entries[key].origin == origin:
                del self.entries[key]
                number += 1
        return number

    def flush(self):
        number = len(self.entries)
        self.entries = {}
        return number
