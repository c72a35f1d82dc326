# exercise: round_robin
# belief: a turn is of an open store only
# fails: each_has_its_turn
# holds: shut_stores_are_left_out, the_shortest_line_is_chosen, ties_are_nobodys, all_shut_is_none, customers_wait_no_longer_than_they_must
# word: it is store
def round_robin(seen, turn):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None, turn
    store = next((each for each in stores if each >= turn), stores[0])
    return store, next((each for each in stores if each > store), stores[0])


def least_connections(seen, chance):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None
    fewest = min(seen.inside[store] for store in stores)
    return chance.choice([store for store in stores if seen.inside[store] == fewest])
