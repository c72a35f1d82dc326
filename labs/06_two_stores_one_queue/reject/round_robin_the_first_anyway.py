# exercise: round_robin
# belief: somewhere they have to go
# fails: all_shut_is_none
# holds: shut_stores_are_left_out, each_has_its_turn, the_shortest_line_is_chosen, ties_are_nobodys, customers_wait_no_longer_than_they_must
# word: all stores are shut
def round_robin(seen, turn):
    for step in range(len(seen.open)):
        store = (turn + step) % len(seen.open)
        if seen.open[store]:
            return store, (store + 1) % len(seen.open)
    return turn, turn


def least_connections(seen, chance):
    stores = [store for store, is_open in enumerate(seen.open) if is_open] or [0]
    fewest = min(seen.inside[store] for store in stores)
    return chance.choice([store for store in stores if seen.inside[store] == fewest])
