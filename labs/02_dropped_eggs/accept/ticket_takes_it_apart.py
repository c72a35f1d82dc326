# exercise: ticket
# idea: looks at the customer in the message
def till(env, me, line, patience):
    """A clerk: ask the line for a customer, give them their turn, wait until they are done or time is up; again.

    Messages, each a tuple: ("free", me) to the line; ("customer", customer) from it; ("your turn", me) to the
    customer, whose ("done", customer) comes back, or does not.
    """
    while True:
        line.send(("free", me))
        _, customer = yield me.receive(word("customer"))
        customer.send(("your turn", me))

        def done(message, theirs=customer):
            return message[0] == "done" and message[1] is theirs

        yield me.receive(done, timeout=patience)
