# exercise: ring
# belief: each store's points are in order
# fails: everywhere_the_same, the_order_is_nothing, one_in_n_moves, nothing_moves_between_old_stores, nobody_has_twice_the_share
# holds: the_ring_is_built_once, no_stores_is_an_error
# word: at every other door or should own or should be or keys should move or between other stores or should have another owner
# rest: as in the solution
def ring(stores, points=100):
    if not stores:
        raise ValueError("no stores")
    placed = [(stable_hash(f"{store}#{number}"), store) for store in stores for number in range(points)]
    return [place for place, _ in placed], [store for _, store in placed]
