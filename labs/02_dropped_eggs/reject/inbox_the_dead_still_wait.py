# exercise: inbox
# belief: a waiter that gave up may stay on the list
# fails: a_waiter_who_gave_up_takes_nothing
# holds: a_message_that_is_there_is_given_at_once, a_message_goes_to_a_waiter_who_wants_it, the_longest_waiter_is_first, gives_up_when_time_is_up, zero_looks_once
# word: who wants
# rest: as in the solution
class Inbox(Mailbox):
    def send(self, message):
        """Hand `message` to the longest waiter who wants it; keep it when nobody does."""
        for waiter in self.waiters:
            wanted, event = waiter
            if wanted(message):
                self.waiters.remove(waiter)
                if not event.triggered:
                    event.succeed(message)
                return
        self.put(message)

    def give_up(self, waiter, timeout):
        """A process: after `timeout` seconds a waiter that still waits gets TIMEOUT."""
        yield self.env.timeout(timeout)
        if waiter in self.waiters:
            waiter[1].succeed(TIMEOUT)
