# exercise: round_robin
# idea: a while loop that is not begun when all are shut; a tie by samples
def round_robin(seen, turn):
    if not any(seen.open):
        return None, turn
    store = turn
    while not seen.open[store]:
        store += 1
        if store == len(seen.open):
            store = 0
    return store, store + 1 if store + 1 < len(seen.open) else 0


def least_connections(seen, chance):
    best, fewest = [], None
    for store in range(len(seen.open)):
        if not seen.open[store]:
            continue
        if fewest is None or seen.inside[store] < fewest:
            best, fewest = [store], seen.inside[store]
        elif seen.inside[store] == fewest:
            best.append(store)
    return chance.sample(best, 1)[0] if best else None
