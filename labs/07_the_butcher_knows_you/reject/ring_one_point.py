# exercise: ring
# belief: a store is at one place
# fails: everywhere_the_same, one_in_n_moves, nobody_has_twice_the_share
# holds: the_order_is_nothing, nothing_moves_between_old_stores, the_ring_is_built_once, no_stores_is_an_error
# word: at every other door or should own or should be or keys should move
# rest: as in the solution
def ring(stores, points=100):
    if not stores:
        raise ValueError("no stores")
    placed = sorted((stable_hash(store), store) for store in stores)
    return [place for place, _ in placed], [store for _, store in placed]
