# exercise: erlang_c
# idea: n B / (n - A (1 - B)); late ones first, divided by e**x
from math import e


def erlang_c(offered, servers):
    if not servers > offered:
        raise ValueError("as much work as tills or more: nobody knows how long that line gets")
    lost = erlang_b(offered, servers)
    return servers * lost / (servers - offered * (1 - lost))


def late(offered, servers, service, within):
    return erlang_c(offered, servers) / e ** ((servers - offered) / service * within)


def service_level(offered, servers, service, within):
    never = 1 - erlang_c(offered, servers)
    return never + (erlang_c(offered, servers) - late(offered, servers, service, within))
