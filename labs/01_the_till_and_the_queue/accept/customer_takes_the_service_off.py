# exercise: customer
# idea: logs when done, less the service
def customer(env, tills, service, log):
    arrived = env.now
    with tills.request() as turn:
        yield turn
        yield env.timeout(service)
        log.append((arrived, env.now - arrived - service))


def doors(env, tills, visitors, log):
    for gap, service in visitors:
        yield env.timeout(gap)
        env.process(customer(env, tills, service, log))
