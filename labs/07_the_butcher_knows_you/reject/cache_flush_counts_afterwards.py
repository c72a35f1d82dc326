# exercise: cache
# belief: flush clears, and then counts
# fails: flush_leaves_nothing
# holds: fresh_until_the_edge, reading_makes_nothing_younger, nothing_is_something, drop_takes_all_of_a_document, the_least_used_goes
# word: it should be
# rest: as in the solution
class Cache:
    def flush(self):
        self.entries.clear()
        return len(self.entries)
