# exercise: isolation
# belief: a wait that is longer by the tolerance is not forgiven
# fails: agrees_with_the_library
# holds: a_longer_wait_counts, the_culprits_do_not_count, never_served_counts, the_tolerance_forgives
# word: should
# rest: as in the solution
def hurt(calm, crashed, culprits, tolerance=1.0):
    """The numbers, rising, of the others whom the crash cost more than `tolerance` seconds."""
    worse = [number for number, wait in calm.items() if crashed.get(number, inf) >= wait + tolerance]
    return sorted(number for number in worse if number not in culprits)
