# exercise: erlang_b
# belief: calls are lost only when there is more work than lines
# fails: the_share_of_lost_calls, a_big_exchange_is_no_trouble
# holds: no_line_no_call, nonsense_is_refused
# word: lost
def erlang_b(offered, servers):
    if offered < 0 or servers < 0:
        raise ValueError(f"{offered} erlangs on {servers} lines: neither can be less than none")

    return max(0.0, 1 - servers / offered) if offered else 0.0
