# exercise: isolation
# belief: a wait of nought seconds is no wait in the dict
# fails: agrees_with_the_library
# holds: a_longer_wait_counts, the_culprits_do_not_count, never_served_counts, the_tolerance_forgives
# word: the result should be
def hurt(calm, crashed, culprits, tolerance=1.0):
    return sorted(n for n, wait in calm.items() if n not in culprits and (crashed.get(n) or inf) > wait + tolerance)
