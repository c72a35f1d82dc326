# exercise: mailbox
# belief: a list in the class is each mailbox's own
# fails: agrees_with_the_library
# holds: the_oldest_comes_first, takes_the_oldest_that_is_wanted, the_others_stay_in_their_order, none_when_nothing_is_wanted, zero_is_a_message
# word: should be
class Mailbox:
    """Messages in the order in which they came."""

    messages = []  # noqa: RUF012

    def put(self, message):
        """Add `message` at the end."""
        self.messages.append(message)

    def take(self, wanted=anything):
        """Take out the oldest message that is `wanted`, and return it; None when there is none."""
        for position, message in enumerate(self.messages):
            if wanted(message):
                return self.messages.pop(position)
        return None
