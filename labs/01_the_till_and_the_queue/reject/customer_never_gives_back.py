# exercise: customer
# belief: a till is free again once the customer is gone, without anybody saying so
# fails: gives_the_till_back
# holds: waits_until_the_till_is_theirs, the_log_says_when_they_came, keeps_the_till_while_served, the_doors_let_everybody_in, the_doors_do_not_wait
# word: free
def customer(env, tills, service, log):
    arrived = env.now
    yield tills.request()
    log.append((arrived, env.now - arrived))
    yield env.timeout(service)


def doors(env, tills, visitors, log):
    for gap, service in visitors:
        yield env.timeout(gap)
        env.process(customer(env, tills, service, log))
