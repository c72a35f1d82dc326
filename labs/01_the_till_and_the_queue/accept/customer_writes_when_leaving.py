# exercise: customer
# idea: writes the log when leaving; the doors keep an absolute clock
def customer(env, tills, service, log):
    arrived = env.now
    with tills.request() as turn:
        yield turn
        started = env.now
        yield env.timeout(service)
    log.append((arrived, started - arrived))


def doors(env, tills, visitors, log):
    due = env.now
    for gap, service in visitors:
        due += gap
        yield env.timeout(due - env.now)
        env.process(customer(env, tills, service, log))
