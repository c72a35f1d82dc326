# exercise: inbox
# belief: the waiters of all inboxes stand in one queue
# fails: agrees_with_the_library
# holds: a_message_that_is_there_is_given_at_once, a_message_goes_to_a_waiter_who_wants_it, the_longest_waiter_is_first, gives_up_when_time_is_up, a_waiter_who_gave_up_takes_nothing, zero_looks_once
# word: should or stopped
class Inbox(Mailbox):
    """A mailbox on SimPy's clock: a process that receives may wait, and several may wait at once."""

    waiters = []  # noqa: RUF012

    def __init__(self, env):
        super().__init__()
        self.env = env

    def send(self, message):
        """Hand `message` to the longest waiter who wants it; keep it when nobody does."""
        for waiter in self.waiters:
            wanted, event = waiter
            if wanted(message):
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
        """A process: after `timeout` seconds a waiter that still waits gets TIMEOUT."""
        yield self.env.timeout(timeout)
        if waiter in self.waiters:
            self.waiters.remove(waiter)
            waiter[1].succeed(TIMEOUT)
