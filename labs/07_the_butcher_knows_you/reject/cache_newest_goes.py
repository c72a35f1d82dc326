# exercise: cache
# belief: the newest entry has to go when there is no room
# fails: the_least_used_goes
# holds: fresh_until_the_edge, reading_makes_nothing_younger, nothing_is_something, drop_takes_all_of_a_document, flush_leaves_nothing
# word: it should be
# rest: as in the solution
class Cache:
    def put(self, key, value, now, origin=None):
        document = key if origin is None else origin
        self.entries.pop(key, None)
        if self.room is not None and len(self.entries) >= self.room:
            self.entries.popitem()
        self.entries[key] = Entry(value, now, self.ttl, document)
