# exercise: cache
# belief: a price on the shelf need not be put there again
# fails: reading_makes_nothing_younger, drop_takes_all_of_a_document, the_least_used_goes
# holds: fresh_until_the_edge, nothing_is_something, flush_leaves_nothing
# word: it should be
# rest: as in the solution
class Cache:
    def put(self, key, value, now, origin=None):
        document = key if origin is None else origin
        self.entries.setdefault(key, Entry(value, now, self.ttl, document))
