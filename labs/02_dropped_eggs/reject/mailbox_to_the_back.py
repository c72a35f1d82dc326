# exercise: mailbox
# belief: a message that is not wanted now goes to the end of the queue
# fails: the_oldest_comes_first, takes_the_oldest_that_is_wanted, the_others_stay_in_their_order
# holds: none_when_nothing_is_wanted, zero_is_a_message
# word: we took
# rest: as in the solution
class Mailbox:
    def take(self, wanted=anything):
        """Take out the oldest message that is `wanted`, and return it; None when there is none."""
        for _ in range(len(self.messages)):
            message = self.messages.pop(0)
            if wanted(message):
                return message
            self.messages.append(message)
        return None
