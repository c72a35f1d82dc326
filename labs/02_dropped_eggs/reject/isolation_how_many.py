# exercise: isolation
# belief: the answer is a number
# fails: a_longer_wait_counts, the_culprits_do_not_count, never_served_counts, the_tolerance_forgives
# holds:
# word: hurt
def hurt(calm, crashed, culprits, tolerance=1.0):
    return sum(crashed.get(n, inf) > wait + tolerance for n, wait in calm.items() if n not in culprits)
