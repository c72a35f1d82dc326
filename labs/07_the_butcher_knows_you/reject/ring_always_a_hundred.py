# exercise: ring
# belief: a hundred points are a hundred points
# fails: everywhere_the_same
# holds: the_order_is_nothing, one_in_n_moves, nothing_moves_between_old_stores, nobody_has_twice_the_share, the_ring_is_built_once, no_stores_is_an_error
# word: at every other door or should be
# rest: as in the solution
def ring(stores, points=100):
    if not stores:
        raise ValueError("no stores")
    placed = sorted((stable_hash(f"{store}#{number}"), store) for store in stores for number in range(100))
    return [place for place, _ in placed], [store for _, store in placed]
