# exercise: isolation
# belief: a customer who is not in the list has waited 0 seconds
# fails: never_served_counts
# holds: a_longer_wait_counts, the_culprits_do_not_count, the_tolerance_forgives
# word: never served
def hurt(calm, crashed, culprits, tolerance=1.0):
    """The numbers, rising, of the others whom the crash cost more than `tolerance` seconds."""
    worse = [number for number, wait in calm.items() if crashed.get(number, 0) > wait + tolerance]
    return sorted(number for number in worse if number not in culprits)
