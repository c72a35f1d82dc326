# exercise: round_robin
# belief: a town without an open store is an error
# fails: all_shut_is_none
# holds: shut_stores_are_left_out, each_has_its_turn, the_shortest_line_is_chosen, ties_are_nobodys, customers_wait_no_longer_than_they_must
# word: it stopped with ValueError
def round_robin(seen, turn):
    if not any(seen.open):
        raise ValueError("all stores are shut")
    store = turn
    while not seen.open[store]:
        store = (store + 1) % len(seen.open)
    return store, (store + 1) % len(seen.open)


def least_connections(seen, chance):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None
    fewest = min(seen.inside[store] for store in stores)
    return chance.choice([store for store in stores if seen.inside[store] == fewest])
