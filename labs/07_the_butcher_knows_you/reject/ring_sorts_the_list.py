# exercise: ring
# belief: the list of stores may be put in order
# fails: the_order_is_nothing
# holds: everywhere_the_same, one_in_n_moves, nothing_moves_between_old_stores, nobody_has_twice_the_share, the_ring_is_built_once, no_stores_is_an_error
# word: changed it
# search: cannot see it, since it does not look at the list again
# rest: as in the solution
def ring(stores, points=100):
    if not stores:
        raise ValueError("no stores")
    stores.sort()
    placed = sorted((stable_hash(f"{store}#{number}"), store) for store in stores for number in range(points))
    return [place for place, _ in placed], [store for _, store in placed]
