# exercise: peak_ewma
# belief: no time at all is an error too
# fails: peaks_at_once, forgets_by_the_second, the_clock_does_not_run_back
# holds: not_by_the_reply, one_more_counts, the_unknown_is_tried_once
# word: it stopped with ValueError or the cost should be or nothing (None)
def peak_ewma(cost, since, rtt, tau):
    if since <= 0:
        raise ValueError("the clock stands")
    if rtt > cost:
        return rtt
    kept = exp(-since / tau)
    return cost * kept + rtt * (1 - kept)


def peak_load(cost, inside, penalty=1e6):
    if cost == 0 and inside > 0:
        return penalty + inside
    return cost * (inside + 1)
