# exercise: peak_ewma
# idea: helper functions, and an error of one's own that is a ValueError
class ClockRunsBack(ValueError):
    pass


def fading(seconds, memory):
    return exp(-seconds / memory)


def peak_ewma(cost, since, rtt, tau):
    if since < 0:
        raise ClockRunsBack(since)
    new = cost
    new -= (cost - rtt) * (1 - fading(since, tau))
    return new if cost >= rtt else rtt


def peak_load(cost, inside, penalty=1_000_000):
    unknown = cost == 0
    return penalty + inside if unknown and inside != 0 else sum(cost for _ in range(inside + 1))
