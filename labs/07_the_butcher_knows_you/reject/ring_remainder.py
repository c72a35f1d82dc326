# exercise: ring
# belief: the remainder picks the store
# fails: everywhere_the_same, one_in_n_moves, nothing_moves_between_old_stores
# holds: the_order_is_nothing, nobody_has_twice_the_share, the_ring_is_built_once, no_stores_is_an_error
# word: at every other door or should be or keys should move or between other stores or should have another owner
def ring(stores, points=100):
    if not stores:
        raise ValueError("no stores")
    return sorted(stores)


def owner(ring, key):
    return ring[stable_hash(key) % len(ring)]
