# exercise: mailbox
# idea: keeps what was looked at aside and puts it back in front
class Mailbox:
    """Messages in the order in which they came."""

    def __init__(self):
        self.messages = []

    def put(self, message):
        """Add `message` at the end."""
        self.messages.append(message)

    def take(self, wanted=anything):
        """Take out the oldest message that is `wanted`, and return it; None when there is none."""
        passed, found = [], None
        while self.messages:
            message = self.messages.pop(0)
            if wanted(message):
                found = message
                break
            passed.append(message)
        self.messages = passed + self.messages
        return found
