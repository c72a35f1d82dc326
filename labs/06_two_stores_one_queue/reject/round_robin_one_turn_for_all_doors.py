# exercise: round_robin
# belief: whose turn it is I remember best myself
# fails: each_has_its_turn
# holds: shut_stores_are_left_out, the_shortest_line_is_chosen, ties_are_nobodys, all_shut_is_none, customers_wait_no_longer_than_they_must
# word: turn or inside
last = -1


def round_robin(seen, turn):
    global last
    for step in range(1, len(seen.open) + 1):
        store = (last + step) % len(seen.open)
        if seen.open[store]:
            last = store
            return store, (store + 1) % len(seen.open)
    return None, turn


def least_connections(seen, chance):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None
    fewest = min(seen.inside[store] for store in stores)
    return chance.choice([store for store in stores if seen.inside[store] == fewest])
