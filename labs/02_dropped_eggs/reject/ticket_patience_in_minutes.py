# exercise: ticket
# belief: patience is in minutes
# fails: the_dead_cost_the_patience_and_no_more, a_late_done_is_nobody_elses, asks_for_one_customer_at_a_time
# holds: a_customer_who_is_done_frees_the_till
# word: clerk
def till(env, me, line, patience):
    """A clerk: ask the line for a customer, give them their turn, wait until they are done or time is up; again.

    Messages, each a tuple: ("free", me) to the line; ("customer", customer) from it; ("your turn", me) to the
    customer, whose ("done", customer) comes back, or does not.
    """
    while True:
        line.send(("free", me))
        _, customer = yield me.receive(word("customer"))
        customer.send(("your turn", me))
        yield me.receive(lambda message, theirs=("done", customer): message == theirs, 60 * patience)
