# exercise: cache
# belief: the entry that was put first goes first
# fails: the_least_used_goes
# holds: fresh_until_the_edge, reading_makes_nothing_younger, nothing_is_something, drop_takes_all_of_a_document, flush_leaves_nothing
# word: it should be
# rest: as in the solution
class Cache:
    def get(self, key, now):
        entry = self.entries.get(key)
        if entry is None or now >= entry.got + entry.ttl:
            return None
        return entry
