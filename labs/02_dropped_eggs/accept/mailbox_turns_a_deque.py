# exercise: mailbox
# idea: a deque is turned until the wanted message is in front, and turned back
class Mailbox:
    """A deque turned until the wanted one is in front, and back."""

    def __init__(self) -> None:
        self.messages: deque = deque()

    def put(self, message: object) -> None:
        self.messages.append(message)

    def take(self, wanted=anything):
        at = next((i for i, m in enumerate(self.messages) if wanted(m)), None)
        if at is None:
            return None
        self.messages.rotate(-at)
        found = self.messages.popleft()
        self.messages.rotate(at)
        return found
