# exercise: mailbox
# belief: a message that is false is not there
# fails: zero_is_a_message
# holds: the_oldest_comes_first, takes_the_oldest_that_is_wanted, the_others_stay_in_their_order, none_when_nothing_is_wanted
# word: we took
# rest: as in the solution
class Mailbox:
    def take(self, wanted=anything):
        """Take out the oldest message that is `wanted`, and return it; None when there is none."""
        for position, message in enumerate(self.messages):
            if message and wanted(message):
                return self.messages.pop(position)
        return None
