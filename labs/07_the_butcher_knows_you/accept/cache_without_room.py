# exercise: cache
# idea: the optional room is left out
class Cache:
    def __init__(self, ttl=900.0, room=None):
        self.ttl, self.room, self.entries = ttl, room, {}

    def get(self, key, now):
        entry = self.entries.get(key)
        return entry if entry is not None and now < entry.got + self.ttl else None

    def put(self, key, value, now, origin=None):
        if origin is None:
            origin = key
        self.entries[key] = Entry(value, now, self.ttl, origin)

    def drop(self, origin):
        gone = [self.entries.pop(key) for key in list(self.entries) if self.entries[key].origin == origin]
        return len(gone)

    def flush(self):
        gone, self.entries = self.entries, {}
        return len(gone)
