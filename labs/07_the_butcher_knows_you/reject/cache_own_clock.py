# exercise: cache
# belief: Python knows what time it is
# fails: fresh_until_the_edge, reading_makes_nothing_younger
# holds: nothing_is_something, drop_takes_all_of_a_document, flush_leaves_nothing, the_least_used_goes
# word: it should be
# rest: as in the solution
class Cache:
    def get(self, key, now):
        from time import monotonic

        entry = self.entries.get(key)
        if entry is None or monotonic() >= entry.got + entry.ttl:
            return None
        return entry

    def put(self, key, value, now, origin=None):
        from time import monotonic

        document = key if origin is None else origin
        self.entries[key] = Entry(value, monotonic(), self.ttl, document)
