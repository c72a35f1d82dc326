# exercise: cache
# idea: an OrderedDict, moved and popped at its ends
from collections import OrderedDict


class Cache:
    def __init__(self, ttl=900.0, room=None):
        self.ttl, self.room, self.entries = ttl, room, OrderedDict()

    def get(self, key, now):
        if key not in self.entries:
            return None
        if now - self.entries[key].got >= self.ttl:
            return None
        self.entries.move_to_end(key)
        return self.entries[key]

    def put(self, key, value, now, origin=None):
        self.entries[key] = Entry(value, now, self.ttl, origin if origin is not None else key)
        self.entries.move_to_end(key)
        while self.room is not None and len(self.entries) > self.room:
            self.entries.popitem(last=False)

    def drop(self, origin):
        before = len(self.entries)
        self.entries = OrderedDict((k, e) for k, e in self.entries.items() if e.origin != origin)
        return before - len(self.entries)

    def flush(self):
        before = len(self.entries)
        self.entries.clear()
        return before
