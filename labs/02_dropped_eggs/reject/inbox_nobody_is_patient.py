# exercise: inbox
# belief: everybody gives up after five minutes
# fails: gives_up_when_time_is_up
# holds: a_message_that_is_there_is_given_at_once, a_message_goes_to_a_waiter_who_wants_it, the_longest_waiter_is_first, a_waiter_who_gave_up_takes_nothing, zero_looks_once
# word: who wants
# rest: as in the solution
class Inbox(Mailbox):
    def receive(self, wanted=anything, timeout=None):
        """An event that succeeds with the oldest wanted message, or with TIMEOUT after `timeout` seconds."""
        event, message = self.env.event(), self.take(wanted)
        if message is not None or timeout == 0:
            return event.succeed(TIMEOUT if message is None else message)
        self.waiters.append((wanted, event))
        self.env.process(self.give_up((wanted, event), timeout or 300))
        return event
