# exercise: customer
# belief: asking for a till is having it
# fails: waits_until_the_till_is_theirs
# holds: the_log_says_when_they_came, keeps_the_till_while_served, gives_the_till_back, the_doors_let_everybody_in, the_doors_do_not_wait
# word: till was free
def customer(env, tills, service, log):
    arrived = env.now
    with tills.request():
        log.append((arrived, env.now - arrived))
        yield env.timeout(service)


def doors(env, tills, visitors, log):
    for gap, service in visitors:
        yield env.timeout(gap)
        env.process(customer(env, tills, service, log))
