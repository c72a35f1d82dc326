# exercise: isolation
# belief: the answer is a number
# fails: who_waits_longer_is_hurt, the_culprits_do_not_count, who_is_never_served_is_hurt, the_tolerance_forgives
# holds:
# word: hurt were
def hurt(calm, crashed, culprits, tolerance=1.0):
    return sum(crashed.get(n, inf) > wait + tolerance for n, wait in calm.items() if n not in culprits)
