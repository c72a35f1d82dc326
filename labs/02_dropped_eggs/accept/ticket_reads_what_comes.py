# exercise: ticket
# idea: takes every message, and goes on when it is the right one or time is up
def till(env, me, line, patience):
    """A clerk: ask the line for a customer, give them their turn, wait until they are done or time is up; again.

    Messages, each a tuple: ("free", me) to the line; ("customer", customer) from it; ("your turn", me) to the
    customer, whose ("done", customer) comes back, or does not.
    """
    while True:
        line.send(("free", me))
        message = ("", None)
        while message[0] != "customer":
            message = yield me.receive()
        customer, until = message[1], env.now + patience
        customer.send(("your turn", me))
        while env.now < until:
            message = yield me.receive(timeout=until - env.now)
            if message == ("done", customer):
                break
