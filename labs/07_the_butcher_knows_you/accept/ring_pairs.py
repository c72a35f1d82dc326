# exercise: ring
# idea: a sorted list of pairs, looked up as pairs
def ring(stores, points=100):
    if len(stores) == 0:
        raise ValueError("a ring needs stores")
    return sorted([(stable_hash(f"{store}#{n}"), store) for store in stores for n in range(points)])


def owner(ring, key):
    at = bisect_right(ring, (stable_hash(key), chr(0x10FFFF)))
    return ring[at][1] if at < len(ring) else ring[0][1]
