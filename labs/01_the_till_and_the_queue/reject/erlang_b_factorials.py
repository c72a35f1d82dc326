# exercise: erlang_b
# belief: the formula as it stands in the book will do
# fails: a_big_exchange_is_no_trouble
# holds: no_line_no_call, the_share_of_lost_calls, nonsense_is_refused
# word: OverflowError
from math import factorial


def erlang_b(offered, servers):
    if offered < 0 or servers < 0:
        raise ValueError(f"{offered} erlangs on {servers} lines: neither can be less than none")

    terms = [offered**k / factorial(k) for k in range(servers + 1)]
    return terms[-1] / sum(terms)
