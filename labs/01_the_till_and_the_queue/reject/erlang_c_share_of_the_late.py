# exercise: erlang_c
# belief: the share that waits longer
# fails: the_share_served_in_time
# holds: the_chance_of_a_wait, a_full_store_has_no_answer
# word: in time
from math import exp


def erlang_c(offered, servers):
    if offered >= servers:
        raise ValueError(f"{offered} erlangs at {servers} tills: the line grows for ever")
    lost = erlang_b(offered, servers)
    return lost / (1 - offered / servers * (1 - lost))


def service_level(offered, servers, service, within):
    return erlang_c(offered, servers) * exp(-(servers - offered) * within / service)
