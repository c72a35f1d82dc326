# exercise: ring
# idea: a look goes through all points
def ring(stores, points=100):
    if not stores:
        raise ValueError("no stores")
    return [(stable_hash(f"{store}#{n}"), store) for store in stores for n in range(points)]


def owner(ring, key):
    place = stable_hash(key)
    return min(ring, key=lambda point: (point[0] - place - 1) % 2**64)[1]
