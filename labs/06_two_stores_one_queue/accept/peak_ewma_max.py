# exercise: peak_ewma
# idea: the larger of two numbers
def peak_ewma(cost, since, rtt, tau):
    if since < 0:
        raise ValueError(since)
    w = 1.0 if since == 0 else exp(-(since / tau))
    return max(rtt, w * cost + (1 - w) * rtt)


def peak_load(cost, inside, penalty=1e6):
    return penalty + inside if inside and not cost else cost * inside + cost
