# exercise: isolation
# belief: who dropped the eggs is who is hurt
# fails: who_waits_longer_is_hurt, the_culprits_do_not_count, who_is_never_served_is_hurt, the_tolerance_forgives
# holds:
# word: hurt were
def hurt(calm, crashed, culprits, tolerance=1.0):
    """The numbers, rising, of the others whom the crash cost more than `tolerance` seconds."""
    worse = [number for number, wait in calm.items() if crashed.get(number, inf) > wait + tolerance]
    return sorted(number for number in worse if number in culprits)
