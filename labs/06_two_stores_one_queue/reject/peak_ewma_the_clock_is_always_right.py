# exercise: peak_ewma
# belief: a clock never runs back
# fails: the_clock_does_not_run_back
# holds: peaks_at_once, forgets_by_the_second, not_by_the_reply, one_more_counts, the_unknown_is_tried_once
# word: a clock that runs back should be a ValueError
def peak_ewma(cost, since, rtt, tau):
    if rtt > cost:
        return rtt
    kept = exp(-since / tau)
    return cost * kept + rtt * (1 - kept)


def peak_load(cost, inside, penalty=1e6):
    if cost == 0 and inside > 0:
        return penalty + inside
    return cost * (inside + 1)
