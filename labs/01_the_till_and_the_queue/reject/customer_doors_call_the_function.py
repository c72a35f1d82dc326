# exercise: customer
# belief: calling a generator runs it
# fails: the_doors_let_everybody_in, the_doors_do_not_wait
# holds: waits_until_the_till_is_theirs, the_log_says_when_they_came, keeps_the_till_while_served, gives_the_till_back
# word: at the doors
def customer(env, tills, service, log):
    arrived = env.now
    with tills.request() as turn:
        yield turn
        log.append((arrived, env.now - arrived))
        yield env.timeout(service)


def doors(env, tills, visitors, log):
    for gap, service in visitors:
        yield env.timeout(gap)
        customer(env, tills, service, log)
