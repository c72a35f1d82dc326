# exercise: erlang_b
# belief: the share that gets through
# fails: no_line_no_call, the_share_of_lost_calls, a_big_exchange_is_no_trouble
# holds: nonsense_is_refused
# word: lost
def erlang_b(offered, servers):
    if offered < 0 or servers < 0:
        raise ValueError(f"{offered} erlangs on {servers} lines: neither can be less than none")

    lost = 1.0
    for line in range(1, servers + 1):
        lost = offered * lost / (line + offered * lost)
    return 1 - lost
