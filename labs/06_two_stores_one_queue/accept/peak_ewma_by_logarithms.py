# exercise: peak_ewma
# idea: a match, and powers of two
from math import log


def peak_ewma(cost, since, rtt, tau):
    match (since < 0, rtt >= cost):
        case (True, _):
            raise ValueError("time runs forwards")
        case (_, True):
            return rtt
        case _:
            return mixed(2 ** (-since / (tau * log(2))), cost, rtt)


def mixed(share, one, other):
    return share * one + other - share * other


def peak_load(cost, inside, penalty=1e6):
    match cost, inside:
        case 0, 0:
            return 0.0
        case 0, number:
            return number + penalty
        case _:
            return sum([cost] * (inside + 1))
