# exercise: erlang_c
# belief: a store that is almost full is full
# fails: agrees_with_the_library
# holds: the_chance_of_a_wait, a_full_store_has_no_answer, the_share_served_in_time
# word: erlang_c should be
def erlang_c(offered, servers):
    if offered / servers >= 0.999:
        raise ValueError("the line grows for ever")
    b = erlang_b(offered, servers)
    return b / (1 - offered / servers * (1 - b))


def service_level(offered, servers, service, within):
    return 1 - erlang_c(offered, servers) * math.exp(-(servers - offered) * within / service)
