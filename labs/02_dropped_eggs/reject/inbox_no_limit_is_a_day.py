# exercise: inbox
# belief: nobody waits longer than a day
# fails: agrees_with_the_library
# holds: a_message_that_is_there_is_given_at_once, a_message_goes_to_a_waiter_who_wants_it, the_longest_waiter_is_first, gives_up_when_time_is_up, a_waiter_who_gave_up_takes_nothing, zero_looks_once
# word: thirty years later or nothing or time is up
class Inbox(Mailbox):
    def __init__(self, env):
        super().__init__()
        self.env = env
        self.waiters = []

    def send(self, message):
        for waiter in self.waiters:
            if waiter[0](message):
                self.waiters.remove(waiter)
                waiter[1].succeed(message)
                return
        self.put(message)

    def receive(self, wanted=anything, timeout=None):
        event = self.env.event()
        message = self.take(wanted)
        if message is not None:
            return event.succeed(message)
        if timeout == 0:
            return event.succeed(TIMEOUT)
        waiter = (wanted, event)
        self.waiters.append(waiter)
        self.env.process(self.give_up(waiter, timeout or hours(24)))
        return event

    def give_up(self, waiter, timeout):
        yield self.env.timeout(timeout)
        if waiter in self.waiters:
            self.waiters.remove(waiter)
            waiter[1].succeed(TIMEOUT)
