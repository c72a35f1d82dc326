# exercise: cache
# belief: flush begins a new count
# fails: flush_leaves_nothing
# holds: fresh_until_the_edge, reading_makes_nothing_younger, nothing_is_something, drop_takes_all_of_a_document, the_least_used_goes
# word: it should be
# rest: as in the solution
class Cache:
    def flush(self):
        return len(self.entries)
