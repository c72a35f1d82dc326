# exercise: ring
# belief: there is always a point above
# fails: everywhere_the_same, the_order_is_nothing, one_in_n_moves, nothing_moves_between_old_stores, nobody_has_twice_the_share, the_ring_is_built_once, no_stores_is_an_error
# word: list index out of range or should be
# rest: as in the solution
def owner(ring, key):
    places, owners = ring
    return owners[bisect_right(places, stable_hash(key))]
