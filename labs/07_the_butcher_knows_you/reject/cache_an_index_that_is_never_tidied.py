# exercise: cache
# belief: a list of keys for each document is enough to drop it
# fails: drop_takes_all_of_a_document
# holds: fresh_until_the_edge, reading_makes_nothing_younger, nothing_is_something, flush_leaves_nothing, the_least_used_goes
# word: it should be
# rest: as in the solution
class Cache:
    def __init__(self, ttl=900.0, room=None):
        self.ttl, self.room = ttl, room
        self.entries, self.made = {}, {}

    def put(self, key, value, now, origin=None):
        document = key if origin is None else origin
        self.entries.pop(key, None)
        self.entries[key] = Entry(value, now, self.ttl, document)
        self.made.setdefault(document, set()).add(key)
        if self.room is not None and len(self.entries) > self.room:
            del self.entries[next(iter(self.entries))]

    def drop(self, origin):
        keys = self.made.pop(origin, set())
        for key in keys:
            self.entries.pop(key, None)
        return len(keys)
