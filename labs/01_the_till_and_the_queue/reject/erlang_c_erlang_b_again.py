# exercise: erlang_c
# belief: Erlang B says how many find every till taken
# fails: the_chance_of_a_wait, the_share_served_in_time
# holds: a_full_store_has_no_answer
# word: erlangs
from math import exp


def erlang_c(offered, servers):
    if offered >= servers:
        raise ValueError(f"{offered} erlangs at {servers} tills: the line grows for ever")
    return erlang_b(offered, servers)


def service_level(offered, servers, service, within):
    return 1 - erlang_c(offered, servers) * exp(-(servers - offered) * within / service)
