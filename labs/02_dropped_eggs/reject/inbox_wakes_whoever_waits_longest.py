# exercise: inbox
# belief: the longest waiter is next, whatever message has come
# fails: a_message_goes_to_a_waiter_who_wants_it
# holds: a_message_that_is_there_is_given_at_once, the_longest_waiter_is_first, gives_up_when_time_is_up, a_waiter_who_gave_up_takes_nothing, zero_looks_once
# word: who wants
# rest: as in the solution
class Inbox(Mailbox):
    def send(self, message):
        """Hand `message` to the longest waiter who wants it; keep it when nobody does."""
        for waiter in self.waiters:
            _, event = waiter
            if True:
                self.waiters.remove(waiter)
                event.succeed(message)
                return
        self.put(message)
