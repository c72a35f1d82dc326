# exercise: inbox
# belief: giving up tells the waiter; the list need not know
# fails: who_gave_up_takes_nothing
# holds: what_is_there_is_given_at_once, a_message_goes_to_who_wants_it, who_waits_longest_is_first, gives_up_when_time_is_up, zero_looks_once
# word: who wants
# rest: as in the solution
class Inbox(Mailbox):
    def send(self, message):
        """Hand `message` to who has waited longest for such a one; keep it when nobody has."""
        for waiter in self.waiters:
            wanted, event = waiter
            if wanted(message):
                self.waiters.remove(waiter)
                if not event.triggered:
                    event.succeed(message)
                return
        self.put(message)

    def give_up(self, waiter, timeout):
        """A process: after `timeout` seconds a waiter who still waits gets TIMEOUT."""
        yield self.env.timeout(timeout)
        if waiter in self.waiters:
            waiter[1].succeed(TIMEOUT)
