# exercise: peak_ewma
# belief: tau is a half-life
# fails: peaks_at_once, forgets_by_the_second, not_by_the_reply
# holds: the_clock_does_not_run_back, one_more_counts, the_unknown_is_tried_once
# word: the cost should be
def peak_ewma(cost, since, rtt, tau):
    if since < 0:
        raise ValueError("the clock runs back")
    if rtt > cost:
        return rtt
    kept = 0.5 ** (since / tau)
    return cost * kept + rtt * (1 - kept)


def peak_load(cost, inside, penalty=1e6):
    if cost == 0 and inside > 0:
        return penalty + inside
    return cost * (inside + 1)
