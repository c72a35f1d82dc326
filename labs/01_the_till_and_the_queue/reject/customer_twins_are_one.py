# exercise: customer
# belief: two entries of the log that are equal are one
# fails: agrees_with_the_library
# holds: waits_until_the_till_is_theirs, the_log_says_when_they_came, keeps_the_till_while_served, gives_the_till_back, the_doors_let_everybody_in, the_doors_do_not_wait
# word: the result
def customer(env, tills, service, log):
    arrived = env.now
    with tills.request() as turn:
        yield turn
        waited = env.now - arrived
        yield env.timeout(service)
        if (arrived, waited) not in log:
            log.append((arrived, waited))


def doors(env, tills, visitors, log):
    for gap, service in visitors:
        yield env.timeout(gap)
        env.process(customer(env, tills, service, log))
