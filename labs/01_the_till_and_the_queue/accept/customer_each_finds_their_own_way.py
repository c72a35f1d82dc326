# exercise: customer
# idea: every visitor is a process from the start and sleeps until it is time to come
def customer(env, tills, service, log):
    arrived = env.now
    turn = tills.request()
    yield turn
    log.append([arrived, env.now - arrived])
    yield env.timeout(service)
    yield tills.release(turn)


def visitor(env, tills, at, service, log):
    yield env.timeout(at)
    yield env.process(customer(env, tills, service, log))


def doors(env, tills, visitors, log):
    at = 0
    for gap, service in visitors:
        at += gap
        env.process(visitor(env, tills, at, service, log))
    yield env.timeout(at)
