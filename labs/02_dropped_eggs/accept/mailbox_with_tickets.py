# exercise: mailbox
# idea: a dict whose keys are numbers that rise
class Mailbox:
    """Messages in the order in which they came."""

    def __init__(self):
        self.messages, self.next = {}, 0

    def put(self, message):
        """Add `message` at the end."""
        self.messages[self.next], self.next = message, self.next + 1

    def take(self, wanted=anything):
        """Take out the oldest message that is `wanted`, and return it; None when there is none."""
        number = next((number for number, message in self.messages.items() if wanted(message)), None)
        return self.messages.pop(number, None)
