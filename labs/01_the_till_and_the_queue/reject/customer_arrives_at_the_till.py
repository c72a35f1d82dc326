# exercise: customer
# belief: a customer arrives when it is their turn
# fails: the_log_says_when_they_came
# holds: waits_until_the_till_is_theirs, keeps_the_till_while_served, gives_the_till_back, the_doors_let_everybody_in, the_doors_do_not_wait
# word: came at
def customer(env, tills, service, log):
    joined = env.now
    with tills.request() as turn:
        yield turn
        arrived = env.now
        log.append((arrived, arrived - joined))
        yield env.timeout(service)


def doors(env, tills, visitors, log):
    for gap, service in visitors:
        yield env.timeout(gap)
        env.process(customer(env, tills, service, log))
