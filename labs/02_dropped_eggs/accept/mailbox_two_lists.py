# exercise: mailbox
# idea: keeps what was looked at aside and puts it back in front
# rest: as in the solution
class Mailbox:
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
