# exercise: erlang_b
# idea: the sum itself, each term through its logarithm
from math import exp, fsum, lgamma, log


def erlang_b(offered, servers):
    if offered < 0 or servers < 0:
        raise ValueError(f"{offered} erlangs on {servers} lines: neither can be less than none")

    if offered == 0:
        return float(servers == 0)
    terms = [k * log(offered) - lgamma(k + 1) for k in range(servers + 1)]
    biggest = max(terms)
    return exp(terms[-1] - biggest) / fsum(exp(term - biggest) for term in terms)
