# exercise: ring
# belief: a key belongs to the point before it
# fails: everywhere_the_same
# holds: the_order_is_nothing, one_in_n_moves, nothing_moves_between_old_stores, nobody_has_twice_the_share, the_ring_is_built_once, no_stores_is_an_error
# word: at every other door or should be
# rest: as in the solution
def owner(ring, key):
    places, owners = ring
    return owners[bisect_right(places, stable_hash(key)) - 1]
