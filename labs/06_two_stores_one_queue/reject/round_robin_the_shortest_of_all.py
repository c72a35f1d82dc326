# exercise: round_robin
# belief: the shortest line is the shortest, open or shut
# fails: shut_stores_are_left_out, the_shortest_line_is_chosen
# holds: each_has_its_turn, ties_are_nobodys, all_shut_is_none, customers_wait_no_longer_than_they_must
# word: it stopped with IndexError or shut
def round_robin(seen, turn):
    for step in range(len(seen.open)):
        store = (turn + step) % len(seen.open)
        if seen.open[store]:
            return store, (store + 1) % len(seen.open)
    return None, turn


def least_connections(seen, chance):
    if not any(seen.open):
        return None
    fewest = min(seen.inside)
    return chance.choice([s for s, inside in enumerate(seen.inside) if inside == fewest and seen.open[s]])
