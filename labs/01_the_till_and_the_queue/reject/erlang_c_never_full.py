# exercise: erlang_c
# belief: a formula has an answer for everything
# fails: a_full_store_has_no_answer
# holds: the_chance_of_a_wait, the_share_served_in_time
# word: grows for ever
from math import exp


def erlang_c(offered, servers):
    lost = erlang_b(offered, servers)
    return lost / (1 - offered / servers * (1 - lost))


def service_level(offered, servers, service, within):
    return 1 - erlang_c(offered, servers) * exp(-(servers - offered) * within / service)
