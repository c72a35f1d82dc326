# exercise: cache
# belief: a key is always made from the same document
# fails: drop_takes_all_of_a_document
# holds: fresh_until_the_edge, reading_makes_nothing_younger, nothing_is_something, flush_leaves_nothing, the_least_used_goes
# word: it should be
# rest: as in the solution
class Cache:
    def put(self, key, value, now, origin=None):
        known = self.entries.pop(key, None)
        document = known.origin if known else key if origin is None else origin
        self.entries[key] = Entry(value, now, self.ttl, document)
        if self.room is not None and len(self.entries) > self.room:
            del self.entries[next(iter(self.entries))]
