# exercise: cache
# belief: an origin without letters is none
# fails: drop_takes_all_of_a_document
# holds: fresh_until_the_edge, reading_makes_nothing_younger, nothing_is_something, flush_leaves_nothing, the_least_used_goes
# word: it should be
# rest: as in the solution
class Cache:
    def put(self, key, value, now, origin=None):
        self.entries.pop(key, None)
        self.entries[key] = Entry(value, now, self.ttl, origin or key)
        if self.room is not None and len(self.entries) > self.room:
            del self.entries[next(iter(self.entries))]
