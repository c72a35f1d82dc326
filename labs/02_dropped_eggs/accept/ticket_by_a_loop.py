# exercise: ticket
# idea: takes any done, and goes on waiting when it is somebody else's
def till(env, me, line, patience):
    """A clerk: ask the line for a customer, give them their turn, wait until they are done or time is up; again.

    Messages, each a tuple: ("free", me) to the line; ("customer", customer) from it; ("your turn", me) to the
    customer, whose ("done", customer) comes back, or does not.
    """
    while True:
        line.send(("free", me))
        _, customer = yield me.receive(word("customer"))
        customer.send(("your turn", me))
        until = env.now + patience
        while True:
            message = yield me.receive(word("done"), timeout=until - env.now)
            if message == TIMEOUT or message[1] is customer:
                break
