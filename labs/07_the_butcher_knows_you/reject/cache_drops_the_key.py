# exercise: cache
# belief: drop removes the entry of that name
# fails: drop_takes_all_of_a_document
# holds: fresh_until_the_edge, reading_makes_nothing_younger, nothing_is_something, flush_leaves_nothing, the_least_used_goes
# word: it should be
# rest: as in the solution
class Cache:
    def drop(self, origin):
        return 1 if self.entries.pop(origin, None) is not None else 0
