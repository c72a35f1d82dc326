# exercise: round_robin
# belief: a customer at the till is no longer in the line
# fails: the_shortest_line_is_chosen, customers_wait_no_longer_than_they_must
# holds: shut_stores_are_left_out, each_has_its_turn, ties_are_nobodys, all_shut_is_none
# word: inside or should get about or mean wait
def round_robin(seen, turn):
    for step in range(len(seen.open)):
        store = (turn + step) % len(seen.open)
        if seen.open[store]:
            return store, (store + 1) % len(seen.open)
    return None, turn


def least_connections(seen, chance):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None
    waiting = [max(0, inside - 1) for inside in seen.inside]
    fewest = min(waiting[store] for store in stores)
    return chance.choice([store for store in stores if waiting[store] == fewest])
