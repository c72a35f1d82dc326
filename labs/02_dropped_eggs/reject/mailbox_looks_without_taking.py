# exercise: mailbox
# belief: to receive is to read; the message is still there
# fails: the_oldest_comes_first, takes_the_oldest_that_is_wanted, the_others_stay_in_their_order, zero_is_a_message
# holds: none_when_nothing_is_wanted
# word: we took
# rest: as in the solution
class Mailbox:
    def take(self, wanted=anything):
        """Take out the oldest message that is `wanted`, and return it; None when there is none."""
        for message in self.messages:
            if wanted(message):
                return message
        return None
