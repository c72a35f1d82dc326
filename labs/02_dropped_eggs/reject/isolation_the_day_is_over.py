# exercise: isolation
# belief: a customer who is never served waits until the day is over
# fails: never_served_counts
# holds: a_longer_wait_counts, the_culprits_do_not_count, the_tolerance_forgives
# word: longer than a tolerance
# search: may miss it, since nobody in it waits for hours
def hurt(calm, crashed, culprits, tolerance=1.0):
    day = hours(12)
    return sorted(n for n, wait in calm.items() if n not in culprits and crashed.get(n, day) > wait + tolerance)
