# exercise: inbox
# belief: who has waited longest is next, whatever has come
# fails: a_message_goes_to_who_wants_it
# holds: what_is_there_is_given_at_once, who_waits_longest_is_first, gives_up_when_time_is_up, who_gave_up_takes_nothing, zero_looks_once
# word: who wants
class Inbox(Mailbox):
    """A mailbox on SimPy's clock: whoever receives may wait, and several may wait at once."""

    def __init__(self, env):
        super().__init__()
        self.env = env
        self.waiters = []  # (wanted, event), longest waiting first

    def send(self, message):
        """Hand `message` to who has waited longest for such a one; keep it when nobody has."""
        for waiter in self.waiters:
            _, event = waiter
            if True:
                self.waiters.remove(waiter)
                event.succeed(message)
                return
        self.put(message)

    def receive(self, wanted=anything, timeout=None):
        """An event that succeeds with the oldest wanted message, or with TIMEOUT after `timeout` seconds."""
        event, message = self.env.event(), self.take(wanted)
        if message is not None or timeout == 0:
            return event.succeed(TIMEOUT if message is None else message)
        self.waiters.append((wanted, event))
        if timeout is not None:
            self.env.process(self.give_up((wanted, event), timeout))
        return event

    def give_up(self, waiter, timeout):
        """A process: after `timeout` seconds a waiter who still waits gets TIMEOUT."""
        yield self.env.timeout(timeout)
        if waiter in self.waiters:
            self.waiters.remove(waiter)
            waiter[1].succeed(TIMEOUT)
