# exercise: customer
# belief: the right waits by the wrong mechanism: look once a second whether a till is free, take none
# fails: keeps_the_till_while_served
# holds: waits_until_the_till_is_theirs, the_log_says_when_they_came, gives_the_till_back, the_doors_let_everybody_in, the_doors_do_not_wait
# word: tills taken
def customer(env, tills, service, log):
    arrived = env.now
    while tills.count >= tills.capacity:
        yield env.timeout(1)
    log.append((arrived, env.now - arrived))
    yield env.timeout(service)


def doors(env, tills, visitors, log):
    for gap, service in visitors:
        yield env.timeout(gap)
        env.process(customer(env, tills, service, log))
