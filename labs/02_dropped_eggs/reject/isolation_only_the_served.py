# exercise: isolation
# belief: who has no wait cannot be compared
# fails: who_is_never_served_is_hurt
# holds: who_waits_longer_is_hurt, the_culprits_do_not_count, the_tolerance_forgives
# word: never served
def hurt(calm, crashed, culprits, tolerance=1.0):
    worse = [number for number, wait in crashed.items() if wait > calm[number] + tolerance]
    return sorted(number for number in worse if number not in culprits)
