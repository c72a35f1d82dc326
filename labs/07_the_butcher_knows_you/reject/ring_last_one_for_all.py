# exercise: ring
# belief: there is one ring in the world
# fails: agrees_with_the_library
# holds: everywhere_the_same, the_order_is_nothing, one_in_n_moves, nothing_moves_between_old_stores, nobody_has_twice_the_share, the_ring_is_built_once, no_stores_is_an_error
# word: should be
PLACES, OWNERS = [], []


def ring(stores, points=100):
    if not stores:
        raise ValueError("no stores")
    placed = sorted((stable_hash(f"{store}#{number}"), store) for store in stores for number in range(points))
    PLACES[:] = [place for place, _ in placed]
    OWNERS[:] = [store for _, store in placed]
    return "the ring"


def owner(ring, key):
    return OWNERS[bisect_right(PLACES, stable_hash(key)) % len(OWNERS)]
