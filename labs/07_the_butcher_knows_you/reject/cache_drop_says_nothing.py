# exercise: cache
# belief: drop drops, and need not count
# fails: drop_takes_all_of_a_document
# holds: fresh_until_the_edge, reading_makes_nothing_younger, nothing_is_something, flush_leaves_nothing, the_least_used_goes
# word: it should be
# rest: as in the solution
class Cache:
    def drop(self, origin):
        for key in [key for key, entry in self.entries.items() if entry.origin == origin]:
            del self.entries[key]
