# exercise: ring
# belief: a small number is enough
# fails: everywhere_the_same, the_order_is_nothing, one_in_n_moves, nothing_moves_between_old_stores, nobody_has_twice_the_share, the_ring_is_built_once
# holds: no_stores_is_an_error
# word: no key moves or owns all or at every other door or should own or should be or keys should move or between other stores
def ring(stores, points=100):
    if not stores:
        raise ValueError("no stores")
    placed = sorted((stable_hash(f"{store}#{number}") % 16, store) for store in stores for number in range(points))
    return [place for place, _ in placed], [store for _, store in placed]


def owner(ring, key):
    places, owners = ring
    return owners[bisect_right(places, stable_hash(key) % 16) % len(owners)]
