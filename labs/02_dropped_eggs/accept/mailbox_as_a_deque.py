# exercise: mailbox
# idea: a deque that is turned past the messages that are not wanted
class Mailbox:
    """Messages in the order in which they came."""

    def __init__(self):
        self.messages = deque()

    def put(self, message):
        """Add `message` at the end."""
        self.messages.append(message)

    def take(self, wanted=anything):
        """Take out the oldest message that is `wanted`, and return it; None when there is none."""
        found = None
        for _ in range(len(self.messages)):
            message = self.messages.popleft()
            if found is None and wanted(message):
                found = message
            else:
                self.messages.append(message)
        return found
