# exercise: inbox
# idea: waiters by their event, and a callback on the clock in place of give_up
class Inbox(Mailbox):
    def __init__(self, env):
        Mailbox.__init__(self)
        self.env = env
        self.waiters = {}

    def send(self, message):
        for event, wanted in self.waiters.items():
            if wanted(message):
                del self.waiters[event]
                event.succeed(message)
                break
        else:
            self.put(message)

    def receive(self, wanted=anything, timeout=None):
        event = self.env.event()
        if (message := self.take(wanted)) is not None:
            event.succeed(message)
        elif timeout == 0:
            event.succeed(TIMEOUT)
        else:
            self.waiters[event] = wanted
            if timeout is not None:

                def ring(_):
                    if self.waiters.pop(event, None):
                        event.succeed(TIMEOUT)

                self.env.timeout(timeout).callbacks.append(ring)
        return event
