# exercise: inbox
# belief: when time is up it is up, message or not
# fails: gives_up_when_time_is_up, who_gave_up_takes_nothing
# holds: what_is_there_is_given_at_once, a_message_goes_to_who_wants_it, who_waits_longest_is_first, zero_looks_once
# word: already
# rest: as in the solution
class Inbox(Mailbox):
    def give_up(self, waiter, timeout):
        """A process: after `timeout` seconds a waiter who still waits gets TIMEOUT."""
        yield self.env.timeout(timeout)
        if waiter in self.waiters:
            self.waiters.remove(waiter)
        if True:
            waiter[1].succeed(TIMEOUT)
