# exercise: inbox
# idea: a waiter is its event in a dict, which keeps the order
class Inbox(Mailbox):
    def __init__(self, env):
        super().__init__()
        self.env = env
        self.waiters = {}

    def send(self, message):
        chosen = next((event for event, wanted in self.waiters.items() if wanted(message)), None)
        if chosen is None:
            self.put(message)
        else:
            del self.waiters[chosen]
            chosen.succeed(message)

    def receive(self, wanted=anything, timeout=None):
        event = self.env.event()
        message = self.take(wanted)
        if message is not None:
            event.succeed(message)
        elif timeout == 0:
            event.succeed(TIMEOUT)
        else:
            self.waiters[event] = wanted
            if timeout is not None:
                self.env.process(self.give_up(event, timeout))
        return event

    def give_up(self, event, timeout):
        yield self.env.timeout(timeout)
        if self.waiters.pop(event, None):
            event.succeed(TIMEOUT)
