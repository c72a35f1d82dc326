# exercise: erlang_b
# idea: the sum in exact fractions, floats only at the end
from fractions import Fraction


def erlang_b(offered, servers):
    load = Fraction(offered)
    if load < 0 or servers < 0:
        raise ValueError("nobody calls less than never, and no exchange has fewer than no lines")
    term = total = Fraction(1)
    for k in range(1, servers + 1):
        term = term * load / k
        total += term
    return float(term / total)
