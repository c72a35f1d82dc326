# exercise: inbox
# idea: a waiter waits as long as its event has not been triggered
class Inbox(Mailbox):
    def __init__(self, env):
        super().__init__()
        self.env = env
        self.waiters = []

    def send(self, message):
        for wanted, event in self.waiters:
            if not event.triggered and wanted(message):
                event.succeed(message)
                return
        self.put(message)

    def receive(self, wanted=anything, timeout=None):
        event = self.env.event()
        message = self.take(wanted)
        if message is not None:
            event.succeed(message)
            return event
        if timeout == 0:
            event.succeed(TIMEOUT)
            return event
        self.waiters = [waiter for waiter in self.waiters if not waiter[1].triggered] + [(wanted, event)]
        if timeout is not None:
            self.env.process(self.give_up((wanted, event), timeout))
        return event

    def give_up(self, waiter, timeout):
        yield self.env.timeout(timeout)
        if not waiter[1].triggered:
            waiter[1].succeed(TIMEOUT)
