# exercise: isolation
# belief: a crash hurts those who crash
# fails: the_culprits_do_not_count
# holds: a_longer_wait_counts, never_served_counts, the_tolerance_forgives
# word: culprits
def hurt(calm, crashed, culprits, tolerance=1.0):
    """The numbers, rising, of the others whom the crash cost more than `tolerance` seconds."""
    worse = [number for number, wait in calm.items() if crashed.get(number, inf) > wait + tolerance]
    return sorted(number for number in worse)
