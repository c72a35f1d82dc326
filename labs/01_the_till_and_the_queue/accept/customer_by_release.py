# exercise: customer
# idea: asks and releases by hand, in a try
def customer(env, tills, service, log):
    arrived = env.now
    turn = tills.request()
    try:
        yield turn
        log.append((arrived, env.now - arrived))
        yield env.timeout(service)
    finally:
        tills.release(turn)


def doors(env, tills, visitors, log):
    for gap, service in visitors:
        yield env.timeout(gap)
        env.process(customer(env, tills, service, log))
