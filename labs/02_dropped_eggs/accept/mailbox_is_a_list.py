# exercise: mailbox
# idea: a mailbox is a list itself
class Mailbox(list):
    @property
    def messages(self):
        return self

    def put(self, message):
        self.append(message)

    def take(self, wanted=anything):
        for at in range(len(self)):
            if wanted(self[at]):
                return self.pop(at)
        return None
