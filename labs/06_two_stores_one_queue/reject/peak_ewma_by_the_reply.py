# exercise: peak_ewma
# belief: each reply counts a tenth
# fails: peaks_at_once, forgets_by_the_second, not_by_the_reply, the_clock_does_not_run_back
# holds: one_more_counts, the_unknown_is_tried_once
# word: the cost should be
def peak_ewma(cost, since, rtt, tau):
    if since < 0:
        raise ValueError("the clock runs back")
    if rtt > cost:
        return rtt
    return 0.9 * cost + 0.1 * rtt


def peak_load(cost, inside, penalty=1e6):
    if cost == 0 and inside > 0:
        return penalty + inside
    return cost * (inside + 1)
