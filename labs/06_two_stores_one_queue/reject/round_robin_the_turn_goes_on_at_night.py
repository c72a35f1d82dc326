# exercise: round_robin
# belief: a customer who is sent nowhere has had a turn
# fails: all_shut_is_none
# holds: shut_stores_are_left_out, each_has_its_turn, the_shortest_line_is_chosen, ties_are_nobodys, customers_wait_no_longer_than_they_must
# word: all stores are shut
def round_robin(seen, turn):
    for step in range(len(seen.open)):
        store = (turn + step) % len(seen.open)
        if seen.open[store]:
            return store, (store + 1) % len(seen.open)
    return None, (turn + 1) % len(seen.open)


def least_connections(seen, chance):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None
    fewest = min(seen.inside[store] for store in stores)
    return chance.choice([store for store in stores if seen.inside[store] == fewest])
