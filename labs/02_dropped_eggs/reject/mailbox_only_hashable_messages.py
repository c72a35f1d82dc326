# exercise: mailbox
# belief: a message can be a key of a dict
# fails: zero_is_a_message, agrees_with_the_library
# holds: the_oldest_comes_first, takes_the_oldest_that_is_wanted, the_others_stay_in_their_order, none_when_nothing_is_wanted
# word: it stopped with TypeError
# rest: as in the solution
class Mailbox:
    def put(self, message):
        """Add `message` at the end."""
        self.counts = getattr(self, "counts", {})
        self.counts[message] = self.counts.get(message, 0) + 1
        self.messages.append(message)
