# exercise: peak_ewma
# belief: the penalty is the same for one and for ten
# fails: the_unknown_is_tried_once
# holds: peaks_at_once, forgets_by_the_second, not_by_the_reply, the_clock_does_not_run_back, one_more_counts
# word: the load should be
def peak_ewma(cost, since, rtt, tau):
    if since < 0:
        raise ValueError("the clock runs back")
    if rtt > cost:
        return rtt
    kept = exp(-since / tau)
    return cost * kept + rtt * (1 - kept)


def peak_load(cost, inside, penalty=1e6):
    if cost == 0 and inside > 0:
        return penalty
    return cost * (inside + 1)
