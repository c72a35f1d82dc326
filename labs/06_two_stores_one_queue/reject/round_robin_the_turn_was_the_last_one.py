# exercise: round_robin
# belief: the turn is the store that had the last customer
# fails: each_has_its_turn
# holds: shut_stores_are_left_out, the_shortest_line_is_chosen, ties_are_nobodys, all_shut_is_none, customers_wait_no_longer_than_they_must
# word: turn
def round_robin(seen, turn):
    for step in range(1, len(seen.open) + 1):
        store = (turn + step) % len(seen.open)
        if seen.open[store]:
            return store, store
    return None, turn


def least_connections(seen, chance):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None
    fewest = min(seen.inside[store] for store in stores)
    return chance.choice([store for store in stores if seen.inside[store] == fewest])
