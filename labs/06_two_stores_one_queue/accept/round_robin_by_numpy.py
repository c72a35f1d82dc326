# exercise: round_robin
# idea: arrays
import numpy as np


def round_robin(seen, turn):
    lit = np.flatnonzero(np.roll(np.array(seen.open, dtype=bool), -turn))
    if not lit.size:
        return None, turn
    store = int(lit[0] + turn) % len(seen.open)
    return store, (store + 1) % len(seen.open)


def least_connections(seen, chance):
    inside = np.where(np.array(seen.open, dtype=bool), np.array(seen.inside, dtype=float), np.inf)
    if np.isinf(inside).all():
        return None
    return chance.choice(np.flatnonzero(inside == inside.min()).tolist())
