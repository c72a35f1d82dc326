# exercise: cache
# belief: now comes in milliseconds
# fails: fresh_until_the_edge, reading_makes_nothing_younger
# holds: nothing_is_something, drop_takes_all_of_a_document, flush_leaves_nothing, the_least_used_goes
# word: it should be
# rest: as in the solution
class Cache:
    def get(self, key, now):
        entry = self.entries.get(key)
        if entry is None or now >= entry.got + entry.ttl * 1000:
            return None
        self.entries[key] = self.entries.pop(key)
        return entry
