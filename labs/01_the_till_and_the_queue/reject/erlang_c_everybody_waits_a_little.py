# exercise: erlang_c
# belief: the tail is for everybody: those who find a free till are forgotten
# fails: a_full_store_has_no_answer, the_share_served_in_time
# holds: the_chance_of_a_wait
# word: in time
from math import exp


def erlang_c(offered, servers):
    if offered >= servers:
        raise ValueError(f"{offered} erlangs at {servers} tills: the line grows for ever")
    lost = erlang_b(offered, servers)
    return lost / (1 - offered / servers * (1 - lost))


def service_level(offered, servers, service, within):
    return 1 - exp(-(servers - offered) * within / service)
