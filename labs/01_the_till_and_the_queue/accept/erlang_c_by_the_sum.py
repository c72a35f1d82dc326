# exercise: erlang_c
# idea: the chance of n or more present, from its own sum, without Erlang B
from math import exp


def erlang_c(offered, servers):
    if offered >= servers:
        raise ValueError(f"{offered} erlangs at {servers} tills: the line grows for ever")

    term, below = 1.0, 0.0
    for present in range(servers):
        below += term
        term *= offered / (present + 1)
    waiting = term * servers / (servers - offered)
    return waiting / (below + waiting)


def service_level(offered, servers, service, within):
    return 1 - erlang_c(offered, servers) * exp(-(servers - offered) * within / service)
