# exercise: cache
# idea: a set of keys for each document, kept tidy
class Cache:
    def __init__(self, ttl=900.0, room=None):
        self.ttl, self.room = ttl, room
        self.entries, self.made = {}, {}

    def get(self, key, now):
        try:
            entry = self.entries[key]
        except KeyError:
            return None
        return entry if entry.got + entry.ttl > now else None

    def put(self, key, value, now, origin=None):
        self.forget(key)
        entry = self.entries[key] = Entry(value, now, self.ttl, origin if isinstance(origin, str) else key)
        self.made.setdefault(entry.origin, set()).add(key)

    def forget(self, key):
        if key in self.entries:
            self.made[self.entries.pop(key).origin].discard(key)

    def drop(self, origin):
        keys = list(self.made.get(origin, ()))
        for key in keys:
            self.forget(key)
        return len(keys)

    def flush(self):
        return sum(self.drop(origin) for origin in list(self.made))
