# exercise: isolation
# belief: waits are whole seconds
# fails: the_tolerance_forgives, agrees_with_the_library
# holds: a_longer_wait_counts, the_culprits_do_not_count, never_served_counts
# word: should
# rest: as in the solution
def hurt(calm, crashed, culprits, tolerance=1.0):
    """The numbers, rising, of the others whom the crash cost more than `tolerance` seconds."""
    worse = [n for n, wait in calm.items() if n not in crashed or int(crashed[n]) > int(wait + tolerance)]
    return sorted(number for number in worse if number not in culprits)
