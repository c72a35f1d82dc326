# exercise: mailbox
# belief: equal messages are one message
# fails: agrees_with_the_library
# holds: the_oldest_comes_first, takes_the_oldest_that_is_wanted, the_others_stay_in_their_order, none_when_nothing_is_wanted, zero_is_a_message
# word: should be
# rest: as in the solution
class Mailbox:
    def take(self, wanted=anything):
        """Take out the oldest message that is `wanted`, and return it; None when there is none."""
        for message in self.messages:
            if wanted(message):
                self.messages.remove(message)
                return message
        return None
