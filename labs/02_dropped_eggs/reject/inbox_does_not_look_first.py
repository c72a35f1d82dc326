# exercise: inbox
# belief: to receive is to wait for the next message
# fails: a_message_that_is_there_is_given_at_once, zero_looks_once
# holds: a_message_goes_to_a_waiter_who_wants_it, the_longest_waiter_is_first, gives_up_when_time_is_up, a_waiter_who_gave_up_takes_nothing
# word: who wants
# rest: as in the solution
class Inbox(Mailbox):
    def receive(self, wanted=anything, timeout=None):
        """An event that succeeds with the oldest wanted message, or with TIMEOUT after `timeout` seconds."""
        event, message = self.env.event(), None
        if message is not None or timeout == 0:
            return event.succeed(TIMEOUT if message is None else message)
        self.waiters.append((wanted, event))
        if timeout is not None:
            self.env.process(self.give_up((wanted, event), timeout))
        return event
