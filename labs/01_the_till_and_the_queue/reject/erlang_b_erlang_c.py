# exercise: erlang_b
# belief: a caller who finds every line busy waits: Erlang C
# fails: the_share_of_lost_calls, a_big_exchange_is_no_trouble
# holds: no_line_no_call, nonsense_is_refused
# word: lost
def erlang_b(offered, servers):
    if offered < 0 or servers < 0:
        raise ValueError(f"{offered} erlangs on {servers} lines: neither can be less than none")

    lost = 1.0
    for line in range(1, servers + 1):
        lost = offered * lost / (line + offered * lost)
    if not servers or offered >= servers:
        return 1.0
    return lost / (1 - offered / servers * (1 - lost))
