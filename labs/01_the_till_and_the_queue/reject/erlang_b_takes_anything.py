# exercise: erlang_b
# belief: numbers are numbers, negative ones too
# fails: nonsense_is_refused
# holds: no_line_no_call, the_share_of_lost_calls, a_big_exchange_is_no_trouble
# word: nonsense
def erlang_b(offered, servers):
    lost = 1.0
    for line in range(1, servers + 1):
        lost = offered * lost / (line + offered * lost)
    return lost
