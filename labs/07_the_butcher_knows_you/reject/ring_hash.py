# exercise: ring
# belief: hash() makes a number of a text
# fails: everywhere_the_same
# holds: the_order_is_nothing, one_in_n_moves, nothing_moves_between_old_stores, nobody_has_twice_the_share, the_ring_is_built_once, no_stores_is_an_error
# word: at every other door or should be or keys should move
def ring(stores, points=100):
    if not stores:
        raise ValueError("no stores")
    placed = sorted((hash(f"{store}#{number}") % 2**64, store) for store in stores for number in range(points))
    return [place for place, _ in placed], [store for _, store in placed]


def owner(ring, key):
    places, owners = ring
    return owners[bisect_right(places, hash(key) % 2**64) % len(owners)]
