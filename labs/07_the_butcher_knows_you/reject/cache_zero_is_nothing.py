# exercise: cache
# belief: an entry that holds nothing is no entry
# fails: nothing_is_something
# holds: fresh_until_the_edge, reading_makes_nothing_younger, drop_takes_all_of_a_document, flush_leaves_nothing, the_least_used_goes
# word: it should be
# rest: as in the solution
class Cache:
    def get(self, key, now):
        entry = self.entries.get(key)
        if not entry or not entry.value or now >= entry.got + entry.ttl:
            return None
        self.entries[key] = self.entries.pop(key)
        return entry
