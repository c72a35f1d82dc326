# exercise: cache
# idea: an entry that is too old is removed as soon as somebody looks
class Cache:
    def __init__(self, ttl=900.0, room=None):
        self.ttl, self.room, self.entries = ttl, room, {}

    def tidy(self, now):
        for key, entry in list(self.entries.items()):
            if now >= entry.got + entry.ttl:
                del self.entries[key]

    def get(self, key, now):
        self.tidy(now)
        if key in self.entries:
            self.entries[key] = self.entries.pop(key)
        return self.entries.get(key)

    def put(self, key, value, now, origin=None):
        self.tidy(now)
        self.entries.pop(key, None)
        if self.room is not None and len(self.entries) == self.room:
            self.entries.pop(next(iter(self.entries)))
        self.entries[key] = Entry(value, now, self.ttl, key if origin is None else origin)

    def drop(self, origin):
        keys = [key for key in self.entries if self.entries[key].origin == origin]
        return len([self.entries.pop(key) for key in keys])

    def flush(self):
        return len([self.entries.popitem() for _ in range(len(self.entries))])
