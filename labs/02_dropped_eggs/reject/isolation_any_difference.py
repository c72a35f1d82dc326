# exercise: isolation
# belief: a shorter wait is a hurt too
# fails: a_longer_wait_counts, the_culprits_do_not_count, never_served_counts, the_tolerance_forgives
# holds:
# word: hurt
def hurt(calm, crashed, culprits, tolerance=1.0):
    return sorted(n for n, wait in calm.items() if n not in culprits and crashed.get(n, inf) != wait) or [0]
