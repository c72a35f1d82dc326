# exercise: cache
# belief: a dict may be changed while one goes through it
# fails: drop_takes_all_of_a_document
# holds: fresh_until_the_edge, reading_makes_nothing_younger, nothing_is_something, flush_leaves_nothing, the_least_used_goes
# word: changed size or keys changed
# rest: as in the solution
class Cache:
    def drop(self, origin):
        number = 0
        for key, entry in self.entries.items():
            if entry.origin == origin:
                del self.entries[key]
                number += 1
        return number
