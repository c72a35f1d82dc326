# exercise: erlang_b
# belief: each line alone loses A / (1 + A), so all of them lose that to the power of their number
# fails: the_share_of_lost_calls, a_big_exchange_is_no_trouble
# holds: no_line_no_call, nonsense_is_refused
# word: lost
def erlang_b(offered, servers):
    if offered < 0 or servers < 0:
        raise ValueError(f"{offered} erlangs on {servers} lines: neither can be less than none")

    return (offered / (1 + offered)) ** servers
