# exercise: round_robin
# idea: itertools; one random number for a tie
from itertools import cycle, islice


def round_robin(seen, turn):
    count = len(seen.inside)
    lit = (store for store in islice(cycle(range(count)), turn, turn + count) if seen.open[store])
    store = next(lit, None)
    return (None, turn) if store is None else (store, (store + 1) % count)


def least_connections(seen, chance):
    by_length = {}
    for store, (inside, lit) in enumerate(zip(seen.inside, seen.open, strict=True)):
        if lit:
            by_length.setdefault(inside, []).append(store)
    if by_length:
        best = by_length[min(by_length)]
        return best[int(chance.random() * len(best))]
