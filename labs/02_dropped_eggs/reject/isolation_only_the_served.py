# exercise: isolation
# belief: a customer without a wait cannot be compared
# fails: never_served_counts
# holds: a_longer_wait_counts, the_culprits_do_not_count, the_tolerance_forgives
# word: never served
def hurt(calm, crashed, culprits, tolerance=1.0):
    worse = [number for number, wait in crashed.items() if wait > calm[number] + tolerance]
    return sorted(number for number in worse if number not in culprits)
