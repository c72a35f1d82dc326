# exercise: isolation
# belief: who waits less was touched as well
# fails: who_waits_longer_is_hurt, the_culprits_do_not_count, who_is_never_served_is_hurt, the_tolerance_forgives
# holds:
# word: hurt were
def hurt(calm, crashed, culprits, tolerance=1.0):
    return sorted(n for n, wait in calm.items() if n not in culprits and crashed.get(n, inf) != wait) or [0]
