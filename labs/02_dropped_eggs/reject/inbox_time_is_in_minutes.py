# exercise: inbox
# belief: a time-out is in minutes
# fails: gives_up_when_time_is_up, a_waiter_who_gave_up_takes_nothing
# holds: a_message_that_is_there_is_given_at_once, a_message_goes_to_a_waiter_who_wants_it, the_longest_waiter_is_first, zero_looks_once
# word: who wants
# rest: as in the solution
class Inbox(Mailbox):
    def give_up(self, waiter, timeout):
        """A process: after `timeout` seconds a waiter that still waits gets TIMEOUT."""
        yield self.env.timeout(60 * timeout)
        if waiter in self.waiters:
            self.waiters.remove(waiter)
            waiter[1].succeed(TIMEOUT)
