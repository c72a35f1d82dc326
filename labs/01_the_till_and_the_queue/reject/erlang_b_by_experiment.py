# exercise: erlang_b
# belief: the right answer by the wrong mechanism: let five thousand calls ring and count
# fails: the_share_of_lost_calls, a_big_exchange_is_no_trouble
# holds: no_line_no_call, nonsense_is_refused
# word: lost
from heapq import heappop, heappush
from random import Random


def erlang_b(offered, servers):
    if offered < 0 or servers < 0:
        raise ValueError(f"{offered} erlangs on {servers} lines: neither can be less than none")

    if not offered or not servers:
        return float(not servers)
    chance, now, lost, talking = Random(7), 0.0, 0, []
    for _ in range(5000):
        now += chance.expovariate(offered)
        while talking and talking[0] <= now:
            heappop(talking)
        if len(talking) == servers:
            lost += 1
        else:
            heappush(talking, now + chance.expovariate(1))
    return lost / 5000
