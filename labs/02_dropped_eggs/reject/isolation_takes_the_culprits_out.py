# exercise: isolation
# belief: the dicts are ours, and culprits may leave them
# fails: agrees_with_the_library
# holds: a_longer_wait_counts, the_culprits_do_not_count, never_served_counts, the_tolerance_forgives
# word: a change of calm
def hurt(calm, crashed, culprits, tolerance=1.0):
    for n in culprits:
        calm.pop(n, None)
    return sorted(n for n, wait in calm.items() if crashed.get(n, inf) - wait > tolerance)
