# exercise: ring
# belief: a ring without stores is an empty ring
# fails: no_stores_is_an_error
# holds: everywhere_the_same, the_order_is_nothing, one_in_n_moves, nothing_moves_between_old_stores, nobody_has_twice_the_share, the_ring_is_built_once
# word: ValueError
# search: cannot see it, since each of its towns has stores
# rest: as in the solution
def ring(stores, points=100):
    placed = sorted((stable_hash(f"{store}#{number}"), store) for store in stores for number in range(points))
    return [place for place, _ in placed], [store for _, store in placed]
