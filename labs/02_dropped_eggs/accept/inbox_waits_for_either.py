# exercise: inbox
# idea: a process waits for the message or the alarm, whichever comes first
class Inbox(Mailbox):
    """A mailbox on SimPy's clock: a process that receives may wait, and several may wait at once."""

    def __init__(self, env):
        super().__init__()
        self.env = env
        self.waiters = []

    def send(self, message):
        """Hand `message` to the longest waiter who wants it; keep it when nobody does."""
        for place, (wanted, event) in enumerate(self.waiters):
            if wanted(message):
                del self.waiters[place]
                return event.succeed(message)
        self.put(message)

    def receive(self, wanted=anything, timeout=None):
        """An event that succeeds with the oldest wanted message, or with TIMEOUT after `timeout` seconds."""
        event = self.env.event()
        if (message := self.take(wanted)) is not None:
            return event.succeed(message)
        if timeout == 0:
            return event.succeed(TIMEOUT)
        waiter = (wanted, event)
        self.waiters.append(waiter)
        if timeout is None:
            return event

        def both():
            alarm = self.env.timeout(timeout)
            yield event | alarm
            if event.triggered:
                return event.value
            self.waiters.remove(waiter)
            return TIMEOUT

        return self.env.process(both())
