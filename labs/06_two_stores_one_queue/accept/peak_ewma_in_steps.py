# exercise: peak_ewma
# idea: the difference shrinks; the exception first
import math


def peak_ewma(cost, since, rtt, tau):
    if not since >= 0:
        raise ValueError("the clock runs back")
    above = cost - rtt
    return rtt if above < 0 else rtt + above / math.e ** (since / tau)


def peak_load(cost, inside, penalty=1e6):
    if cost:
        return cost + cost * inside
    if inside:
        return penalty + inside
    return 0
