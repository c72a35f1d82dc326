# exercise: mailbox
# idea: finds the place first, then takes it out
# rest: as in the solution
class Mailbox:
    def take(self, wanted=anything):
        """Take out the oldest message that is `wanted`, and return it; None when there is none."""
        position = 0
        while position < len(self.messages) and not wanted(self.messages[position]):
            position += 1
        return self.messages.pop(position) if position < len(self.messages) else None
