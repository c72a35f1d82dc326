# exercise: round_robin
# belief: of equal lines the first is as good as any
# fails: ties_are_nobodys
# holds: shut_stores_are_left_out, each_has_its_turn, the_shortest_line_is_chosen, all_shut_is_none, customers_wait_no_longer_than_they_must
# word: should get about
def round_robin(seen, turn):
    for step in range(len(seen.open)):
        store = (turn + step) % len(seen.open)
        if seen.open[store]:
            return store, (store + 1) % len(seen.open)
    return None, turn


def least_connections(seen, chance):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    return min(stores, key=lambda store: seen.inside[store], default=None)
