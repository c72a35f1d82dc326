# exercise: ring
# belief: owner may build the ring
# fails: everywhere_the_same, the_order_is_nothing, one_in_n_moves, nothing_moves_between_old_stores, nobody_has_twice_the_share, the_ring_is_built_once
# holds: no_stores_is_an_error
# word: computed
# search: cannot see it, since its answers are right
def ring(stores, points=100):
    if not stores:
        raise ValueError("no stores")
    return tuple(stores), points


def owner(ring, key):
    stores, points = ring
    placed = sorted((stable_hash(f"{store}#{number}"), store) for store in stores for number in range(points))
    return placed[bisect_right([place for place, _ in placed], stable_hash(key)) % len(placed)][1]
