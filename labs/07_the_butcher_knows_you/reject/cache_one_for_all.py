# exercise: cache
# belief: all shelves share what is known
# fails: fresh_until_the_edge, reading_makes_nothing_younger, nothing_is_something, drop_takes_all_of_a_document, flush_leaves_nothing, the_least_used_goes
# word: it should be
# rest: as in the solution
class Cache:
    def __init__(self, ttl=900.0, room=None, entries={}):  # noqa: B006
        self.ttl, self.room = ttl, room
        self.entries = entries
