# exercise: cache
# belief: each put needs a place of its own
# fails: the_least_used_goes
# holds: fresh_until_the_edge, reading_makes_nothing_younger, nothing_is_something, drop_takes_all_of_a_document, flush_leaves_nothing
# word: it should be
# rest: as in the solution
class Cache:
    def put(self, key, value, now, origin=None):
        document = key if origin is None else origin
        if self.room is not None and len(self.entries) >= self.room:
            del self.entries[next(iter(self.entries))]
        self.entries.pop(key, None)
        self.entries[key] = Entry(value, now, self.ttl, document)
