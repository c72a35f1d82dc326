# exercise: isolation
# belief: longer is longer
# fails: the_tolerance_forgives
# holds: a_longer_wait_counts, the_culprits_do_not_count, never_served_counts
# word: tolerance
def hurt(calm, crashed, culprits, tolerance=1.0):
    """The numbers, rising, of the others whom the crash cost more than `tolerance` seconds."""
    worse = [number for number, wait in calm.items() if crashed.get(number, inf) > wait]
    return sorted(number for number in worse if number not in culprits)
