# exercise: ring
# idea: a dict by place, and the places in order
def ring(stores, points=100):
    by_place = {}
    for store in stores:
        for n in range(points):
            by_place[stable_hash(store + "#" + str(n))] = store
    if not by_place:
        raise ValueError("nobody is there")
    return {"places": sorted(by_place), "stores": by_place}


def owner(ring, key):
    place, places = stable_hash(key), ring["places"]
    low, high = 0, len(places)
    while low < high:
        middle = (low + high) // 2
        if places[middle] > place:
            high = middle
        else:
            low = middle + 1
    return ring["stores"][places[low % len(places)]]
