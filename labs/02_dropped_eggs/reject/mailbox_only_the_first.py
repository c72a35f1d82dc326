# exercise: mailbox
# belief: a queue has one end: a reader of what stands behind must wait
# fails: the_oldest_comes_first, takes_the_oldest_that_is_wanted, the_others_stay_in_their_order, none_when_nothing_is_wanted
# holds: zero_is_a_message
# word: we took
# rest: as in the solution
class Mailbox:
    def take(self, wanted=anything):
        """Take out the oldest message that is `wanted`, and return it; None when there is none."""
        if self.messages and wanted(self.messages[0]):
            return self.messages.pop(0)
        return None
