# exercise: ring
# idea: searchsorted, with places of 64 bits
import numpy as np


def ring(stores, points=100):
    if not stores:
        raise ValueError("no stores")
    places = np.array([stable_hash(f"{s}#{n}") for s in stores for n in range(points)], dtype=np.uint64)
    owners = [s for s in stores for _ in range(points)]
    order = np.argsort(places)
    return places[order], [owners[at] for at in order]


def owner(ring, key):
    places, owners = ring
    at = int(np.searchsorted(places, np.uint64(stable_hash(key)), side="right"))
    return owners[at % len(owners)]
